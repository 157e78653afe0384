import { fenced } from '../redis/fence.js';
import { INDEX_LUA } from './redis-index.js';
import { KEYS_LUA } from './redis-keys.js';
import { WORDS_LUA } from './redis-words.js';

/** ARGV: alias, what it means. */
export const SAVE_ALIAS = fenced({
  name: 'storeSaveAlias',
  lua: `${KEYS_LUA}${INDEX_LUA}${WORDS_LUA}
local from = ARGV[2]
local to = redis.call('HGET', at('aliases'), ARGV[3]) or ARGV[3]
if from == to then return 0 end

local function means(alias)
  local before = redis.call('HGET', at('aliases'), alias)
  if before then redis.call('SREM', at('aliased', before), alias) end
  redis.call('HSET', at('aliases'), alias, to)
  redis.call('SADD', at('aliased', to), alias)
end
means(from)
for _, alias in ipairs(redis.call('SMEMBERS', at('aliased', from))) do means(alias) end

local function move(name)
  local kept = redis.call('HGETALL', at(name, from))
  for i = 1, #kept, 2 do redis.call('HSETNX', at(name, to), kept[i], kept[i + 1]) end
end
move('facts')
move('calls')
move('people')
for _, reference in ipairs(redis.call('SMEMBERS', at('outbox', from))) do
  redis.call('HSET', at('message', reference), 'key', to)
  redis.call('SADD', at('outbox', to), reference)
end
addWords(to, redis.call('GET', at('words', from)) or '')
unindex(from)
-- Where both had a thread already, the one of the real key goes on.
if redis.call('EXISTS', at('case', to)) == 0 then
  move('case')
  move('ledger')
  index(to)
end
for _, name in ipairs({ 'facts', 'outbox', 'people', 'case', 'ledger', 'words', 'calls' }) do redis.call('DEL', at(name, from)) end
-- People still say the case id that they know.
redis.call('ZADD', at('caseid', caseIdOf(from)), 0, from)
return 1`,
});
