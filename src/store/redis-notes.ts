import { fenced } from '../redis/fence.js';
import type { RedisAccess } from './redis-access.js';
import { KEYS_LUA, storeKey } from './redis-keys.js';
import type { Store } from './store.js';

/** ARGV: name, and the value, or none to forget it. */
const SAVE_NOTE = fenced({
  name: 'storeSaveNote',
  lua: `${KEYS_LUA}
if ARGV[3] then return redis.call('HSET', at('notes'), ARGV[2], ARGV[3]) end
return redis.call('HDEL', at('notes'), ARGV[2])`,
});

export function redisNotes(access: RedisAccess) {
  return {
    note: async (name) => access.redis.hget(storeKey('notes'), name),

    async saveNote(name, value) {
      await access.write(SAVE_NOTE, name, ...(value === null ? [] : [value]));
    },
  } satisfies Partial<Store>;
}
