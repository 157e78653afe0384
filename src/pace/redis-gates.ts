import type { Redis } from 'ioredis';
import { PREFIX } from '../redis/keys.js';
import { NOW_LUA } from '../redis/lua.js';
import { runScript, type Script } from '../redis/script.js';
import type { Gate, Gates } from './gate.js';

/**
 * Gates for all replicas, by the clock of Redis. One round trip for each answer; they reject when Redis does not give
 * one. A turn counts from when Redis gave it away, so one whose answer was long under way may go close to the next: a
 * limit that must hold to the millisecond where calls arrive needs to be a little lower.
 *
 * Kept for each lane, and gone by itself when it no longer says anything:
 *
 * - `pace:<name>:turns:<lane>`: of a rate, the time at which the next turn would be due if the burst had never been
 *   used; of a window, the list of the times of the newest turns, oldest first;
 * - `pace:<name>:paused:<lane>`: there while nobody goes.
 */
export function redisGates(redis: Redis): Gates {
  return {
    rate(name, { perSecond, burst }) {
      const intervalMs = 1000 / perSecond;
      return gate(redis, name, intervalMs, TAKE_OF_RATE, [intervalMs, (burst - 1) * intervalMs]);
    },
    window: (name, { calls, perMs }) => gate(redis, name, perMs / calls, TAKE_OF_WINDOW, [calls, perMs]),
  };
}

/** Long against the way to Redis and back, short against the time between two turns. */
const LONGEST_SPREAD_MS = 40;

function gate(
  redis: Redis,
  name: string,
  intervalMs: number,
  takeOne: Script,
  limit: readonly number[],
): Gate {
  const turns = (lane: string) => `${PREFIX}pace:${name}:turns:${lane}`;
  const paused = (lane: string) => `${PREFIX}pace:${name}:paused:${lane}`;
  return {
    spreadMs: Math.min(LONGEST_SPREAD_MS, intervalMs / 4),
    async take(lane) {
      const answer = await runScript(redis, takeOne, [turns(lane), paused(lane)], limit);
      if (typeof answer !== 'number') throw new Error(`${takeOne.name} answered ${typeof answer}`);
      return answer;
    },
    async pause(lane, ms) {
      if (ms > 0) await runScript(redis, PAUSE, [paused(lane)], [Math.ceil(ms)]);
    },
  };
}

/**
 * KEYS: turns, paused. Ends the script with the time to wait where the lane is paused. `now()` is cut to whole
 * milliseconds: a turn is written down as taken at the end of its millisecond, or the next could be early by one.
 */
const BEGIN_LUA = `
${NOW_LUA}
local paused = redis.call('PTTL', KEYS[2])
if paused >= 0 then return math.max(1, paused) end
local at = now()
local taken = at + 1
`;

/** A leaky bucket (GCRA). ARGV: milliseconds between turns, and how many of them a turn may be early. */
const TAKE_OF_RATE: Script = {
  name: 'paceTakeOfRate',
  lua: `${BEGIN_LUA}
local interval, tolerance = tonumber(ARGV[1]), tonumber(ARGV[2])
-- After Redis's clock was put back, nobody waits longer than a burst takes.
local due = math.min(tonumber(redis.call('GET', KEYS[1]) or 0), taken + tolerance + interval)
local early = due - tolerance - at
if early > 0 then return math.ceil(early) end
due = math.max(due, taken) + interval
redis.call('SET', KEYS[1], string.format('%.3f', due), 'PX', math.ceil(due - at))
return 0
`,
};

/** A sliding window. ARGV: so many turns in so many milliseconds. */
const TAKE_OF_WINDOW: Script = {
  name: 'paceTakeOfWindow',
  lua: `${BEGIN_LUA}
local calls, span = tonumber(ARGV[1]), tonumber(ARGV[2])
-- By position from the end, so that it holds as well where another limit was set before.
local oldest = redis.call('LINDEX', KEYS[1], -calls)
if oldest then
  -- After Redis's clock was put back, nobody waits longer than the span.
  local early = math.min(tonumber(oldest), taken) + span - at
  if early > 0 then return math.ceil(early) end
end
redis.call('RPUSH', KEYS[1], string.format('%.0f', taken))
redis.call('LTRIM', KEYS[1], -calls, -1)
redis.call('PEXPIRE', KEYS[1], math.ceil(span) + 1)
return 0
`,
};

/** KEYS: paused. ARGV: milliseconds. */
const PAUSE: Script = {
  name: 'pacePause',
  lua: `
if redis.call('PTTL', KEYS[1]) < tonumber(ARGV[1]) then redis.call('SET', KEYS[1], '', 'PX', ARGV[1]) end
return 0
`,
};
