import type { RedisAccess } from './redis-access.js';
import { storeKey } from './redis-keys.js';
import { BEGUN_MS, DONE_MS } from './request.js';
import type { Store } from './store.js';

export function redisRequests(access: RedisAccess) {
  return {
    async beginRequest(id) {
      const held = await access.redis.set(storeKey('begun', id), 'busy', 'PX', BEGUN_MS, 'NX', 'GET');
      if (held === null) return 'yours';
      return held === 'done' ? 'done' : 'busy';
    },

    async endRequest(id, end, forMs = DONE_MS) {
      if (end === 'undone') await access.redis.del(storeKey('begun', id));
      else await access.redis.set(storeKey('begun', id), 'done', 'PX', forMs);
    },
  } satisfies Partial<Store>;
}
