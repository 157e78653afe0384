import type { Redis } from 'ioredis';
import { connectRedis } from '../../src/redis/connect-redis.js';
import { inboxBase } from '../../src/redis/keys.js';
import { redisStore } from '../../src/store/redis-store.js';
import type { Store } from '../../src/store/store.js';
import { createLog } from '../../src/telemetry/log.js';
import { until } from '../until.js';
import { type RedisServer, startRedisServer } from '../world/redis-server.js';

export const BASE = inboxBase('cases');

/** A redis-server, and replicas that have their store on it. */
export class RedisWorld {
  readonly server: RedisServer;
  /** For looking, and for setting Redis itself: used by no store. */
  readonly redis: Redis;
  #ends: (() => Promise<void>)[] = [];

  private constructor(server: RedisServer, redis: Redis) {
    this.server = server;
    this.redis = redis;
  }

  static async start(): Promise<RedisWorld> {
    const server = await startRedisServer();
    return new RedisWorld(server, await connect(server));
  }

  /** A store with a connection of its own, as each replica has one. */
  async replica(onMarked: () => void = () => undefined): Promise<Store> {
    const redis = await connect(this.server);
    const store = redisStore({ redis, base: BASE, onMarked, settlesWithinMs: 5_000 });
    this.#ends.push(async () => {
      await store.close();
      redis.disconnect();
    });
    return store;
  }

  /** Ends all replicas and empties Redis. */
  async clear(): Promise<void> {
    for (const end of this.#ends.splice(0)) await end();
    await this.redis.flushall();
  }

  async stop(): Promise<void> {
    for (const end of this.#ends.splice(0)) await end();
    this.redis.disconnect();
    await this.server.stop();
  }

  /** The keys that wait in the inbox of cases, which is empty afterwards. */
  async marked(): Promise<string[]> {
    const keys = await this.redis.zrange(`${BASE}:due`, '0', '-1');
    await this.redis.del(`${BASE}:due`, ...keys.map((key) => `${BASE}:mark:${key}`));
    return keys;
  }

  /** All that Redis holds, but for the signs of life, which come and go by themselves. */
  async contents(): Promise<Map<string, string>> {
    const keys = (await this.redis.keys('*')).filter((key) => !/:store:(life|doubts)$/.test(key)).sort();
    const dumps = await Promise.all(keys.map((key) => this.redis.dumpBuffer(key)));
    return new Map(keys.map((key, index) => [key, dumps[index]?.toString('hex') ?? '']));
  }
}

/** Resolves once Redis does what it is asked for. */
export function untilBack(ask: () => Promise<unknown>): Promise<void> {
  return until(
    () =>
      ask().then(
        () => true,
        () => false,
      ),
    'the return of Redis',
  );
}

function connect(server: RedisServer): Promise<Redis> {
  return connectRedis({ url: server.url, log: createLog('error', () => undefined) });
}
