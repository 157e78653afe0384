import type { Redis } from 'ioredis';
import { PREFIX } from './keys.js';
import { runScript, type Script } from './script.js';
import { whyUnusable } from './try-redis.js';

/** Nothing is ever kept under it. */
const NOTHING = `${PREFIX}nothing`;

/**
 * The commands of our scripts, each in a form that changes nothing on a key that is not there, so that a right that is
 * missing is known without a write. HSETNX, RPUSH, LPUSH and SADD have no such form: a start tries them.
 */
const HARMLESS: Script = {
  name: 'harmlessTrial',
  lua: `
local key = KEYS[1]
local function refused(answer, name)
  if string.find(answer.err, "can't run this command", 1, true) then
    error({ err = "NOPERM no permissions to run the '" .. name .. "' command" })
  end
end
local function call(...)
  local answer = redis.pcall(...)
  if type(answer) ~= 'table' or not answer.err then return end
  refused(answer, select(1, ...))
  error(answer)
end
-- With arguments that the command itself does not take, once it may be run at all.
local function wrong(...)
  local answer = redis.pcall(...)
  if type(answer) == 'table' and answer.err then refused(answer, select(1, ...)) end
end
call('TIME')
call('INFO', 'server')
call('EXISTS', key)
call('PTTL', key)
call('SET', key, '', 'XX')
call('PEXPIRE', key, 1)
call('DEL', key)
call('GET', key)
wrong('HSET', key, 'a', 1, 'b')
wrong('HINCRBY', key, 'a', 'no-number')
call('HGET', key, 'a')
call('HMGET', key, 'a')
call('HGETALL', key)
call('HKEYS', key)
call('HVALS', key)
call('HEXISTS', key, 'a')
call('HDEL', key, 'a')
call('LINDEX', key, 0)
call('LLEN', key)
call('LRANGE', key, 0, 0)
call('LTRIM', key, 0, 1)
call('LPOP', key)
call('SCARD', key)
call('SINTER', key, key)
call('SISMEMBER', key, 'a')
call('SMEMBERS', key)
call('SREM', key, 'a')
call('ZADD', key, 'XX', 1, 'a')
call('ZCARD', key)
call('ZRANGE', key, 0, 0)
call('ZSCORE', key, 'a')
call('ZREM', key, 'a')
`,
};

/**
 * As `tryRedis`, and changes nothing: rejects with a sentence for people when Redis would not do for us what we need of
 * it. A replica, a full memory and the like refuse such writes as well.
 */
export async function tryReading(redis: Redis): Promise<void> {
  try {
    await redis.info('server');
    await redis.time();
    await redis.set(NOTHING, '', 'XX');
    await runScript(redis, HARMLESS, [NOTHING]);
  } catch (error) {
    throw new Error(`REDIS_URL: ${whyUnusable(error)}`, { cause: error });
  }
}
