import assert from 'node:assert/strict';
import type { LedgerEntry } from '../../src/case/ledger-entry.js';
import { type TransitionsInput, transitions } from '../../src/case/transitions.js';
import { deed, fact, posted, T } from './model/example.js';

/** The list in words, times in seconds after T; then what is not clear yet. */
function told({
  now = 1_000,
  ...input
}: Partial<Omit<TransitionsInput, 'now'>> & { now?: number }): string[] {
  const { list, unsettled } = transitions({
    facts: [],
    deeds: [],
    ledger: [],
    status: 'opened',
    ...input,
    now: T + now * 1_000,
  });
  return [
    ...list.map(({ kind, at, by, exact }) => {
      const words = [
        kind,
        exact ? 'at' : 'seen at',
        (at - T) / 1_000,
        ...(by === null ? [] : ['by', by.name]),
      ];
      return words.join(' ');
    }),
    ...(unsettled ? ['unsettled'] : []),
  ];
}

const idsOf = (input: Partial<TransitionsInput>) =>
  transitions({
    facts: [],
    deeds: [],
    ledger: [],
    status: 'resolved',
    now: T + 1_000_000,
    ...input,
  }).list.map(({ id }) => id);
const seenAt = (kind: string, at: number): LedgerEntry => posted(`${kind}~${T + at * 1_000}`, at);

describe('transitions: what events tell', () => {
  it('an open case without events has none', () => {
    assert.deepEqual(told({}), []);
    assert.deepEqual(told({ status: 'a word of next year' }), []);
  });

  it('each event is one, oldest first, whatever the order in which they came', () => {
    const facts = [fact('ReopenCase', 200), fact('ResolveCase', 300), fact('ResolveCase', 100)];
    assert.deepEqual(told({ facts, status: 'resolved' }), [
      'resolved at 100',
      'reopened at 200',
      'resolved at 300',
    ]);
  });

  it('copies of one event, seconds apart, are one', () => {
    const facts = [fact('ResolveCase', 100), fact('ResolveCase', 103), fact('ResolveCase', 99)];
    assert.deepEqual(told({ facts, status: 'resolved' }), ['resolved at 99']);
  });

  it('a copy that comes after its like was posted is not posted again', () => {
    const ledger = [posted(`resolved@${T + 103_000}`, 103)];
    const facts = [fact('ResolveCase', 103), fact('ResolveCase', 100)];
    assert.deepEqual(idsOf({ facts, ledger }), [`resolved@${T + 103_000}`]);
  });

  it('resolving and reopening in one second take turns, from how the case stood', () => {
    const both = [fact('ReopenCase', 100), fact('ResolveCase', 100)];
    assert.deepEqual(told({ facts: both, status: 'reopened' }), ['resolved at 100', 'reopened at 100']);
    assert.deepEqual(told({ facts: [...both, fact('ResolveCase', 103)], status: 'resolved' }), [
      'resolved at 100',
      'reopened at 100',
      'resolved at 103',
    ]);
    assert.deepEqual(told({ facts: [fact('ResolveCase', 10), ...both], status: 'resolved' }), [
      'resolved at 10',
      'reopened at 100',
      'resolved at 100',
    ]);
  });

  it('resolved twice, with the event of the reopening lost, are two', () => {
    const facts = [fact('ResolveCase', 100), fact('ResolveCase', 500)];
    assert.deepEqual(told({ facts, status: 'resolved' }), ['resolved at 100', 'resolved at 500']);
  });
});

describe('transitions: what the status tells', () => {
  it('a resolved case of which no event told is resolved, seen now', () => {
    assert.deepEqual(told({ status: 'resolved' }), ['resolved seen at 1000']);
  });

  it('what was seen stays what it is at the next look', () => {
    const ledger = [seenAt('resolved', 900)];
    assert.deepEqual(told({ ledger, status: 'resolved' }), ['resolved seen at 900']);
  });

  it('an event that comes late gives what was seen its time, and is no second entry', () => {
    const ledger = [seenAt('resolved', 900)];
    const facts = [fact('ResolveCase', 400, { receivedAt: 990 })];
    assert.deepEqual(told({ ledger, facts, status: 'resolved' }), ['resolved at 400']);
    assert.deepEqual(idsOf({ ledger, facts }), [`resolved~${T + 900_000}`]);
  });

  it('an event of another resolving is a second entry', () => {
    const ledger = [seenAt('resolved', 100), seenAt('reopened', 200)];
    const facts = [fact('ResolveCase', 900)];
    assert.deepEqual(told({ ledger, facts, status: 'resolved' }), [
      'resolved seen at 100',
      'reopened seen at 200',
      'resolved at 900',
    ]);
  });

  it('a status that contradicts a fresh event is taken for one that is behind, for a minute', () => {
    const facts = [fact('ResolveCase', 990)];
    assert.deepEqual(told({ facts }), ['resolved at 990', 'unsettled']);
    assert.deepEqual(told({ facts, now: 1_050 }), ['resolved at 990', 'reopened seen at 1050']);
  });

  it('it is when the event came that counts, not when it happened', () => {
    const facts = [fact('ResolveCase', 100, { receivedAt: 980 })];
    assert.deepEqual(told({ facts }), ['resolved at 100', 'unsettled']);
  });

  it('so it is with what a person did from Slack, and with what an earlier look saw', () => {
    assert.deepEqual(told({ deeds: [deed('resolve', 999)] }), ['resolved at 999 by Alice', 'unsettled']);
    assert.deepEqual(told({ ledger: [seenAt('resolved', 990)] }), ['resolved seen at 990', 'unsettled']);
  });

  it('says nothing while AWS cannot be asked', () => {
    assert.deepEqual(told({ facts: [fact('ResolveCase', 990)], status: null }), ['resolved at 990']);
    assert.deepEqual(told({ status: null }), []);
  });
});

