import { fenced } from '../redis/fence.js';
import { KEYS_LUA } from './redis-keys.js';

/** ARGV: name, and the value, or none to forget it. */
export const SAVE_NOTE = fenced({
  name: 'storeSaveNote',
  lua: `${KEYS_LUA}
if ARGV[3] then return redis.call('HSET', at('notes'), ARGV[2], ARGV[3]) end
return redis.call('HDEL', at('notes'), ARGV[2])`,
});
