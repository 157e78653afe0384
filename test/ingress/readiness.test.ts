import assert from 'node:assert/strict';
import { type ReadinessDeps, readiness } from '../../src/ingress/readiness.js';

const WELL: ReadinessDeps = {
  checkStore: async () => undefined,
  storage: 'sqlite',
  risks: [],
  slack: () => ({ ok: true, problem: null }),
  sweep: async () => ({ state: 'ok', lastAt: Date.parse('2024-01-01T00:00:00Z'), problem: null, failing: 0 }),
  inbox: async () => ({ waiting: 3, working: 1, parked: 2 }),
  parked: async () => [],
};

describe('readiness', () => {
  it('is ready when store, Slack and sweep are well, and says so of each', async () => {
    assert.deepEqual(await readiness(WELL), {
      ready: true,
      store: { ok: true, problem: null, risks: [] },
      slack: { ok: true, problem: null },
      sweep: { ok: true, state: 'ok', lastAt: '2024-01-01T00:00:00.000Z', problem: null, failing: 0 },
      inbox: { waiting: 3, working: 1, parked: 2 },
      parked: [],
    });
  });

  for (const state of ['off', 'pending', 'partly']) {
    it(`is ready while the sweep is ${state}`, async () => {
      const { ready, sweep } = await readiness({
        ...WELL,
        sweep: async () => ({ state, lastAt: null, problem: null, failing: 1 }),
      });
      assert.equal(ready, true);
      assert.deepEqual(sweep, { ok: true, state, lastAt: null, problem: null, failing: 1 });
    });
  }

  it('is not ready when the last sweep failed, and says why and when one last went through', async () => {
    const problem = 'AWS refuses: the role may not call DescribeCases.';
    const { ready, sweep, store, slack } = await readiness({
      ...WELL,
      sweep: async () => ({ state: 'failed', lastAt: 0, problem, failing: 1 }),
    });
    assert.equal(ready, false);
    assert.deepEqual(sweep, {
      ok: false,
      state: 'failed',
      lastAt: '1970-01-01T00:00:00.000Z',
      problem,
      failing: 1,
    });
    assert.deepEqual([store, slack], [{ ok: true, problem: null, risks: [] }, WELL.slack()]);
  });

  it('is not ready when Slack is not well, and says why', async () => {
    const slack = { ok: false, problem: 'Invite the bot to the channel.' };
    const answer = await readiness({ ...WELL, slack: () => slack });
    assert.deepEqual([answer.ready, answer.slack], [false, slack]);
  });

  it('is not ready when the store cannot be written to, asks nothing else of it, and shows no inner error', async () => {
    const dead = () => Promise.reject(new Error('SQLITE_IOERR in /var/lib'));
    const answer = await readiness({ ...WELL, checkStore: dead, inbox: dead, parked: dead });
    assert.equal(answer.ready, false);
    assert.deepEqual([answer.inbox, answer.parked], [null, []]);
    assert.match(JSON.stringify(answer.store), /"ok":false.*DATABASE_PATH/);
    assert.ok(!JSON.stringify(answer).includes('/var/lib'));
  });

  it('speaks of Redis where the store is there', async () => {
    const dead = () => Promise.reject(new Error('connect ECONNREFUSED 10.0.0.1'));
    const { store } = await readiness({ ...WELL, storage: 'redis', checkStore: dead });
    assert.match(JSON.stringify(store), /"ok":false.*REDIS_URL/);
    assert.ok(!JSON.stringify(store).includes('10.0.0.1'));
  });

  it('is not ready when the store goes away between two questions', async () => {
    const dead = () => Promise.reject(new Error('Connection is closed.'));
    for (const part of ['inbox', 'parked']) {
      const { ready, store } = await readiness({ ...WELL, [part]: dead });
      assert.equal(ready, false);
      assert.match(JSON.stringify(store), /"ok":false/);
    }
  });

  it('says what in the settings of the store is risky, and is ready all the same', async () => {
    const risks = ['Redis keeps nothing on disk. Set appendonly yes.'];
    const { ready, store } = await readiness({ ...WELL, storage: 'redis', risks });
    assert.deepEqual([ready, store], [true, { ok: true, problem: null, risks }]);
  });

  it('counts parked cases by their reason, names none of them, and is ready all the same', async () => {
    const parked = [
      { key: '111122223333/case-1', reason: 'Invite the bot.', since: 1 },
      { key: '111122223333/case-2', reason: 'Buy a plan.', since: 2 },
      { key: '111122223333/case-3', reason: 'Invite the bot.', since: 3 },
    ];
    const answer = await readiness({ ...WELL, parked: async () => parked });
    assert.equal(answer.ready, true);
    assert.deepEqual(answer.parked, [
      { reason: 'Invite the bot.', cases: 2 },
      { reason: 'Buy a plan.', cases: 1 },
    ]);
    assert.ok(!JSON.stringify(answer).includes('case-1'));
  });
});
