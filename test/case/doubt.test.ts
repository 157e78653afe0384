import assert from 'node:assert/strict';
import { CLOCKS_DIFFER_MS, isInDoubt, openDoubt } from '../../src/case/doubt.js';
import type { Item } from '../../src/case/item.js';
import type { Effect } from '../../src/case/plan.js';
import { KEY } from './model/example.js';

const UNTIL = 10_000_000;
const LATER = UNTIL + CLOCKS_DIFFER_MS + 1;
const doubt = { from: 0, until: UNTIL };

const post = (at: number): Effect => ({
  do: 'post',
  item: { kind: 'unread', id: 'f-1', at, toldAt: null, author: { side: 'aws', name: '', way: 'unknown' } },
});
const change = (at: number, exact: boolean): Effect => {
  const item: Item = { kind: 'resolved', id: 'resolved@1', at, toldAt: null, by: null, exact };
  return { do: 'post', item };
};
const card = { key: KEY, displayId: '', details: null, resolved: false, turn: null, missing: null };

describe('doubt', () => {
  it('is over for a case once its thread was searched', () => {
    assert.deepEqual(openDoubt([doubt], null), doubt);
    assert.deepEqual(openDoubt([doubt], UNTIL - 1), doubt);
    assert.equal(openDoubt([doubt], UNTIL), null);
    assert.equal(openDoubt([], null), null);
  });

  it('reaches from the first to the last of the spans that are open', () => {
    const spans = [doubt, { from: 20_000_000, until: 20_000_005 }, { from: 30_000_000, until: 30_000_005 }];
    assert.deepEqual(openDoubt(spans, null), { from: 0, until: 30_000_005 });
    assert.deepEqual(openDoubt(spans, UNTIL), { from: 20_000_000, until: 30_000_005 });
  });

  it('is about what is to be posted and happened before its end, clocks allowed for', () => {
    assert.equal(isInDoubt(doubt, 0, [post(UNTIL)]), true);
    assert.equal(isInDoubt(doubt, 0, [post(LATER - 1)]), true);
    assert.equal(isInDoubt(doubt, 0, [post(LATER)]), false);
    assert.equal(isInDoubt(doubt, 0, []), false);
    assert.equal(isInDoubt(doubt, 0, [{ do: 'refresh-card', card }]), false);
  });

  it('is about every thread to be opened, unless its case was opened later', () => {
    assert.equal(isInDoubt(doubt, null, [{ do: 'open-thread', card }]), true);
    assert.equal(isInDoubt(doubt, UNTIL, [{ do: 'open-thread', card }]), true);
    assert.equal(isInDoubt(doubt, LATER, [{ do: 'open-thread', card }]), false);
  });

  it('is about a change that was only seen: nobody knows when it happened', () => {
    assert.equal(isInDoubt(doubt, 0, [change(LATER, true)]), false);
    assert.equal(isInDoubt(doubt, 0, [change(LATER, false)]), true);
    assert.equal(isInDoubt(doubt, LATER, [change(LATER, false)]), false);
  });
});
