import { once } from 'node:events';
import { type AddressInfo, createConnection, createServer, type Socket } from 'node:net';

/** Stands between a bot and its Redis, and cuts what the test chooses. */
export interface RedisFront {
  readonly url: string;
  /** Resolves when a command like this comes. It never gets to Redis, and every connection is cut. */
  cutAt(command: RegExp): Promise<void>;
  /** The connections there are stay open, and nothing gets through any more. New ones work. */
  silence(): void;
  stop(): Promise<void>;
}

export async function startRedisFront(port: number): Promise<RedisFront> {
  const sockets = new Set<Socket>();
  const silent = new Set<Socket>();
  let cut: { readonly command: RegExp; readonly onCut: () => void } | null = null;
  const cutAll = () => {
    for (const socket of sockets) socket.destroy();
  };
  const server = createServer((client) => {
    const redis = createConnection(port, '127.0.0.1');
    for (const [socket, other] of [
      [client, redis],
      [redis, client],
    ] as const) {
      sockets.add(socket);
      // Every end of a connection comes with `close`.
      socket.on('error', () => undefined);
      socket.on('close', () => {
        sockets.delete(socket);
        other.destroy();
      });
    }
    client.on('data', (data) => {
      if (cut?.command.test(data.toString())) {
        cut.onCut();
        cut = null;
        cutAll();
      } else if (!silent.has(client)) redis.write(data);
    });
    redis.on('data', (data) => {
      if (!silent.has(client)) client.write(data);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `redis://127.0.0.1:${(server.address() as AddressInfo).port}`,
    cutAt: (command) =>
      new Promise((resolve) => {
        cut = { command, onCut: resolve };
      }),
    silence() {
      for (const socket of sockets) silent.add(socket);
    },
    async stop() {
      cutAll();
      server.close();
      await once(server, 'close');
    },
  };
}
