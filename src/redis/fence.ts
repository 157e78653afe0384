import type { Redis } from 'ioredis';
import { type Lease, LeaseLost } from '../lease/lease.js';
import { PREFIX } from './keys.js';
import { runScript, type Script } from './script.js';

const LOST = 'LEASELOST';
/** Of a lease that cannot be lost. No empty key: a user who may use our keys alone may not use that. */
const NO_LOCK = `${PREFIX}no-lock`;

/** Goes before a script that writes under a lease; KEYS[1] and ARGV[1] are the lease's. */
const FENCE_LUA = `
if KEYS[1] ~= '${NO_LOCK}' and redis.call('HGET', KEYS[1], 'token') ~= ARGV[1] then
  return redis.error_reply('${LOST} somebody else has taken it over')
end
`;

/** A script that does nothing once the lease under which it runs is somebody else's. Its own keys and arguments begin at 2. */
export function fenced({ name, lua }: Script): Script {
  return { name, lua: FENCE_LUA + lua };
}

/** Rejects with LeaseLost when the lease is not ours any more. @param script made by {@link fenced}. */
export async function runFenced(
  redis: Redis,
  script: Script,
  lease: Lease,
  keys: readonly string[],
  args: readonly (string | number)[] = [],
): Promise<unknown> {
  try {
    return await runScript(
      redis,
      script,
      [lease.lock === '' ? NO_LOCK : lease.lock, ...keys],
      [lease.token, ...args],
    );
  } catch (error) {
    if (error instanceof Error && error.message.startsWith(LOST)) throw new LeaseLost(lease.lock);
    throw error;
  }
}
