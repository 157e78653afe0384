import assert from 'node:assert/strict';
import { directText } from '../../src/case/direct.js';
import { NOBODY } from '../../src/case/people.js';
import type { Run } from '../../src/inbox/inbox.js';
import { LeaseLost } from '../../src/lease/lease.js';
import { type TellDirectlyDeps, tellDirectly } from '../../src/reconcile/directs/tell-directly.js';

const key = { account: '111122223333', caseId: 'case-1' };
const ABOUT = { key, about: 'c-1', user: null };

/** The mark of an entry comes in, with what is known of the requests by then. */
async function answered(begun: 'yours' | 'busy' | 'done', check = () => undefined) {
  const marked: string[] = [];
  const ended: string[] = [];
  const deps = {
    store: {
      canonical: async () => key,
      caseFile: async () => ({
        record: null,
        ledger: [{ entry: 'c-1', part: 0, parts: 1, at: 0, intendedAt: 0, ts: '1.000001' }],
        people: { ...NOBODY, followers: ['U0ALICE', 'U0BOB'] },
      }),
      beginRequest: async () => begun,
      endRequest: async (request: string, end: string) => ended.push(`${request} ${end}`),
    },
    markDirect: async (direct: string) => {
      marked.push(direct);
    },
    now: () => 0,
  } as unknown as TellDirectlyDeps;
  const run = { key: directText(ABOUT), attempt: 0, since: 0, lease: { check } } as unknown as Run;
  return { outcome: await tellDirectly(deps, run), marked, ended };
}

describe('tellDirectly: a person who follows a case', () => {
  const logged: string[] = [];
  const tellAlice = async (may: boolean | null, attempt = 0) => {
    const posted: string[] = [];
    const deps = {
      store: {
        canonical: async () => key,
        caseFile: async () => ({
          record: null,
          ledger: [{ entry: 'c-1', part: 0, parts: 1, at: 0, intendedAt: 0, ts: '1.000001' }],
          people: { ...NOBODY, followers: ['U0ALICE'] },
        }),
      },
      slack: { linkTo: () => null, postDirect: async (user: string) => posted.push(user) },
      accountToName: () => null,
      mayRead: async () => may,
      log: { warn: (line: string) => logged.push(line) },
    } as unknown as TellDirectlyDeps;
    const mark = directText({ ...ABOUT, user: 'U0ALICE' });
    const run = { key: mark, attempt, since: 0, lease: { check: () => undefined } } as unknown as Run;
    return { outcome: (await tellDirectly(deps, run)).outcome, posted };
  };

  it('is told while they may read it, later where that cannot be said, and else not at all', async () => {
    assert.deepEqual(await tellAlice(true), { outcome: 'done', posted: ['U0ALICE'] });
    for (const attempt of [0, 1, 2])
      assert.deepEqual(await tellAlice(null, attempt), { outcome: 'again', posted: [] });
    assert.deepEqual(logged, [
      'a direct message waits, because Slack does not say whether the person may read the case',
    ]);
    assert.deepEqual(await tellAlice(false), { outcome: 'done', posted: [] });
  });
});

describe('tellDirectly: an answer of AWS', () => {
  const all = ['U0ALICE', 'U0BOB'].map((user) => directText({ ...ABOUT, user }));

  for (const begun of ['yours', 'busy'] as const) {
    const what = begun === 'busy' ? ' at once, also after one who died while at it' : '';
    it(`is brought to each who wants to know${what}`, async () => {
      const { outcome, marked, ended } = await answered(begun);
      assert.deepEqual(outcome, { outcome: 'done' });
      assert.deepEqual(marked, all);
      assert.deepEqual(
        ended,
        all.map((each) => `dm ${each} done`),
      );
    });
  }

  it('is brought to nobody again', async () => {
    assert.deepEqual((await answered('done')).marked, []);
  });

  it('is left to whoever has taken over', async () => {
    const lost = () => {
      throw new LeaseLost('the mark');
    };
    await assert.rejects(answered('busy', lost), LeaseLost);
  });
});
