import { rawConnection } from './raw-connection.js';

/** As many requests as the server takes: every connection sends the next when the last is answered. */
export async function closedLoop(options: {
  readonly port: number;
  readonly connections: number;
  readonly forMs: number;
  readonly next: () => Buffer;
}): Promise<{ readonly perSecond: number; readonly not2xx: number }> {
  const { port, connections, forMs, next } = options;
  const all = await Promise.all(Array.from({ length: connections }, () => rawConnection(port)));
  let answers = 0;
  let not2xx = 0;
  const startedAt = performance.now();
  const endAt = startedAt + forMs;
  await Promise.all(
    all.map(async (connection) => {
      while (performance.now() < endAt) {
        const status = await connection.send(next());
        answers += 1;
        if (status < 200 || status > 299) not2xx += 1;
      }
    }),
  );
  const perSecond = (answers * 1000) / (performance.now() - startedAt);
  for (const connection of all) connection.close();
  return { perSecond, not2xx };
}
