import type { Redis } from 'ioredis';
import type { Doubt } from '../case/doubt.js';
import { NOW_LUA } from '../redis/lua.js';
import { runScript, type Script } from '../redis/script.js';
import { KEYS_LUA } from './redis-keys.js';

/** What was written this long before the last sign of life may be lost as well: a copy lags, and clocks differ. */
const MARGIN_MS = 10_000;
/** The oldest two become one rather than that there are more. */
const MOST_DOUBTS = 20;
/** A sign of life is written down no more often than this. */
const ALIVE_EVERY_MS = 1_000;
/** While nobody gave a sign of life for longer than this, another store may have been in use, or a backup been put back. */
const GAP_MS = 30_000;

/**
 * Redis may lose what it had acknowledged: its last second when its machine dies, more when a copy takes over or a backup
 * is put back. It cannot say so, but it has another `run_id` then. `life` holds the `run` that was seen last, and when
 * that was seen `alive`; being kept in the same place, it is lost with what came after it. `doubts` holds
 * `<from> <until>` of each span, oldest first. ARGV: by how much a loss is to end later than it is noticed.
 *
 * All is done by one script, which asks Redis itself who it is: whoever reads the doubts cannot miss a restart, not even
 * the one that has just happened, and of several replicas that notice one writes it down.
 */
const DOUBTS: Script = {
  name: 'storeDoubts',
  lua: `${NOW_LUA}${KEYS_LUA}
local life, doubts, time = at('life'), at('doubts'), now()
local run = string.match(redis.call('INFO', 'server'), 'run_id:(%w+)') or 'unknown'
local known = redis.call('HMGET', life, 'run', 'alive')
local function doubt(from)
  redis.call('RPUSH', doubts, string.format('%.0f %.0f', from, time + tonumber(ARGV[1])))
end
if not known[1] then
  doubt(0)
elseif known[1] ~= run or time - tonumber(known[2]) > ${GAP_MS} then
  doubt(math.min(tonumber(known[2]), time) - ${MARGIN_MS})
  while redis.call('LLEN', doubts) > ${MOST_DOUBTS} do
    local first, second = redis.call('LPOP', doubts), redis.call('LPOP', doubts)
    redis.call('LPUSH', doubts, string.match(first, '^%d+') .. ' ' .. string.match(second, '%d+$'))
  end
end
if known[1] ~= run or time < tonumber(known[2]) or time >= tonumber(known[2]) + ${ALIVE_EVERY_MS} then
  redis.call('HSET', life, 'run', run, 'alive', string.format('%.0f', time))
end
return redis.call('LRANGE', doubts, 0, -1)`,
};

/** @param onItsWayMs how long what had been sent when a loss is noticed may still be on its way to Slack. */
export async function readDoubts(redis: Redis, onItsWayMs: number): Promise<Doubt[]> {
  const found = (await runScript(redis, DOUBTS, [], [onItsWayMs])) as string[];
  return found.map((text) => {
    const [from, until] = text.split(' ').map(Number);
    return { from: from ?? 0, until: until ?? 0 };
  });
}
