import assert from 'node:assert/strict';
import { join } from 'node:path';
import type { Case } from '../../src/case/case.js';
import { type CaseKey, caseKeyText, parseCaseKey } from '../../src/case/case-key.js';
import { newCaseKey } from '../../src/case/new-case.js';
import type { Run } from '../../src/inbox/inbox.js';
import { type Lease, LeaseLost } from '../../src/lease/lease.js';
import { SEND_TIMING, type SendDeps, sendForCase, type Teller } from '../../src/outbox/send.js';
import { adoptOpening } from '../../src/reconcile/adopt-opening.js';
import { tellOutbox } from '../../src/reconcile/tell-outbox.js';
import { Database } from '../../src/sqlite/database.js';
import type { Opening, OutboxMessage, OutboxState } from '../../src/store/outbox-message.js';
import { sqliteStore } from '../../src/store/sqlite-store.js';
import type { Store } from '../../src/store/store.js';
import type { Letter, NewCase, SupportApi } from '../../src/support/support-api.js';
import { SupportError } from '../../src/support/support-error.js';
import { key as keyOf, message as messageOf } from '../contract/store/samples.js';
import { temporaryFolder } from '../temporary-folder.js';

/** What the store refuses to whoever has lost the lease. */
const WRITES = new Set(['changeOutbox', 'addToOutbox', 'saveCase', 'saveAlias']);
const OPENING: Opening = {
  subject: 'Subject',
  service: 'aws-lambda',
  category: 'other',
  severity: 'low',
  language: 'en',
  issueType: 'technical',
};
/** How AWS takes the first attempt of each. */
const AWS = {
  'takes it': { has: true, error: null },
  'takes it and does not say so': { has: true, error: 'maybe' },
  'does not get it, and nobody knows': { has: false, error: 'maybe' },
  'refuses it': { has: false, error: 'no' },
} as const;

/**
 * A replica stands still at one of its awaits for longer than its lease, another works the case off, and the first wakes
 * up: once for every await there is.
 */
const noFiles = () => Promise.reject(new Error('there are no files'));