describe('transitions: after the store was lost', () => {
  const toldAt = (kind: string, at: number): LedgerEntry => posted(`${kind}@${T + at * 1_000}`, at);
  const history = [toldAt('resolved', 100), toldAt('reopened', 200), toldAt('resolved', 300)];

  it('what the thread shows has happened, though no event is left of it', () => {
    const told3 = ['resolved at 100', 'reopened at 200', 'resolved at 300'];
    assert.deepEqual(told({ ledger: history, status: 'resolved' }), told3);
    assert.deepEqual(told({ ledger: history.slice(0, 2), status: 'opened' }), told3.slice(0, 2));
    assert.deepEqual(told({ ledger: history, status: 'opened' }), [...told3, 'reopened seen at 1000']);
  });

  it('an event that comes again is the one of its entry', () => {
    const facts = [fact('ResolveCase', 100, { receivedAt: 990 })];
    assert.deepEqual(
      idsOf({ ledger: history, facts }),
      history.map(({ entry }) => entry),
    );
  });

  it('a copy of the event is no second one, and leaves the entry as it is', () => {
    const facts = [fact('ResolveCase', 98)];
    const ledger = history.slice(0, 1);
    assert.deepEqual(
      idsOf({ ledger, facts }),
      ledger.map(({ entry }) => entry),
    );
    assert.deepEqual(told({ ledger, facts, status: 'resolved' }), ['resolved at 100']);
  });

  it('two entries of the same kind within a minute stay two', () => {
    const ledger = [posted('resolved~aaaaaaaaaa', 100), toldAt('reopened', 110), toldAt('reopened', 150)];
    assert.deepEqual(
      told({ ledger }).filter((each) => each.startsWith('reopened')),
      ['reopened at 110', 'reopened at 150'],
    );
  });

  it('a resolve from Slack is never taken for an older resolving', () => {
    const ledger = [posted('resolved~aaaaaaaaaa', 500)];
    assert.deepEqual(told({ ledger, facts: [fact('ResolveCase', 100)], status: 'resolved' }), [
      'resolved at 100',
      'resolved at 500',
    ]);
  });
});

describe('transitions: who did it', () => {
  it('a resolve from Slack and its event are one, by that person', () => {
    const deeds = [deed('resolve', 100)];
    const facts = [fact('ResolveCase', 102)];
    assert.deepEqual(told({ deeds, status: 'resolved' }), ['resolved at 100 by Alice']);
    assert.deepEqual(told({ deeds, facts, status: 'resolved' }), ['resolved at 102 by Alice']);
    assert.deepEqual(idsOf({ deeds, facts, ledger: [posted('resolved~aaaaaaaaaa', 100)] }), [
      'resolved~aaaaaaaaaa',
    ]);
    const first = posted(`resolved@${T + 102_000}`, 102);
    assert.deepEqual(idsOf({ deeds, facts, ledger: [first] }), [first.entry]);
  });

  it('one that AWS refused did nothing, and one that is underway only what the status confirms', () => {
    const undone = [deed('resolve', 100, { state: 'undone' })];
    const underway = [deed('resolve', 100, { state: 'underway' })];
    assert.deepEqual(told({ deeds: undone }), []);
    assert.deepEqual(told({ deeds: underway }), []);
    assert.deepEqual(told({ deeds: underway, status: null }), []);
    assert.deepEqual(told({ deeds: underway, status: 'resolved' }), ['resolved at 100 by Alice']);
  });

  it('an entry of a resolve from Slack is never taken for an older resolving, whatever became of the resolve', () => {
    const facts = [fact('ResolveCase', 100)];
    const deeds = [deed('resolve', 500, { state: 'underway' })];
    const ledger = [posted('resolved~aaaaaaaaaa', 500)];
    assert.deepEqual(told({ facts, deeds, ledger }), [
      'resolved at 100',
      'resolved at 500 by Alice',
      'reopened seen at 1000',
    ]);
  });

  it('each of two resolves from Slack is confirmed by its own event, though only the later has come', () => {
    const deeds = [deed('resolve', 100), deed('resolve', 300, { reference: 'bbbbbbbbbb', person: 'Bob' })];
    assert.deepEqual(told({ facts: [fact('ResolveCase', 301)], deeds, status: 'resolved' }), [
      'resolved at 100 by Alice',
      'resolved at 301 by Bob',
    ]);
  });

  it('one deed explains one change: whoever resolves again minutes later is not taken for the same person', () => {
    const facts = [fact('ResolveCase', 101), fact('ReopenCase', 200), fact('ResolveCase', 300)];
    assert.deepEqual(told({ facts, deeds: [deed('resolve', 100)], status: 'resolved' }), [
      'resolved at 101 by Alice',
      'reopened at 200',
      'resolved at 300',
    ]);
  });

  it('a reply that reopens names who sent it; other replies and late ones name nobody', () => {
    const facts = [fact('ResolveCase', 100), fact('ReopenCase', 200)];
    const reply = (at: number, reopens: boolean) => [deed('reply', at, { reopens })];
    assert.equal(told({ facts, deeds: reply(199, true) })[1], 'reopened at 200 by Alice');
    assert.equal(told({ facts, deeds: reply(199, false) })[1], 'reopened at 200');
    assert.equal(told({ facts, deeds: reply(321, true) })[1], 'reopened at 200');
  });
});
