import { type CaseKey, caseKeyText } from '../case/case-key.js';
import { type Fact, factId } from '../case/fact.js';
import { MARK_LUA, NOW_LUA } from '../redis/lua.js';
import type { Script } from '../redis/script.js';
import type { RedisAccess } from './redis-access.js';
import { KEYS_LUA } from './redis-keys.js';
import { keepAndMark } from './redis-marking.js';
import type { RedisStoreOptions } from './redis-store.js';
import type { Store } from './store.js';

/**
 * ARGV: base of the inbox, milliseconds until the case is due; then of each fact case, id, JSON. The marks come first: where they cannot be kept, nothing is,
 * and the delivery that comes again for that reason finds its facts new.
 */
const TAKE_FACTS: Script = {
  name: 'storeTakeFacts',
  lua: `${NOW_LUA}${MARK_LUA}${KEYS_LUA}
local results, facts, fresh = {}, {}, {}
for i = 3, #ARGV, 3 do
  local key, id = redis.call('HGET', at('aliases'), ARGV[i]) or ARGV[i], ARGV[i + 1]
  local seen = fresh[key] or {}
  if seen[id] or redis.call('HEXISTS', at('facts', key), id) == 1 then
    results[#results + 1] = 0
  else
    if not fresh[key] then mark(ARGV[1], key, tonumber(ARGV[2])) end
    seen[id] = true
    fresh[key] = seen
    facts[#facts + 1] = { key, id, ARGV[i + 2] }
    results[#results + 1] = 1
  end
end
for _, fact in ipairs(facts) do
  redis.call('HSET', at('facts', fact[1]), fact[2], fact[3])
end
return results`,
};

export function redisFacts(
  access: RedisAccess,
  { base, markAfterMs = 0, onMarked }: Pick<RedisStoreOptions, 'base' | 'markAfterMs' | 'onMarked'>,
) {
  return {
    takeFacts(facts) {
      const args = facts.flatMap(({ key, ...fact }) => [
        caseKeyText(key),
        factId(fact),
        JSON.stringify(fact),
      ]);
      return keepAndMark(access, TAKE_FACTS, [base, markAfterMs, ...args], onMarked);
    },
  } satisfies Partial<Store>;
}

export function factOf(key: CaseKey, json: string): Fact {
  return { ...(JSON.parse(json) as Omit<Fact, 'key'>), key };
}
