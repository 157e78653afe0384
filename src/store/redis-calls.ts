import {
  type ApiCall,
  CALLS_OF_CASE,
  caseOfCall,
  isNewsOfCase,
  namesSomebody,
  SUPPORT_SOURCE,
} from '../case/calls/api-call.js';
import { caseKeyText } from '../case/case-key.js';
import { fenced } from '../redis/fence.js';
import { MARK_LUA, NOW_LUA } from '../redis/lua.js';
import type { Script } from '../redis/script.js';
import type { RedisAccess } from './redis-access.js';
import { KEYS_LUA } from './redis-keys.js';
import { keepAndMark } from './redis-marking.js';
import type { RedisStoreOptions } from './redis-store.js';
import type { Store } from './store.js';

/** How many more are kept with a case before the oldest go, so that not each call has to look for them. */
const SPARE = 100;

/**
 * ARGV: base of the inbox, milliseconds until a case is due; then of each call case ('' for none), `news` of it, `old` or
 * `own`, for which it is not marked, id, account ('' unless it counts as seen), time, JSON. The marks come first, as with facts: what is not kept is new when it comes again.
 */
const TAKE_CALLS: Script = {
  name: 'storeTakeCalls',
  lua: `${NOW_LUA}${MARK_LUA}${KEYS_LUA}
local results, calls, fresh, marked = {}, {}, {}, {}
for i = 3, #ARGV, 6 do
  local key, id = ARGV[i], ARGV[i + 2]
  if key ~= '' then key = redis.call('HGET', at('aliases'), key) or key end
  if fresh[id] or redis.call('HEXISTS', at('call'), id) == 1
    or (key ~= '' and redis.call('HEXISTS', at('calls', key), id) == 1) then
    results[#results + 1] = 0
  else
    local what = ARGV[i + 1]
    local wanted = key ~= '' and not marked[key] and what ~= 'own' and (what == 'news'
      or redis.call('EXISTS', at('case', key), at('facts', key)) > 0)
    if wanted then
      mark(ARGV[1], key, tonumber(ARGV[2]))
      marked[key] = true
    end
    fresh[id] = true
    calls[#calls + 1] = { key, id, ARGV[i + 3], ARGV[i + 4], ARGV[i + 5] }
    results[#results + 1] = 1
  end
end
local function trim(key)
  local kept = at('calls', key)
  if redis.call('HLEN', kept) <= ${CALLS_OF_CASE + SPARE} then return end
  local ids = redis.call('HKEYS', kept)
  -- Of those that came long ago no place is known any more.
  local places = {}
  for _, id in ipairs(ids) do places[id] = tonumber(redis.call('ZSCORE', at('calls'), id) or 0) end
  table.sort(ids, function(a, b) return places[a] > places[b] end)
  for i = ${CALLS_OF_CASE + 1}, #ids do redis.call('HDEL', kept, ids[i]) end
end
for _, call in ipairs(calls) do
  local key, id, account, time, json = unpack(call)
  redis.call('HSET', at('call'), id, json)
  redis.call('ZADD', at('calls'), redis.call('HINCRBY', at('places'), 'calls', 1), id)
  if key ~= '' then
    redis.call('HSET', at('calls', key), id, json)
    trim(key)
  end
  if account ~= '' then redis.call('ZADD', at('called', account), time, id) end
end
return results`,
};

/** ARGV: place, limit. Gives back place, JSON, place, JSON … */
const CALLS_SINCE: Script = {
  name: 'storeCallsSince',
  lua: `${KEYS_LUA}
local ids = redis.call('ZRANGE', at('calls'), '(' .. ARGV[1], '+inf', 'BYSCORE', 'LIMIT', 0, ARGV[2], 'WITHSCORES')
local found = {}
for i = 1, #ids, 2 do
  found[i] = ids[i + 1]
  found[i + 1] = redis.call('HGET', at('call'), ids[i])
end
return found`,
};

/** ARGV: account; then from and to of each span. */
const CALLS_SEEN: Script = {
  name: 'storeCallsSeen',
  lua: `${KEYS_LUA}
local seen = {}
for i = 2, #ARGV, 2 do
  seen[#seen + 1] = #redis.call('ZRANGE', at('called', ARGV[1]), ARGV[i], ARGV[i + 1], 'BYSCORE', 'LIMIT', 0, 1)
end
return seen`,
};

/** Redis does nothing else meanwhile, so many calls are forgotten in several steps. */
const FORGOTTEN_AT_ONCE = 200;

/** ARGV: the time before which calls came. Gives back how many were removed. */
const FORGET_CALLS = fenced({
  name: 'storeForgetCalls',
  lua: `${KEYS_LUA}
local count = 0
for _, id in ipairs(redis.call('ZRANGE', at('calls'), 0, ${FORGOTTEN_AT_ONCE - 1})) do
  local call = cjson.decode(redis.call('HGET', at('call'), id))
  if call.receivedAt >= tonumber(ARGV[2]) then break end
  local key = call.account .. '/' .. call.caseId
  key = redis.call('HGET', at('aliases'), key) or key
  -- A case that was never followed has no calls of its own to keep.
  if redis.call('EXISTS', at('case', key)) == 0 then redis.call('HDEL', at('calls', key), id) end
  redis.call('ZREM', at('called', call.account), id)
  redis.call('ZREM', at('calls'), id)
  redis.call('HDEL', at('call'), id)
  count = count + 1
end
return count`,
});

export function redisCalls(
  access: RedisAccess,
  { base, callsAfterMs = 0, onMarked }: Pick<RedisStoreOptions, 'base' | 'callsAfterMs' | 'onMarked'>,
) {
  const { read, write } = access;
  return {
    takeCalls: async (calls) =>
      keepAndMark(access, TAKE_CALLS, [base, callsAfterMs, ...calls.flatMap(takenArgs)], onMarked),

    async callsSince(place, limit) {
      const flat = (await read(CALLS_SINCE, place, limit)) as string[];
      return Array.from({ length: flat.length / 2 }, (_, index) => ({
        place: Number(flat[index * 2]),
        call: JSON.parse(flat[index * 2 + 1] ?? 'null') as ApiCall,
      }));
    },

    async callsSeen(account, times, beforeMs) {
      const spans = times.flatMap((at) => [at - beforeMs, at]);
      const seen = (await read(CALLS_SEEN, account, ...spans)) as number[];
      return seen.map((count) => count > 0);
    },

    async forgetCalls(receivedBefore) {
      let removed = FORGOTTEN_AT_ONCE;
      while (removed === FORGOTTEN_AT_ONCE) removed = Number(await write(FORGET_CALLS, receivedBefore));
    },
  } satisfies Partial<Store>;
}

/** What {@link TAKE_CALLS} takes of a call. */
function takenArgs(call: ApiCall): (string | number)[] {
  const key = caseOfCall(call);
  return [
    key === null ? '' : caseKeyText(key),
    !namesSomebody(call) ? 'own' : isNewsOfCase(call) ? 'news' : 'old',
    call.id,
    call.source === SUPPORT_SOURCE ? call.account : '',
    call.at,
    JSON.stringify(call),
  ];
}
