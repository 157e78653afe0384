/** Lua that several scripts begin with. */

/** `now()`: milliseconds since 1970 by the clock of Redis, the only one that all replicas share. */
export const NOW_LUA = `
local function now()
  local time = redis.call('TIME')
  return time[1] * 1000 + math.floor(time[2] / 1000)
end
`;

/**
 * `mark(base, key, after)`: the key may have changed. Facts and their marks are kept by one script, both or neither, so
 * the store needs this as well as the inbox. An inbox keeps, under its base (see {@link inboxBase}):
 *
 * - `<base>:mark:<key>`, a hash for each marked key: `generation` (counts marks), `attempts`, `since`, while it is in work
 *   `token` (who has it), while it is parked `parked` (the reason);
 * - `<base>:due`, a sorted set of the keys that wait, by the time at which they are due;
 * - `<base>:work`, a sorted set of the keys in work, by the time at which their lease ends;
 * - `<base>:parked`, a set of the parked keys.
 */
export const MARK_LUA = `
local function mark(base, key, after)
  local hash = base .. ':mark:' .. key
  local at = now()
  redis.call('HINCRBY', hash, 'generation', 1)
  redis.call('HSETNX', hash, 'since', at)
  if redis.call('HDEL', hash, 'parked') == 1 then redis.call('SREM', base .. ':parked', key) end
  -- Of a key in work the generation tells, when the work ends, that there is more to do.
  if not redis.call('ZSCORE', base .. ':work', key) then
    redis.call('ZADD', base .. ':due', 'LT', at + after, key)
  end
end
`;
