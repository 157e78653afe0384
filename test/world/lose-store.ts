import { rmSync } from 'node:fs';
import { createConnection } from 'node:net';
import type { World } from './world.js';

/** Stops the bot and takes everything from it that it has stored. */
export async function loseStore({ environment, redis, stopBot }: World): Promise<void> {
  await stopBot();
  for (const end of ['', '-wal', '-shm']) rmSync(`${environment.DATABASE_PATH}${end}`, { force: true });
  if (redis === null) return;
  await new Promise<void>((resolve, reject) => {
    const socket = createConnection(redis.port, '127.0.0.1', () => socket.write('FLUSHALL\r\n'));
    socket.once('data', () => {
      socket.destroy();
      resolve();
    });
    socket.once('error', reject);
  });
}
