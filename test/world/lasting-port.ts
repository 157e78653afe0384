import { once } from 'node:events';
import { createServer } from 'node:net';

/** Below what systems give out by themselves to whoever asks for any free port, also 10,000 further up (a cluster's bus). */
const FIRST = 10_000;
const COUNT = 10_000;

/** A port that nobody takes while its server is away for a moment. */
export async function lastingPort(): Promise<number> {
  for (;;) {
    const port = FIRST + Math.floor(Math.random() * COUNT);
    const server = createServer();
    const isFree = await new Promise<boolean>((resolve) => {
      server.once('error', () => resolve(false));
      server.listen(port, '127.0.0.1', () => resolve(true));
    });
    if (!isFree) continue;
    server.close();
    await once(server, 'close');
    return port;
  }
}
