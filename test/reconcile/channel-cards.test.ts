import assert from 'node:assert/strict';
import { CARD } from '../../src/case/ledger-entry.js';
import { ChannelCards } from '../../src/reconcile/channel-cards.js';
import type { FoundEntry } from '../../src/slack/slack.js';

const NOW = 1_800_000_000_000;
const OPENED = NOW - 86_400_000;

describe('ChannelCards', () => {
  let now: number;
  let looks: number;
  let there: FoundEntry[];
  let cards: ChannelCards;
  beforeEach(() => {
    now = NOW;
    looks = 0;
    there = [];
    const readEntries = async () => {
      looks += 1;
      return { entries: [...there], deletedRoots: [], next: null };
    };
    cards = new ChannelCards({ slack: { readEntries, findEntries: async () => [] }, now: () => now });
  });
  const post = (key: string) => {
    there.push({
      ts: (now / 1000).toFixed(6),
      tag: { case: key, entry: CARD, part: 0, parts: 1, at: now },
    });
  };
  const isFound = async (key: string, lostUntil: number) =>
    (await cards.find('C1', key, OPENED, lostUntil)).card !== null;

  it('looks once for all cases that may have been lost before it looked', async () => {
    post('a');
    assert.deepEqual([await isFound('a', NOW), await isFound('b', NOW)], [true, false]);
    now += 60_000;
    assert.equal(await isFound('a', NOW), true);
    assert.equal(looks, 1);
  });

  it('sees what was posted and lost shortly after an earlier look', async () => {
    assert.equal(await isFound('a', NOW), false);
    now += 1_000;
    post('a');
    now += 1_000;
    const lostUntil = now;
    now += 1_000;
    assert.equal(await isFound('a', lostUntil), true);
  });

  it('looks again after some seconds only while what was lost has no end yet', async () => {
    const end = NOW + 60_000;
    assert.equal(await isFound('a', end), false);
    now += 1_000;
    assert.equal(await isFound('b', end), false);
    assert.equal(looks, 1);
    now += 10_000;
    post('a');
    assert.equal(await isFound('a', end), true);
  });
});
