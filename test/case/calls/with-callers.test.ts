import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { ApiCall } from '../../../src/case/calls/api-call.js';
import { type CallsKnown, withCallers } from '../../../src/case/calls/with-callers.js';
import type { Deed } from '../../../src/case/deed.js';
import type { CommunicationItem, Item, TransitionItem } from '../../../src/case/item.js';
import { type LedgerEntry, UNCLEAR } from '../../../src/case/ledger-entry.js';
import { callAt, ownCallAt } from './sample-call.js';

const WITHIN_MS = 900_000;

/** Of an IAM user in the console, or of the bot for a person in Slack. */
function words(second: number, reference: string | null = null): CommunicationItem {
  return {
    kind: 'communication',
    id: `c-${second}`,
    at: second * 1_000,
    toldAt: null,
    author: { side: 'customer', name: 'AdminRole', way: reference === null ? 'elsewhere' : 'slack' },
    text: 'words',
    files: [],
    reference,
    replaces: null,
  };
}

function resolving(second: number, toldAt: number | null): TransitionItem {
  return { kind: 'resolved', id: 'resolved@1', at: second * 1_000, by: null, exact: true, toldAt };
}

/** What a thread shows of who did what, look after look. */
class Shown {
  readonly #by = new Map<string, string>();
  /** Each change of an entry that is there. */
  readonly changes: { readonly from: string; readonly to: string }[] = [];
  deeds: readonly Deed[] = [];
  settlesAfterMs: number | null = null;

  look(
    items: readonly Item[],
    calls: readonly ApiCall[],
    now: number,
    known: Partial<CallsKnown> = {},
  ): void {
    const ledger = [...this.#by].map(
      ([entry, shownBy]): LedgerEntry => ({
        entry,
        part: 0,
        parts: 1,
        at: 0,
        intendedAt: 1,
        ts: '1',
        shownBy,
      }),
    );
    const found = withCallers(
      {
        items: items.filter(({ kind }) => kind === 'communication'),
        transitions: items.filter((item): item is TransitionItem => item.kind === 'resolved'),
        reading: null,
        ledger,
        deeds: this.deeds,
        now,
      },
      { calls, seenBefore: () => true, arriveWithinMs: WITHIN_MS, upSince: 0, walkedAt: null, ...known },
    );
    this.settlesAfterMs = found.settlesAfterMs;
    for (const { id, shownBy = UNCLEAR } of [...found.items, ...found.transitions]) {
      const from = this.#by.get(id);
      if (from !== undefined && from !== shownBy) this.changes.push({ from, to: shownBy });
      this.#by.set(id, shownBy);
    }
  }

  isNamed(id: string): boolean {
    return (this.#by.get(id) ?? UNCLEAR) !== UNCLEAR;
  }

  get wereTakenBack(): number {
    return this.changes.filter(({ to }) => to === UNCLEAR).length;
  }
}

describe('withCallers', () => {
  it('keeps a name while the records of others next to it may still come, and no longer', () => {
    const shown = new Shown();
    const [one, two] = [words(100), words(109)];
    shown.look([one], [callAt(100)], 200_000);
    shown.look([one, two], [callAt(100)], 210_000);
    assert.deepEqual([shown.isNamed(one.id), shown.isNamed(two.id)], [true, false]);
    assert.equal(shown.settlesAfterMs, 109_000 + WITHIN_MS - 210_000);
    shown.look([one, two], [callAt(100)], 109_000 + WITHIN_MS);
    assert.deepEqual([shown.isNamed(one.id), shown.settlesAfterMs], [false, null]);
  });

  it('takes a name back at once for a call that contradicts it', () => {
    const shown = new Shown();
    shown.look([words(100)], [callAt(100)], 200_000);
    shown.look([words(100)], [callAt(100), callAt(104, 'bob')], 200_000);
    assert.equal(shown.wereTakenBack, 1);
  });

  /** Words of one person, or of the bot, each with its record; the bot's answers tell the id of some requests. */
  const deeds = fc.array(
    fc.record({
      second: fc.integer({ min: 100, max: 150 }),
      who: fc.constantFrom('jane', 'bot, told', 'bot'),
      isElsewhere: fc.boolean(),
    }),
    { minLength: 1, maxLength: 5 },
  );

  it('takes no name back that stays right, in whatever order words and records come', () => {
    fc.assert(
      fc.property(deeds, fc.infiniteStream(fc.nat()), (made, chance) => {
        const shown = new Shown();
        const all = made.map(({ second, who, isElsewhere }, index) => {
          const change = { id: `${index}`, requestId: `request ${index}` };
          const address = isElsewhere ? '203.0.113.9' : '198.51.100.15';
          const reference = who === 'jane' ? null : `ref${index}`;
          const item = { ...words(second, reference), id: `c-${index}` };
          const call =
            who === 'bot' ? ownCallAt(second, change) : callAt(second, who, { ...change, address });
          return { item, call, who };
        });
        shown.deeds = all.flatMap(({ item, call: { requestId }, who }): Deed[] =>
          who === 'bot, told' && item.reference !== null
            ? [
                {
                  ...{ reference: item.reference, kind: 'reply', state: 'done', person: 'Alice', text: '' },
                  ...{ reopens: false, at: item.at, requestId },
                },
              ]
            : [],
        );
        const coming = [...all.map(({ item }) => ({ item })), ...all.map(({ call }) => ({ call }))];
        const mixed = coming
          .map((each) => ({ each, by: chance.next().value ?? 0 }))
          .sort((a, b) => a.by - b.by)
          .map(({ each }) => each);
        const items: Item[] = [];
        const calls: ApiCall[] = [];
        for (const each of mixed) {
          if ('item' in each) items.push(each.item);
          else calls.push(each.call);
          shown.look(items, calls, 200_000);
        }
        assert.equal(shown.wereTakenBack, 0, JSON.stringify(shown.changes));
        for (const { item, who } of all) assert.equal(shown.isNamed(item.id), who === 'jane');
      }),
      { numRuns: 300, seed: 20_261_121 },
    );
  });

  it('says that AWS resolved it once no record can come any more, however late it was heard of', () => {
    const cases: readonly [what: string, toldAt: number | null, upSince: number, saidAt: number][] = [
      ['from when it was made', null, 0, 100_000],
      ['from when the event came', 700_000, 0, 700_000],
      ['from when the bot was started', 700_000, 800_000, 800_000],
    ];
    for (const [what, toldAt, upSince, from] of cases) {
      const shown = new Shown();
      shown.look([resolving(100, toldAt)], [], from + WITHIN_MS - 1, { upSince });
      assert.deepEqual([shown.isNamed('resolved@1'), shown.settlesAfterMs], [false, 1], what);
      shown.look([resolving(100, toldAt)], [], from + WITHIN_MS, { upSince });
      assert.deepEqual([shown.isNamed('resolved@1'), shown.settlesAfterMs], [true, null], what);
      shown.look([resolving(100, toldAt)], [], from + WITHIN_MS + 1, { upSince: from + WITHIN_MS });
      assert.deepEqual([shown.isNamed('resolved@1'), shown.settlesAfterMs], [true, null], 'it stays said');
    }
  });
});
