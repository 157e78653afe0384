import { connectRedis } from '../../src/redis/connect-redis.js';
import { Database } from '../../src/sqlite/database.js';
import { redisStore } from '../../src/store/redis-store.js';
import { sqliteStore } from '../../src/store/sqlite-store.js';
import type { World } from './world.js';

const SILENT = { debug() {}, info() {}, warn() {}, error() {} };

/** Stops the bot, and lets its store forget all resolved cases, as it does long after. */
export async function forgetCases({ environment, redis, stopBot }: World): Promise<void> {
  await stopBot();
  if (redis !== null) {
    const client = await connectRedis({ url: environment.REDIS_URL ?? '', log: SILENT });
    const options = { redis: client, base: '', onMarked: () => undefined, settlesWithinMs: 0 };
    await redisStore(options).forget(Number.MAX_SAFE_INTEGER);
    client.disconnect();
    return;
  }
  const db = await Database.open(environment.DATABASE_PATH ?? '');
  const store = sqliteStore({ db, mark: () => undefined, now: Date.now });
  await store.forget(Number.MAX_SAFE_INTEGER);
  await store.close();
}
