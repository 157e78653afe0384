import type { Redis } from 'ioredis';
import { caseKeyText } from '../case/case-key.js';
import { MOST_WORDS } from '../case/words-of-text.js';
import { fenced } from '../redis/fence.js';
import { runScript, type Script } from '../redis/script.js';
import type { RedisAccess } from './redis-access.js';
import { KEYS_LUA, storeKey } from './redis-keys.js';
import { redisPlaces } from './redis-places.js';
import type { Store } from './store.js';
import { rarestFirst } from './words-text.js';

/** Redis does nothing else meanwhile: so many cases are looked through in three to five milliseconds. */
const AT_ONCE = 150;

/** `addWords(key, words)`: the latter in one text, as they are kept; see words-text. */
export const WORDS_LUA = `
local function addWords(key, words)
  local kept = redis.call('GET', at('words', key)) or ''
  local known, count, fresh = {}, 0, {}
  for word in string.gmatch(kept, '[^\\n]+') do
    known[word] = true
    count = count + 1
  end
  for word in string.gmatch(words, '[^\\n]+') do
    if not known[word] and count < ${MOST_WORDS} then
      known[word] = true
      count = count + 1
      fresh[#fresh + 1] = word
    end
  end
  if #fresh > 0 then redis.call('SET', at('words', key), kept .. '\\n' .. table.concat(fresh, '\\n')) end
end
`;

/** ARGV: case, words in one text. */
const ADD_WORDS = fenced({
  name: 'storeAddWords',
  lua: `${KEYS_LUA}${WORDS_LUA}
addWords(ARGV[2], ARGV[3])
return 1`,
});

/** ARGV: number of beginnings, these, cases. Gives back those of the cases that have a word for each. */
const WITH_WORDS: Script = {
  name: 'storeWithWords',
  lua: `${KEYS_LUA}
local last = 1 + tonumber(ARGV[1])
local found = {}
for i = last + 1, #ARGV do
  local words = redis.call('GET', at('words', ARGV[i]))
  local fits = words
  for j = 2, last do fits = fits and string.find(words, '\\n' .. ARGV[j], 1, true) end
  if fits then found[#found + 1] = ARGV[i] end
end
return found`,
};

/** Cases that have a word for each of the beginnings, newest activity first. */
async function keysByWords(redis: Redis, beginnings: readonly string[]): Promise<string[]> {
  const sought = rarestFirst(beginnings);
  const keys = await redis.zrange(storeKey('all'), '0', '-1');
  const found: string[] = [];
  for (let from = 0; from < keys.length; from += AT_ONCE) {
    const args = [sought.length, ...sought, ...keys.slice(from, from + AT_ONCE)];
    found.push(...((await runScript(redis, WITH_WORDS, [], args)) as string[]));
  }
  return found;
}

export function redisWords(access: RedisAccess) {
  return {
    async addWords(key, words) {
      await access.write(ADD_WORDS, caseKeyText(key), words.join('\n'));
    },

    placesByWords: async (beginnings) =>
      redisPlaces(access.redis, await keysByWords(access.redis, beginnings)),
  } satisfies Partial<Store>;
}
