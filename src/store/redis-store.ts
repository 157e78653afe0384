import type { Redis } from 'ioredis';
import type { ApiCall } from '../case/calls/api-call.js';
import { caseKeyText, parseCaseKey } from '../case/case-key.js';
import { type Lease, STANDING_LEASE } from '../lease/lease.js';
import { redisAccess } from './redis-access.js';
import { SAVE_ALIAS } from './redis-aliases.js';
import { redisAudit } from './redis-audit.js';
import { redisCalls } from './redis-calls.js';
import { redisCases } from './redis-cases.js';
import { factOf, redisFacts } from './redis-facts.js';
import { forgetCases } from './redis-forget.js';
import { RedisHeartbeat } from './redis-heartbeat.js';
import { storeKey } from './redis-keys.js';
import { ledgerEntryOf, redisLedger } from './redis-ledger.js';
import { redisNotes } from './redis-notes.js';
import { messagesOf, redisOutbox } from './redis-outbox.js';
import { peopleOf, redisPeople } from './redis-people.js';
import { CASE_FILE, caseRecordOf, type Flat, pairsOf } from './redis-records.js';
import { redisRequests } from './redis-requests.js';
import { redisWords } from './redis-words.js';
import type { Store } from './store.js';

export interface RedisStoreOptions {
  readonly redis: Redis;
  /** What the keys of the inbox of cases begin with. */
  readonly base: string;
  /** When a case is due of which an event has told, from then; at once unless given. See the inbox. */
  readonly markAfterMs?: number;
  /** The same of one of which a call tells: those that come close together are one look. */
  readonly callsAfterMs?: number;
  /** Called after this process has marked a case, so that it need not wait until the inbox looks again. */
  readonly onMarked: () => void;
  /** How long a message that was sent may be on its way to Slack. */
  readonly settlesWithinMs: number;
  readonly lease?: Lease;
}

/**
 * The store that any number of replicas share. Every method is one command or one script, so it is done as a whole or not
 * at all, and no replica sees half of it. Its parts hold the methods of one thing that is kept each. What is kept where:
 * redis-keys.
 *
 * @param heartbeat that of the store of which this is another face; by default it gets one of its own.
 */
export function redisStore(
  options: RedisStoreOptions,
  heartbeat = new RedisHeartbeat(options.redis, options.settlesWithinMs),
): Store {
  const access = redisAccess(options.redis, options.lease ?? STANDING_LEASE, heartbeat);
  const { read, write } = access;
  const rest = {
    under: (lease) => redisStore({ ...options, lease }, heartbeat),

    async canonical(key) {
      const means = await access.redis.hget(storeKey('aliases'), caseKeyText(key));
      return means === null ? key : parseCaseKey(means);
    },

    async saveAlias(alias, key) {
      await write(SAVE_ALIAS, caseKeyText(alias), caseKeyText(key));
    },

    async caseFile(key) {
      type File = [
        record: Flat,
        facts: string[],
        ledger: Flat,
        outbox: Flat[],
        people: Flat,
        calls: string[],
      ];
      const file = (await read(CASE_FILE, caseKeyText(key))) as File;
      const [record, facts, ledger, outbox, people, calls] = file;
      return {
        record: caseRecordOf(key, record),
        facts: facts.map((json) => factOf(key, json)),
        ledger: pairsOf(ledger).map(([field, value]) => ledgerEntryOf(field, value)),
        outbox: messagesOf(outbox),
        people: peopleOf(people),
        calls: calls.map((json) => JSON.parse(json) as ApiCall),
      };
    },

    doubts: async () => heartbeat.doubts(access.redis),

    forget: (inactiveSince) => forgetCases(access, inactiveSince),

    /** Redis may answer and yet refuse to write: it is full, cannot save to disk, or became a copy. */
    async check() {
      await access.redis.set(storeKey('check'), '', 'EX', 60);
    },

    /** The connection is not the store's: it stays. */
    close: async () => heartbeat.stop(),
  } satisfies Partial<Store>;

  return together(
    redisFacts(access, options),
    redisCalls(access, options),
    redisCases(access),
    redisWords(access),
    redisLedger(access),
    redisPeople(access),
    redisOutbox(access),
    redisRequests(access),
    redisNotes(access),
    redisAudit(access),
    rest,
  );
}

type All<Parts> = Parts extends readonly [infer First, ...infer Others] ? First & All<Others> : unknown;

/** One object of several. A store is made for every turn of work, and to spread them takes twenty times as long. */
function together<Parts extends readonly object[]>(...parts: Parts): All<Parts> {
  return Object.assign({}, ...parts);
}
