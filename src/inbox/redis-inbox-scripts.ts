/**
 * What the inbox does in Redis, each as a whole or not at all. The keys stand at {@link MARK_LUA}. KEYS[1] is always the
 * inbox's base: all its keys are on one node of a cluster, because the base holds the braces. All times are Redis's own.
 */
import { MARK_LUA, NOW_LUA } from '../redis/lua.js';
import type { Script } from '../redis/script.js';

/** Milliseconds until a key is due or a lease ends, 0 when one is by now; -1 when nothing is marked. */
const UNTIL_NEXT_LUA = `
local function untilNext(base, at)
  local soonest
  for _, set in ipairs({':due', ':work'}) do
    local first = tonumber(redis.call('ZRANGE', base .. set, 0, 0, 'WITHSCORES')[2])
    if first and (not soonest or first < soonest) then soonest = first end
  end
  if not soonest then return -1 end
  return math.max(0, math.ceil(soonest - at))
end
`;

/** How many due keys are looked at for one whose group is not full. */
const LOOKED_AT = 2_000;

/** The channel on which other replicas are told that there is something to take up. */
export function wakeChannel(base: string): string {
  return `${base}:wake`;
}

/** ARGV: key, milliseconds until it is due. Nothing is returned. */
export const MARK: Script = {
  name: 'inboxMark',
  lua: `${NOW_LUA}${MARK_LUA}
mark(KEYS[1], ARGV[1], tonumber(ARGV[2]))
`,
};

/**
 * Puts back what nobody has renewed, and hands out what is due, the longest due first.
 *
 * ARGV: how many at most, length of the lease, what the tokens begin with (never used twice), 1 when the others should
 * hear of what is left over, how many at most that do not go ahead, how many of a group may be in work (0: any), how many
 * are by group (JSON), since how many milliseconds what goes ahead is due.
 *
 * Returns { milliseconds until there is more, { key, token, generation, attempts, since }, … }.
 */
export const TAKE: Script = {
  name: 'inboxTake',
  lua: `${NOW_LUA}${UNTIL_NEXT_LUA}
local base, atMost, leaseMs = KEYS[1], tonumber(ARGV[1]), tonumber(ARGV[2])
local due, work = base .. ':due', base .. ':work'
local at = now()
local ended = redis.call('ZRANGE', work, '-inf', at, 'BYSCORE', 'WITHSCORES')
for i = 1, #ended, 2 do
  -- Without its token, whoever still works on it can write nothing more.
  redis.call('HDEL', base .. ':mark:' .. ended[i], 'token')
  redis.call('ZREM', work, ended[i])
  redis.call('ZADD', due, ended[i + 1], ended[i])
end
local others, perGroup, busy, overdue = tonumber(ARGV[5]), tonumber(ARGV[6]), cjson.decode(ARGV[7]), at - tonumber(ARGV[8])
local taken, skipped, from = {}, 0, 0
while #taken < atMost and from < ${LOOKED_AT} do
  local page = redis.call('ZRANGE', due, '-inf', at, 'BYSCORE', 'LIMIT', from, 100, 'WITHSCORES')
  for i = 1, #page, 2 do
    local key = page[i]
    local group = string.match(key, '^[^/]*')
    local isAhead = tonumber(page[i + 1]) <= overdue
    local isFull = perGroup > 0 and (busy[group] or 0) >= perGroup
    if #taken < atMost and not isFull and (isAhead or #taken < others) then
      taken[#taken + 1] = key
      busy[group] = (busy[group] or 0) + 1
    else
      skipped = skipped + 1
    end
  end
  if #page < 200 then break end
  from = from + 100
end
local turns = {}
for i, key in ipairs(taken) do
  local hash, token = base .. ':mark:' .. key, ARGV[3] .. ':' .. i
  redis.call('ZREM', due, key)
  redis.call('ZADD', work, at + leaseMs, key)
  redis.call('HSET', hash, 'token', token)
  local kept = redis.call('HMGET', hash, 'generation', 'attempts', 'since')
  turns[i] = {key, token, kept[1] or '0', kept[2] or '0', kept[3] or tostring(at)}
end
local left = untilNext(base, at)
local isLeftOver = left == 0
-- What nobody here is free for waits until somebody is: to ask again at once would bring nothing.
if skipped > 0 and #taken < atMost then left = -1 end
-- A user of Redis who may not publish has to be able to work all the same.
if isLeftOver and ARGV[4] == '1' then redis.pcall('PUBLISH', base .. ':wake', '') end
return {left, unpack(turns)}
`,
};

