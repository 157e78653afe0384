import { fenced } from '../redis/fence.js';
import type { RedisAccess } from './redis-access.js';
import { INDEX_LUA } from './redis-index.js';
import { KEYS_LUA } from './redis-keys.js';

/** Redis does nothing else meanwhile, so many cases are forgotten in several steps. */
const FORGOTTEN_AT_ONCE = 50;

/** ARGV: the score of the oldest activity that is kept. Gives back how many cases were forgotten. */
const FORGET = fenced({
  name: 'storeForget',
  lua: `${KEYS_LUA}${INDEX_LUA}
local keys = redis.call('ZRANGE', at('resolved'), '(' .. ARGV[2], '+inf', 'BYSCORE', 'LIMIT', 0, ${FORGOTTEN_AT_ONCE})
for _, key in ipairs(keys) do
  unindex(key)
  for _, alias in ipairs(redis.call('SMEMBERS', at('aliased', key))) do
    redis.call('HDEL', at('aliases'), alias)
    if redis.call('EXISTS', at('case', alias)) == 0 then
      redis.call('ZREM', at('caseid', caseIdOf(alias)), alias)
    end
  end
  for _, reference in ipairs(redis.call('SMEMBERS', at('outbox', key))) do
    local message = at('message', reference)
    redis.call('HDEL', at('requests'), redis.call('HGET', message, 'request'))
    redis.call('SREM', at('unfinished'), reference)
    redis.call('SREM', at('waiting'), reference)
    redis.call('DEL', message)
  end
  for _, name in ipairs({ 'case', 'facts', 'ledger', 'outbox', 'people', 'aliased', 'words', 'calls' }) do redis.call('DEL', at(name, key)) end
end
return #keys`,
});

/** Removes resolved cases on which nothing has happened since, with all that belongs to them. Returns how many. */
export async function forgetCases({ write }: RedisAccess, inactiveSince: number): Promise<number> {
  let total = 0;
  for (;;) {
    const forgotten = Number(await write(FORGET, -inactiveSince));
    total += forgotten;
    if (forgotten < FORGOTTEN_AT_ONCE) return total;
  }
}
