import type { Redis } from 'ioredis';
import { PREFIX } from './keys.js';
import { runScript, type Script } from './script.js';

/** What a trial that was broken off leaves behind goes by itself. */
const TRIAL_MS = 1_000;

/**
 * Every command of our scripts once, so that a right that is missing is known at the start and not when it is needed.
 * KEYS: a key that nobody else uses. ARGV: how long what is left of a broken trial stays.
 */
const TRIAL: Script = {
  name: 'trial',
  lua: `
local key = KEYS[1]
-- Redis does not say which command of a script was refused.
local function call(...)
  local answer = redis.pcall(...)
  if type(answer) ~= 'table' or not answer.err then return answer end
  if string.find(answer.err, "can't run this command", 1, true) then
    error({ err = "NOPERM no permissions to run the '" .. select(1, ...) .. "' command" })
  end
  error(answer)
end
local function begin(...)
  call('DEL', key)
  call(...)
  call('PEXPIRE', key, ARGV[1])
end
call('TIME')
call('INFO', 'server')
call('EXISTS', key)
call('PTTL', key)
begin('SET', key, '')
call('GET', key)
begin('HSET', key, 'a', 1)
call('HSETNX', key, 'a', 1)
call('HINCRBY', key, 'a', 1)
call('HGET', key, 'a')
call('HMGET', key, 'a')
call('HGETALL', key)
call('HKEYS', key)
call('HVALS', key)
call('HEXISTS', key, 'a')
call('HDEL', key, 'b')
begin('RPUSH', key, 'a', 'b')
call('LPUSH', key, 'a')
call('LINDEX', key, 0)
call('LLEN', key)
call('LRANGE', key, 0, 0)
call('LTRIM', key, 0, 1)
call('LPOP', key)
begin('SADD', key, 'a')
call('SCARD', key)
call('SINTER', key, key)
call('SISMEMBER', key, 'a')
call('SMEMBERS', key)
call('SREM', key, 'b')
begin('ZADD', key, 1, 'a')
call('ZCARD', key)
call('ZRANGE', key, 0, 0)
call('ZSCORE', key, 'a')
call('ZREM', key, 'b')
call('DEL', key)
`,
};

/** Rejects with a sentence for people when Redis does not do for us what we need of it. */
export async function tryRedis(redis: Redis): Promise<void> {
  try {
    await redis.info('server');
    await redis.time();
    await redis.set(`${PREFIX}trial`, '', 'PX', TRIAL_MS);
    await runScript(redis, TRIAL, [`${PREFIX}trial`], [TRIAL_MS]);
  } catch (error) {
    throw new Error(`REDIS_URL: ${whyUnusable(error)}`, { cause: error });
  }
}

/** A write, and nothing more: whether Redis takes what is written. */
export async function tryToWrite(redis: Redis): Promise<void> {
  await redis.set(`${PREFIX}trial`, '', 'PX', TRIAL_MS);
}

const UNUSABLE: Readonly<Record<string, string>> = {
  READONLY:
    'this Redis is a replica, which cannot be written to (READONLY). Give the address of the primary.',
  CLUSTERDOWN:
    'this Redis is part of a cluster that does not work (CLUSTERDOWN). See that every slot has a node (CLUSTER INFO), or take a Redis without cluster mode.',
  MOVED:
    'this Redis is part of a cluster, and another node has the keys of Casethread (MOVED). Take a Redis without cluster mode.',
  MISCONF:
    'Redis cannot save to its disk, and takes nothing until it can (MISCONF). Is the disk full? The log of Redis says more.',
  OOM: 'the memory of Redis is full (OOM). Give it more (maxmemory), or take a Redis of its own for Casethread.',
  NOREPLICAS:
    'too few replicas of Redis are connected, so it takes nothing (NOREPLICAS). Start them, or lower min-replicas-to-write.',
  MASTERDOWN: 'this Redis is a replica without its primary (MASTERDOWN). Give the address of the primary.',
};

/** In a script, Redis and Valkey say it in other words. */
export function isMissingRight(error: unknown): error is Error {
  return (
    error instanceof Error &&
    /^NOPERM|ACL failure|can't (run this command|access at least one of the keys)/.test(error.message)
  );
}

/** What is wrong with a Redis that answered with this error. Of what it said, only its first word and a command's name. */
export function whyUnusable(error: unknown): string {
  const message = error instanceof Error ? error.message : '';
  if (isMissingRight(error)) {
    const command = /'([\w|-]+)' (?:sub)?command/.exec(message)?.[1];
    const what = command === undefined ? 'to keys that begin with {casethread}:' : command.toUpperCase();
    return `the user in the address lacks a right in Redis (NOPERM: ${what}). The README has the ACL line with all that Casethread needs ("Several replicas, with Redis").`;
  }
  const word = /^[A-Z]+(?=\s|$)/.exec(message)?.[0];
  const known = word === undefined ? undefined : UNUSABLE[word];
  if (known !== undefined) return known;
  return `Redis did not do what Casethread needs of it${word === undefined ? '' : ` (${word})`}. It has to be Redis 7.0 or newer (or Valkey), with scripts (EVAL); its log may say more.`;
}
