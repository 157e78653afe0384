import type { Redis } from 'ioredis';
import type { Lease } from '../lease/lease.js';
import { runFenced } from '../redis/fence.js';
import { runScript, type Script } from '../redis/script.js';
import type { RedisHeartbeat } from './redis-heartbeat.js';

/** How the parts of a store reach Redis. Once the store is closed, all of it throws or rejects. */
export interface RedisAccess {
  readonly redis: Redis;
  read(script: Script, ...args: (string | number)[]): Promise<unknown>;
  /** @param script made by `fenced`: rejects with LeaseLost, and changes nothing, once the lease is somebody else's. */
  write(script: Script, ...args: (string | number)[]): Promise<unknown>;
}

export function redisAccess(given: Redis, lease: Lease, heartbeat: RedisHeartbeat): RedisAccess {
  const access: RedisAccess = {
    get redis() {
      if (heartbeat.isStopped) throw new Error('the store is closed');
      return given;
    },
    read: async (script, ...args) => runScript(access.redis, script, [], args),
    write: async (script, ...args) => runFenced(access.redis, script, lease, [], args),
  };
  return access;
}