describe('the outbox of a case that another replica has taken over', () => {
  let folder: ReturnType<typeof temporaryFolder>;
  let db: Database;
  let store: Store;
  before(async () => {
    folder = temporaryFolder();
    db = await Database.open(join(folder.path, 'casethread.db'));
    store = sqliteStore({ db, mark: () => undefined, now: Date.now });
  });
  after(async () => {
    await store.close();
    folder.remove();
  });

  let cases = 0;
  /** A reply to, or a resolve of, a case of its own, and the first replica standing still at the await of this number. */
  const play = async (kind: OutboxMessage['kind'], aws: (typeof AWS)[keyof typeof AWS], standsAt: number) => {
    cases += 1;
    const reference = `aaaaaaa${100 + cases}`;
    // A case that is being opened has a key of its own until AWS has it.
    const opened = keyOf(`case-${cases}`);
    const key = kind === 'create' ? newCaseKey(opened.account, reference) : opened;
    const reply = messageOf({
      key,
      kind,
      reference,
      createdAt: 0,
      ...(kind === 'create' ? { opening: OPENING } : {}),
    });
    await store.addToOutbox(reply);
    let now = 0;
    const attempts: string[] = [];
    const atAws: string[] = [];
    const told: { state: OutboxState; by: string }[] = [];

    const worker = (by: string, wait: (where: string) => Promise<void>) => {
      let isLost = false;
      const lease: Lease = {
        lock: 'lock',
        token: by,
        check: () => {
          if (isLost) throw new LeaseLost('lock');
        },
      };
      const statusAtAws = () => (kind === 'resolve' && atAws.length > 0 ? 'resolved' : 'opened');
      /** @returns how the case stood before. */
      const takes = async (what: string, atTurn: () => Promise<void>) => {
        await wait('waits for its turn at AWS');
        await atTurn();
        attempts.push(by);
        const { has, error } = attempts.length === 1 ? aws : AWS['takes it'];
        await wait('on the wire to AWS');
        const before = statusAtAws();
        if (has) atAws.push(what);
        await wait('on the wire from AWS');
        if (error !== null) throw new SupportError('refused', 'test', 'A sentence.', error);
        return before;
      };
      const marked = new Set<string>();
      const reading = () => ({
        case: { key: opened, status: statusAtAws(), openedAt: 0 },
        communications: atAws.map((body) => ({ at: 0, submittedBy: 'us', body, attachments: [] })),
        complete: true,
      });
      const api = {
        openCase: async (newCase: NewCase, atTurn: () => Promise<void>) => {
          await takes(newCase.letter.body, atTurn);
          return { key: opened, requestId: null };
        },
        async *openCases() {
          await wait('asks AWS');
          const readings = atAws.length === 0 ? [] : [reading()];
          await wait('hears from AWS');
          yield* readings;
        },
        getCase: async () => {
          await wait('asks AWS');
          const answer = reading();
          await wait('hears from AWS');
          return answer;
        },
        addReply: async (_: string, letter: Letter, atTurn: () => Promise<void>) => {
          await takes(letter.body, atTurn);
          return { requestId: null };
        },
        resolve: async (_: string, atTurn: () => Promise<void>) => ({
          before: await takes('resolved', atTurn),
          after: 'resolved',
          requestId: null,
        }),
      } as unknown as SupportApi;
      const tell: Teller = {
        ended: async ({ state }, stillOurs) => {
          await wait('looks up a name');
          stillOurs();
          told.push({ state, by });
          await wait('on the wire from Slack');
          return true;
        },
        delayed: () => wait('tells that it takes longer'),
        progress: async () => undefined,
      };
      const deps: SendDeps = {
        store: { ...portOf(store), under: () => leased(store, lease, wait) } as Store,
        accounts: { for: () => api, all: () => [], whyNotAsked: () => null },
        tell,
        markCase: () => wait('marks the case'),
        markOutbox: async (each) => {
          await wait('marks the outbox');
          marked.add(each);
        },
        count: () => undefined,
        timing: SEND_TIMING,
        files: { describe: noFiles, open: noFiles },
        stopping: new AbortController().signal,
        now: () => now,
      };
      return {
        lose: () => {
          isLost = true;
        },
        /** Until there is nothing left to do. */
        async work() {
          marked.add(caseKeyText(key));
          for (let attempt = 0; attempt < 100; attempt++) {
            const [next] = marked;
            if (next === undefined) return;
            const run: Run = { key: next, attempt, since: 0, lease };
            const outcome = await sendForCase(deps, parseCaseKey(next), run);
            if (outcome.outcome === 'done') {
              marked.delete(next);
              continue;
            }
            now += ('after' in outcome ? outcome.after : undefined) ?? 1_000;
            await wait('sleeps');
          }
          assert.fail('it never ends');
        },
      };
    };

    const second = worker('second', async () => undefined);
    let awaits = 0;
    let stoodAt: string | null = null;
    let left: OutboxMessage | null = null;
    const first = worker('first', async (where) => {
      awaits += 1;
      if (awaits !== standsAt) return;
      stoodAt = where;
      first.lose();
      await second.work();
      left = await store.getFromOutbox(reply.reference);
    });
    const end = await first.work().catch((error: unknown) => error);
    if (stoodAt === null) assert.equal(end, undefined);
    else assert.ok(end === undefined || end instanceof LeaseLost, String(end));
    const state = await store.getFromOutbox(reply.reference);
    if (left !== null) assert.deepEqual(state, left, `overwritten by whoever stood at "${stoodAt}"`);

    // Later: the case is compared with its thread, and whoever must hear of it does.
    const later = { store, markOutbox: async () => undefined, now: () => now };
    const shown = atAws.map((body) => ({ at: 0, submittedBy: 'us', body, attachments: [] }));
    if (kind === 'create')
      await adoptOpening(
        later,
        opened,
        { case: { key: opened } as Case, communications: shown, complete: true },
        (await store.caseFile(opened)).outbox,
      );
    const seen = kind !== 'resolve' && atAws.length > 0 ? [reply.reference] : [];
    await tellOutbox(later, opened, (await store.caseFile(opened)).outbox, seen);
    await worker('third', async () => undefined).work();
    return { stoodAt, awaits, atAws, told, attempts, key };
  };

  const kinds = ['reply', 'resolve', 'create'] as const;
  const plays = kinds.flatMap((kind) => Object.entries(AWS).map(([how, aws]) => ({ kind, how, aws })));
  for (const { kind, how, aws } of plays) {
    it(`sends a ${kind} once, and leaves nobody in the dark, when AWS ${how}`, async () => {
      const { awaits } = await play(kind, aws, Number.POSITIVE_INFINITY);
      assert.ok(awaits > 10);
      for (let standsAt = 1; standsAt <= awaits; standsAt++) {
        const { stoodAt, atAws, told, attempts } = await play(kind, aws, standsAt);
        const where = `standing at ${standsAt}, "${stoodAt}"`;
        assert.ok(stoodAt !== null);
        assert.ok(atAws.length <= 1, `${where}: AWS has it ${atAws.length} times`);
        assert.ok(attempts.length <= 1, `${where}: attempts of ${attempts}`);
        if (stoodAt === 'waits for its turn at AWS')
          assert.deepEqual(attempts, ['second'], 'nothing had left: whoever took over sends it');
        const last = told.at(-1)?.state;
        // A resolve that arrives after half a minute of looking: that it was not resolved was so when it was told.
        const arrivedLate = kind === 'resolve' && stoodAt === 'on the wire to AWS' && aws.has;
        const isKnown = atAws.length === 1 && !arrivedLate;
        const isRight = isKnown ? last === 'sent' || last === 'seen' : last === 'failed';
        assert.ok(isRight, `${where}: told ${JSON.stringify(told)}, at AWS ${atAws.length}`);
        // Nobody can know whether the words that were on their way have arrived: better told twice than never.
        const states = told.map(({ state }) => (state === 'seen' ? 'sent' : state));
        if (stoodAt !== 'on the wire from Slack' && stoodAt !== 'changeOutbox')
          assert.equal(new Set(states).size, states.length, `${where}: told ${JSON.stringify(told)}`);
      }
    });
  }

  /** The store under a lease, as a replica sees it: each call takes its time, and its writes may be refused. */
  function leased(real: Store, lease: Lease, wait: (where: string) => Promise<void>): Store {
    return new Proxy(real, {
      get(target, name) {
        const method: unknown = Reflect.get(target, name);
        if (typeof method !== 'function') return method;
        return async (...values: unknown[]) => {
          await wait(String(name));
          if (WRITES.has(String(name))) lease.check();
          const value: unknown = await method.apply(target, values);
          await wait(`${String(name)} answers`);
          return value;
        };
      },
    });
  }
  function portOf(real: Store): Partial<Store> {
    return { canonical: (key: CaseKey) => real.canonical(key) };
  }
});
