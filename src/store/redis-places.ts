import type { Redis } from 'ioredis';
import { parseCaseKey } from '../case/case-key.js';
import { runScript, type Script } from '../redis/script.js';
import { KEYS_LUA } from './redis-keys.js';
import type { CasePlace } from './store.js';

/** Redis does nothing else meanwhile: so many are read in three to five milliseconds. */
const AT_ONCE = 250;

/** ARGV: cases. Gives back of each of which a record is kept: itself, its channel, its severity. */
const PLACES: Script = {
  name: 'storePlaces',
  lua: `${KEYS_LUA}
local found = {}
for i, key in ipairs(ARGV) do
  local fields = redis.call('HMGET', at('case', key), 'displayId', 'channel', 'card')
  if fields[1] then
    -- Half of a character, which a subject may hold, is none for this decoder: then the severity is not known.
    local isRead, card = pcall(cjson.decode, fields[3] or '{}')
    local details = isRead and card.details
    local severity = type(details) == 'table' and type(details.severity) == 'string' and details.severity
    found[#found + 1] = { key, fields[2], severity }
  end
end
return found`,
};

/** In the order of the keys. */
export async function redisPlaces(redis: Redis, keys: readonly string[]): Promise<CasePlace[]> {
  type Found = readonly [key: string, channel: string | null, severity: string | null];
  const places: CasePlace[] = [];
  for (let from = 0; from < keys.length; from += AT_ONCE) {
    const found = (await runScript(redis, PLACES, [], keys.slice(from, from + AT_ONCE))) as Found[];
    for (const [key, channel, severity] of found) places.push({ key: parseCaseKey(key), channel, severity });
  }
  return places;
}
