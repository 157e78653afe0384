import assert from 'node:assert/strict';
import { identify } from '../../src/case/identify.js';
import type { LedgerEntry } from '../../src/case/ledger-entry.js';
import { mustWalk } from '../../src/case/must-walk.js';
import { certain } from '../../src/case/reading.js';
import { reading } from './model/example.js';

const newest = [12, 13, 14, 15, 16].map((at) => ({ at: at * 1_000, body: `at ${at}` }));
const look = reading({ communications: newest, complete: false });
const row = (entry: string, at: number, more: Partial<LedgerEntry> = {}): LedgerEntry => ({
  entry,
  part: 0,
  parts: 1,
  at: at * 1_000,
  intendedAt: 0,
  ts: '1.000000',
  ...more,
});
const idAt = (at: number) => identify(look.communications).find((each) => each.at === at * 1_000)?.id ?? '';

describe('mustWalk: whether the newest communications are too few', () => {
  it('never for a look that brought all', () => {
    assert.equal(mustWalk({ ...look, complete: true }, []), false);
  });

  it('for a case that has no thread yet', () => {
    assert.equal(mustWalk(look, []), true);
    assert.equal(mustWalk(look, [row('card', 0)]), true);
  });

  it('not when they reach back beyond the newest one in the thread', () => {
    assert.equal(mustWalk(look, [row('c-old-0', 3), row(idAt(13), 13)]), false);
  });

  it('when they do not, or only just: the oldest second of a look may be cut', () => {
    assert.equal(mustWalk(look, [row('c-old-0', 11)]), true);
    assert.equal(mustWalk(look, [row('c-old-0', 12)]), true);
  });

  it('when an older entry is unfinished, or nobody knows whether it was posted', () => {
    const shown = row(idAt(14), 14);
    assert.equal(mustWalk(look, [shown, row('c-old-0', 3, { ts: null })]), true);
    assert.equal(mustWalk(look, [shown, row('c-old-0', 3, { parts: 2 })]), true);
    assert.equal(mustWalk(look, [row(idAt(13), 13), row(idAt(15), 15, { ts: null })]), false);
  });

  it('when they are all of one second, so that nothing is certain', () => {
    const same = reading({ communications: newest.map((each) => ({ ...each, at: 5_000 })), complete: false });
    assert.deepEqual(certain(same), []);
    assert.equal(mustWalk(same, [row('c-old-0', 6)]), true);
  });

  it('when the thread has only what events and people in Slack told', () => {
    assert.equal(mustWalk(look, [row('f-1', 15), row('r-abc', 15), row('resolved~15000', 15)]), true);
  });
});

describe('certain: what a look brings with all its equals', () => {
  it('is everything when the look is complete, else all but its oldest second', () => {
    const twice = [...newest.slice(0, 1), ...newest];
    assert.equal(certain(reading({ communications: twice, complete: true })).length, 6);
    assert.deepEqual(
      certain(reading({ communications: twice, complete: false })).map(({ at }) => at),
      [13_000, 14_000, 15_000, 16_000],
    );
  });
});
