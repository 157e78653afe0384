import { caseKeyText, parseCaseKey } from '../case/case-key.js';
import type { RedisAccess } from './redis-access.js';
import { storeKey } from './redis-keys.js';
import { redisPlaces } from './redis-places.js';
import {
  BY_CASE_ID,
  BY_DISPLAY_ID,
  BY_THREAD,
  caseRecordOf,
  type FoundCase,
  foundCases,
  LIST,
  SAVE_CASE,
  SAVE_SHOWN,
  saveCaseArgs,
  TO_SWEEP,
} from './redis-records.js';
import type { CaseState, Store } from './store.js';

export function redisCases(access: RedisAccess) {
  const { read, write } = access;

  /** As with words: Redis gives the order, and which of it is wanted is found here. */
  const keysIn = async (state: CaseState, account: string | undefined): Promise<readonly string[]> => {
    const keys = await access.redis.zrange(storeKey(state), '0', '-1');
    return account === undefined ? keys : keys.filter((key) => key.startsWith(`${account}/`));
  };

  const getCase: Store['getCase'] = async (key) => {
    const fields = await access.redis.hgetall(storeKey('case', caseKeyText(key)));
    return caseRecordOf(key, Object.entries(fields).flat());
  };

  const getCases: Store['getCases'] = async (keys) =>
    (await Promise.all(keys.map(getCase))).filter((record) => record !== null);

  return {
    getCase,
    getCases,

    async saveCase(record) {
      await write(SAVE_CASE, ...saveCaseArgs(record));
    },

    async saveShown(key, card) {
      await write(SAVE_SHOWN, caseKeyText(key), JSON.stringify(card));
    },

    casesByDisplayId: async (displayId) => foundCases((await read(BY_DISPLAY_ID, displayId)) as FoundCase[]),

    async casesByCaseId(caseId) {
      const found = (await read(BY_CASE_ID, caseId)) as FoundCase[];
      return foundCases(found.sort(([a], [b]) => (a < b ? -1 : 1)));
    },

    caseByThread: async (channel, threadTs) =>
      foundCases((await read(BY_THREAD, `${channel} ${threadTs}`)) as FoundCase[])[0] ?? null,

    async listCases(state, { offset, limit, account }) {
      if (account === undefined) {
        const [total, found] = (await read(LIST, state, offset, limit)) as [number, FoundCase[]];
        return { cases: foundCases(found), total };
      }
      const keys = await keysIn(state, account);
      const page = keys.slice(offset, offset + limit).map(parseCaseKey);
      return { cases: await getCases(page), total: keys.length };
    },

    casePlaces: async (state, account) => redisPlaces(access.redis, await keysIn(state, account)),

    async casesToSweep(activeSince) {
      type Found = [key: string, resolved: number, digest: string | null, walkedAt: string | null];
      return ((await read(TO_SWEEP, -activeSince)) as Found[]).map(([key, resolved, digest, walkedAt]) => ({
        key: parseCaseKey(key),
        digest,
        resolved: resolved === 1,
        walkedAt: walkedAt === null ? null : Number(walkedAt),
      }));
    },
  } satisfies Partial<Store>;
}
