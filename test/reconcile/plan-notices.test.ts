import assert from 'node:assert/strict';
import { type Notice, noticeId, showsOf } from '../../src/reconcile/notices/notice.js';
import { planNotices, whoWaits } from '../../src/reconcile/notices/plan-notices.js';

const NOW = 1_000_000;
const EVERY = 10_000;
const INVITE = 'Invite the bot.';
const PLAN = 'Change the plan.';

function notice(reason: string, cases: readonly string[], more: Partial<Notice> = {}): Notice {
  return {
    id: noticeId(reason),
    reason,
    channel: 'C1',
    intendedAt: 0,
    ts: '1.1',
    deleted: false,
    changedAt: NOW - EVERY,
    shows: showsOf(cases),
    cases,
    ...more,
  };
}

const steps = (...given: Parameters<typeof planNotices>) =>
  planNotices(...given).steps.map((step) =>
    step.do === 'settle'
      ? `settle ${step.notice.reason}`
      : `${step.do} ${step.waiting.reason} ${step.waiting.cases.join()}`,
  );

describe('whoWaits', () => {
  it('groups cases by reason, those first that wait longest', () => {
    const parked = [
      { key: 'b', reason: INVITE, since: 2 },
      { key: 'x', reason: PLAN, since: 1 },
      { key: 'a', reason: INVITE, since: 3 },
      { key: 'c', reason: INVITE, since: 2 },
    ];
    assert.deepEqual(whoWaits(parked, [], new Set()), [
      { reason: INVITE, cases: ['b', 'c', 'a'] },
      { reason: PLAN, cases: ['x'] },
    ]);
  });

  it('counts an announced case that is being tried again, until it is done or parked for something else', () => {
    const open = [notice(INVITE, ['a', 'b', 'c', 'd'])];
    const parked = [
      { key: 'a', reason: INVITE, since: 1 },
      { key: 'b', reason: PLAN, since: 1 },
    ];
    // `d` is done: it is not marked any more.
    assert.deepEqual(whoWaits(parked, open, new Set(['b', 'c'])), [
      { reason: INVITE, cases: ['c', 'a'] },
      { reason: PLAN, cases: ['b'] },
    ]);
  });
});

describe('planNotices', () => {
  it('has nothing to say, and nothing to look after, when nobody waits', () => {
    assert.deepEqual(planNotices([], [], NOW, EVERY), { steps: [], lookAfter: null });
  });

  it('posts one message per reason', () => {
    const waiting = [
      { reason: INVITE, cases: ['a', 'b'] },
      { reason: PLAN, cases: ['c'] },
    ];
    assert.deepEqual(steps(waiting, [], NOW, EVERY), [`post ${INVITE} a,b`, `post ${PLAN} c`]);
  });

  it('says nothing anew while the same wait, and looks again', () => {
    const waiting = [{ reason: INVITE, cases: ['a', 'b'] }];
    assert.deepEqual(planNotices(waiting, [notice(INVITE, ['a', 'b'])], NOW, EVERY), {
      steps: [],
      lookAfter: EVERY,
    });
  });

  it('updates the number when it changes, but not more often than allowed', () => {
    const waiting = [{ reason: INVITE, cases: ['a', 'b', 'c'] }];
    assert.deepEqual(steps(waiting, [notice(INVITE, ['a'])], NOW, EVERY), [`update ${INVITE} a,b,c`]);
    const justChanged = [notice(INVITE, ['a'], { changedAt: NOW - 4_000 })];
    assert.deepEqual(planNotices(waiting, justChanged, NOW, EVERY), { steps: [], lookAfter: 6_000 });
  });

  it('updates when other cases are the first ones, not when others are behind them', () => {
    const before = ['a', 'b', 'c', 'd', 'e', 'f'];
    const open = [notice(INVITE, before)];
    const waiting = (cases: string[]) => [{ reason: INVITE, cases }];
    assert.equal(steps(waiting(['a', 'b', 'c', 'd', 'x', 'f']), open, NOW, EVERY).length, 1);
    assert.equal(steps(waiting(['a', 'b', 'c', 'd', 'e', 'x']), open, NOW, EVERY).length, 0);
  });

  it('settles a notice for which nothing waits any more, and posts the reason anew when it comes back', () => {
    assert.deepEqual(steps([], [notice(INVITE, ['a'])], NOW, EVERY), [`settle ${INVITE}`]);
    assert.equal(planNotices([], [notice(INVITE, ['a'])], NOW, EVERY).lookAfter, null);
    const justChanged = [notice(INVITE, ['a'], { changedAt: NOW - 1 })];
    assert.deepEqual(planNotices([], justChanged, NOW, EVERY), { steps: [], lookAfter: EVERY - 1 });
  });

  it('finds out about a notice of which nobody knows whether it was posted, whoever waits', () => {
    const unsure = notice(INVITE, ['a'], { ts: null, changedAt: NOW });
    const waiting = [{ reason: INVITE, cases: ['a'] }];
    assert.deepEqual(planNotices(waiting, [unsure], NOW, EVERY).steps, [
      { do: 'post', waiting: waiting[0], unsure },
    ]);
    assert.deepEqual(steps([], [unsure], NOW, EVERY), [`settle ${INVITE}`]);
  });

  it('leaves a deleted notice deleted until nothing waits for it', () => {
    const deleted = notice(INVITE, ['a'], { deleted: true });
    assert.deepEqual(planNotices([{ reason: INVITE, cases: ['a', 'b'] }], [deleted], NOW, EVERY), {
      steps: [],
      lookAfter: EVERY,
    });
    assert.deepEqual(steps([], [deleted], NOW, EVERY), [`settle ${INVITE}`]);
  });
});
