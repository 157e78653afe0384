import type { Redis } from 'ioredis';
import { RedisInbox, type RedisInboxOptions } from '../../src/inbox/redis-inbox.js';
import { connectRedis } from '../../src/redis/connect-redis.js';
import type { Log } from '../../src/telemetry/log.js';
import { Desk } from '../contract/inbox/desk.js';
import { type RedisServer, startRedisServer } from '../world/redis-server.js';

export const SILENT: Log = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
};

/** An inbox as one of several replicas has it, on a connection of its own. */
export interface Replica {
  readonly inbox: RedisInbox;
  readonly redis: Redis;
  /** As a kill looks from outside: nothing is finished, and the connection is gone. */
  kill(): Promise<void>;
}

export class Replicas {
  readonly #server: () => RedisServer;
  readonly #all: Replica[] = [];

  constructor(server: () => RedisServer) {
    this.#server = server;
  }

  async open(options: Partial<RedisInboxOptions> = {}): Promise<Replica> {
    const redis = await connectRedis({ url: this.#server().url, log: SILENT });
    const inbox = new RedisInbox({ redis, queue: 'cases', parkedMs: 3_600_000, ...options });
    const kill = async () => {
      redis.disconnect();
      await inbox.stop(0);
    };
    const replica = { inbox, redis, kill };
    this.#all.push(replica);
    return replica;
  }

  /** One that works, at a desk of its own. */
  async start(options: Partial<RedisInboxOptions> = {}): Promise<Replica & { readonly desk: Desk }> {
    const replica = await this.open(options);
    const desk = new Desk();
    replica.inbox.run(desk.handler, { concurrency: 4 });
    return { ...replica, desk };
  }

  /** Ends all of them, and removes what they kept. */
  async close(): Promise<void> {
    for (const replica of this.#all.splice(0)) await replica.kill();
    const redis = await connectRedis({ url: this.#server().url, log: SILENT });
    await redis.flushall();
    redis.disconnect();
  }
}

/** To be called in a `describe`: a redis-server for its tests, and replicas that are ended after each. */
export function replicasOnOneServer(): { readonly replicas: Replicas; readonly server: () => RedisServer } {
  let server: RedisServer;
  const replicas = new Replicas(() => server);
  before(async () => {
    server = await startRedisServer();
  });
  after(() => server.stop());
  afterEach(() => replicas.close());
  return { replicas, server: () => server };
}
