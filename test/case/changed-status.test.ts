import assert from 'node:assert/strict';
import type { Card } from '../../src/case/card.js';
import type { LedgerEntry } from '../../src/case/ledger-entry.js';
import { CARD } from '../../src/case/ledger-entry.js';
import { NOBODY } from '../../src/case/people.js';
import { type Plan, plan } from '../../src/case/plan.js';
import type { Reading } from '../../src/case/reading.js';
import { KEY, posted, reading, T } from './model/example.js';

interface Kept {
  readonly ledger?: readonly LedgerEntry[];
  readonly card?: Card;
  readonly shown?: Card;
}

function planned(at: Reading, { ledger = [], card, shown = card }: Kept = {}): Plan {
  return plan({
    key: KEY,
    reading: at,
    missing: null,
    facts: [],
    deeds: [],
    ledger,
    doubts: [],
    card: card ?? null,
    shown: shown ?? null,
    formerTs: null,
    people: NOBODY,
    now: T + 60_000,
  });
}

/** What a run posts, as the ledger has it then. */
function carriedOut({ effects }: Plan): LedgerEntry[] {
  return effects.flatMap((effect) => (effect.do === 'post' ? [posted(effect.item.id, 0)] : []));
}

const OPENING = { body: 'Opening.', at: T };
const opened = reading({ communications: [OPENING] });
const first = planned(opened);
const ledger = [posted(CARD, 0), ...carriedOut(first)];
const known = { ledger, card: first.card };

describe('plan: a change of the status', () => {
  for (const [when, at] of [
    ['within the second of the last word', T],
    ['later', T + 5_000],
  ] as const) {
    it(`is told by the answer that it came with, ${when}, also by a run after one that died`, () => {
      const answered = reading({
        status: 'pending-customer-action',
        communications: [OPENING, { body: 'Answer.', submittedBy: 'Amazon Web Services', at }],
      });
      const second = planned(answered, known);
      assert.deepEqual(
        second.effects.map((effect) => (effect.do === 'post' ? effect.item.kind : effect.do)),
        ['communication', 'refresh-card'],
      );
      const died = planned(answered, { ...known, ledger: [...ledger, ...carriedOut(second)] });
      assert.deepEqual(
        died.effects.map((effect) => effect.do),
        ['refresh-card'],
      );
    });
  }

  it('is told by an entry of its own when nobody said anything', () => {
    const changed = reading({ status: 'work-in-progress', communications: [OPENING] });
    assert.deepEqual(
      planned(changed, known).effects.map((effect) => (effect.do === 'post' ? effect.item.kind : effect.do)),
      ['changed'],
    );
  });

  it('has the card shown anew also while the one of before is shown still, and another on its way', () => {
    const onItsWay = planned(reading({ severity: 'high', communications: [OPENING] }), known).card;
    const back = planned(opened, { ledger, card: onItsWay, shown: first.card });
    assert.ok(back.effects.some((effect) => effect.do === 'refresh-card'));
    assert.deepEqual(planned(opened, known).effects, []);
  });
});