/** ARGV: length of the lease, then key and token of each turn. Returns the tokens of those that are ours no more. */
export const RENEW: Script = {
  name: 'inboxRenew',
  lua: `${NOW_LUA}
local base, ends = KEYS[1], now() + tonumber(ARGV[1])
local lost = {}
for i = 2, #ARGV, 2 do
  local key, token = ARGV[i], ARGV[i + 1]
  if redis.call('HGET', base .. ':mark:' .. key, 'token') == token then
    -- Begins by freeing memory, as taking and finishing do: a Redis that is full lets such a script go on.
    redis.call('ZREM', base .. ':work', key)
    redis.call('ZADD', base .. ':work', ends, key)
  else
    lost[#lost + 1] = token
  end
end
return lost
`,
};

/**
 * Ends a turn. A mark that came meanwhile is seen by its generation: the key is then due at once, whatever the outcome.
 *
 * ARGV: key, token, generation, outcome (`done`, `again`, `park`, or `untouched` when the work was not begun),
 * milliseconds until it is due again (-1: never), reason for parking.
 *
 * Returns { 1, or 0 when the turn is ours no more and nothing was changed, milliseconds until there is more }.
 */
export const FINISH: Script = {
  name: 'inboxFinish',
  lua: `${NOW_LUA}${UNTIL_NEXT_LUA}
local base, key, outcome = KEYS[1], ARGV[1], ARGV[4]
local hash, parked = base .. ':mark:' .. key, base .. ':parked'
local at = now()
if redis.call('HGET', hash, 'token') ~= ARGV[2] then return {0, untilNext(base, at)} end
local isMarkedAnew = redis.call('HGET', hash, 'generation') ~= ARGV[3]

local function unpark()
  if redis.call('HDEL', hash, 'parked') == 1 then redis.call('SREM', parked, key) end
end
local function dueIn(ms)
  redis.call('ZADD', base .. ':due', at + ms, key)
end

redis.call('ZREM', base .. ':work', key)
redis.call('HDEL', hash, 'token')
if outcome == 'untouched' then
  dueIn(0)
elseif outcome == 'done' then
  if isMarkedAnew then
    redis.call('HSET', hash, 'attempts', 0, 'since', at)
    dueIn(0)
  elseif tonumber(ARGV[5]) >= 0 then
    unpark()
    redis.call('HSET', hash, 'attempts', 0, 'since', at + tonumber(ARGV[5]))
    dueIn(tonumber(ARGV[5]))
  else
    redis.call('DEL', hash)
    redis.call('SREM', parked, key)
  end
elseif outcome == 'again' then
  redis.call('HINCRBY', hash, 'attempts', 1)
  if isMarkedAnew then
    dueIn(0)
  else
    unpark()
    dueIn(tonumber(ARGV[5]))
  end
elseif isMarkedAnew then
  -- What a person would be asked for may have been done: it is looked at once more before it is parked.
  dueIn(0)
else
  redis.call('HINCRBY', hash, 'attempts', 1)
  redis.call('HSET', hash, 'parked', ARGV[6])
  redis.call('SADD', parked, key)
  dueIn(tonumber(ARGV[5]))
end
return {1, untilNext(base, at)}
`,
};

/** Returns { waiting, working, parked }. A parked key that is being tried again is in work and still parked. */
export const STATS: Script = {
  name: 'inboxStats',
  lua: `
local base = KEYS[1]
local working, parked = redis.call('ZCARD', base .. ':work'), redis.call('SCARD', base .. ':parked')
local tried = 0
for _, key in ipairs(redis.call('ZRANGE', base .. ':work', 0, -1)) do
  tried = tried + redis.call('SISMEMBER', base .. ':parked', key)
end
return {redis.call('ZCARD', base .. ':due') - (parked - tried), working, parked}
`,
};

/** KEYS: the base. ARGV: keys. Returns those that are marked. */
export const MARKED: Script = {
  name: 'inboxMarked',
  lua: `
local marked = {}
for _, key in ipairs(ARGV) do
  if redis.call('EXISTS', KEYS[1] .. ':mark:' .. key) == 1 then marked[#marked + 1] = key end
end
return marked
`,
};

/** Returns { key, reason, since } of each parked key. */
export const PARKED: Script = {
  name: 'inboxParked',
  lua: `
local all = {}
for i, key in ipairs(redis.call('SMEMBERS', KEYS[1] .. ':parked')) do
  local kept = redis.call('HMGET', KEYS[1] .. ':mark:' .. key, 'parked', 'since')
  all[i] = {key, kept[1] or '', kept[2] or '0'}
end
return all
`,
};
