import { type RawConnection, rawConnection } from './raw-connection.js';

/**
 * Keep-alive connections that are shared: a request waits for a free one. They take turns, because a server closes one
 * that has been idle for some seconds.
 */
export interface ConnectionPool {
  send(request: Buffer): Promise<number>;
  close(): void;
}

export async function connectionPool(port: number, size: number): Promise<ConnectionPool> {
  const all = await Promise.all(Array.from({ length: size }, () => rawConnection(port)));
  const free = [...all];
  const waiting: ((connection: RawConnection) => void)[] = [];
  const take = () => {
    const connection = free.shift();
    return connection !== undefined
      ? Promise.resolve(connection)
      : new Promise<RawConnection>((resolve) => waiting.push(resolve));
  };
  const giveBack = (connection: RawConnection) => {
    const next = waiting.shift();
    if (next === undefined) free.push(connection);
    else next(connection);
  };
  return {
    async send(request) {
      const connection = await take();
      try {
        return await connection.send(request);
      } finally {
        giveBack(connection);
      }
    },
    close() {
      for (const connection of all) connection.close();
    },
  };
}
