/**
 * How cases are found: `unindex(key)` before what a case is found by changes or its record goes, `index(key)` after it
 * has changed or come. Needs KEYS_LUA.
 *
 * Scores are negative, so that the newest stands first and equally old ones are ordered by their keys.
 */
export const INDEX_LUA = `
local function caseIdOf(key)
  return string.sub(key, string.find(key, '/', 1, true) + 1)
end

local function indexed(key)
  local found = redis.call('HMGET', at('case', key), 'displayId', 'channel', 'threadTs', 'resolved', 'activityAt')
  if not found[1] then return nil end
  return {
    displayId = found[1],
    thread = found[2] and found[3] and (found[2] .. ' ' .. found[3]),
    state = found[4] == '1' and 'resolved' or 'open',
    score = -tonumber(found[5]),
  }
end

local function unindex(key)
  local case = indexed(key)
  if not case then return end
  redis.call('ZREM', at('all'), key)
  redis.call('ZREM', at(case.state), key)
  redis.call('ZREM', at('display', case.displayId), key)
  if redis.call('HEXISTS', at('aliases'), key) == 0 then redis.call('ZREM', at('caseid', caseIdOf(key)), key) end
  if case.thread and redis.call('HGET', at('threads'), case.thread) == key then
    redis.call('HDEL', at('threads'), case.thread)
  end
end

local function index(key)
  local case = indexed(key)
  if not case then return end
  redis.call('ZADD', at('all'), case.score, key)
  redis.call('ZADD', at(case.state), case.score, key)
  redis.call('ZADD', at('display', case.displayId), 0, key)
  redis.call('ZADD', at('caseid', caseIdOf(key)), 0, key)
  if case.thread then redis.call('HSET', at('threads'), case.thread, key) end
end
`;
