import assert from 'node:assert/strict';
import { AWS_SUPPORT } from '../../src/case/author.js';
import type { Card } from '../../src/case/card.js';
import { CARD as CARD_ENTRY } from '../../src/case/ledger-entry.js';
import { NOBODY } from '../../src/case/people.js';
import type { Run } from '../../src/inbox/inbox.js';
import { type RefreshCardDeps, refreshCard } from '../../src/reconcile/refresh-card.js';
import type { EntryTag, Message } from '../../src/slack/message.js';

const KEY = { account: '111122223333', caseId: 'case-111122223333-muen-2026-0001' };
const MINUTE = 60_000;
const OPENED = Date.UTC(2026, 2, 1);
const CARD: Card = {
  key: KEY,
  displayId: '1234567890',
  details: {
    subject: 'EC2 does not start',
    status: 'opened',
    severity: 'urgent',
    service: 'ec2',
    category: 'other',
    openedBy: 'jane@example.com',
    openedAt: OPENED,
  },
  resolved: false,
  turn: 'aws',
  firstAnswer: { at: null, asOf: OPENED },
  missing: null,
};
const RUN = { key: '', attempt: 0, since: 0, lease: { check: () => undefined } } as unknown as Run;

/** One case whose card is in Slack, a clock, and what is shown in the course of time. */
class Desk {
  now = OPENED;
  card: Card = CARD;
  shown: Card | null = { ...CARD, shownAt: OPENED };
  /** Happens while the card is on its way. */
  meanwhile: () => void = () => undefined;
  readonly updates: { at: number; message: Message; tag: EntryTag | undefined }[] = [];

  /** Milliseconds until it has to be looked at again; null when it need not. */
  async refresh(): Promise<number | null> {
    const record = () => ({
      card: this.card,
      shown: this.shown,
      channel: 'C1',
      threadTs: '1.000001',
      formerTs: null,
    });
    const ledger = [{ entry: CARD_ENTRY, part: 0, parts: 1, at: OPENED, intendedAt: OPENED, ts: '1.000001' }];
    const store = {
      under: () => store,
      canonical: async () => KEY,
      caseFile: async () => ({ record: record(), ledger, people: NOBODY }),
      saveShown: async (_: unknown, card: Card) => {
        this.shown = card;
      },
    };
    const slack = {
      linkTo: () => null,
      update: async (_channel: string, _ts: string, message: Message, _ours: unknown, tag?: EntryTag) => {
        this.updates.push({ at: this.now - OPENED, message, tag });
        this.meanwhile();
      },
    };
    const deps = {
      store,
      slack,
      markCase: async () => undefined,
      accountName: (account: string) => account,
      cardEveryMs: 3_000,
      now: () => this.now,
    } as unknown as RefreshCardDeps;
    const outcome = await refreshCard(deps, KEY, RUN);
    assert.equal(outcome.outcome, 'done');
    return outcome.outcome === 'done' ? (outcome.next ?? null) : null;
  }

  /** As the inbox does: again whenever it is due, until then. */
  async until(end: number): Promise<void> {
    for (
      let next = await this.refresh();
      next !== null && this.now + next <= end;
      next = await this.refresh()
    )
      this.now += next;
    this.now = end;
  }
}

const says = (desk: Desk, words: string) => JSON.stringify(desk.updates.at(-1)?.message).includes(words);

describe('refreshCard', () => {
  it('shows the first change after a quiet time at once, and gathers what follows', async () => {
    const desk = new Desk();
    desk.now = OPENED + 10_000;
    desk.card = { ...desk.card, turn: 'us' };
    await desk.refresh();
    assert.deepEqual(
      desk.updates.map(({ at }) => at),
      [10_000],
    );
    for (let burst = 1; burst <= 20; burst++) {
      desk.now += 100;
      desk.card = { ...desk.card, lastWord: { entry: 'c-1', by: AWS_SUPPORT, at: desk.now } };
      assert.equal(await desk.refresh(), 3_000 - burst * 100);
    }
    await desk.until(OPENED + 20_000);
    assert.deepEqual(
      desk.updates.map(({ at }) => at),
      [10_000, 13_000],
    );
    assert.equal(desk.updates[1]?.tag?.entry, CARD_ENTRY);
  });

  it('comes again by itself while AWS has not answered, and says what is due', async () => {
    const desk = new Desk();
    await desk.until(OPENED + 62 * MINUTE);
    assert.equal(desk.updates.length, 13);
    assert.ok(says(desk, 'First answer from AWS due now'));
    await desk.until(OPENED + 125 * MINUTE);
    assert.ok(says(desk, 'First answer from AWS 1 h late'));
    assert.equal(desk.updates.length, 16);
  });

  it('shows what time has made of it when it was away', async () => {
    const desk = new Desk();
    desk.now = OPENED + 100 * MINUTE;
    await desk.refresh();
    assert.ok(says(desk, 'First answer from AWS 40 min late'));
  });

  for (const [what, card] of [
    ['once AWS has answered', { ...CARD, firstAnswer: { at: OPENED + MINUTE, asOf: OPENED + MINUTE } }],
    ['once the case is resolved', { ...CARD, resolved: true }],
    ['where nobody knows whether AWS has answered', { ...CARD, firstAnswer: undefined } as unknown as Card],
  ] as const) {
    it(`leaves the card alone ${what}`, async () => {
      const desk = new Desk();
      desk.card = card;
      desk.now = OPENED + 2 * MINUTE;
      assert.equal(await desk.refresh(), null);
      desk.now = OPENED + 500 * MINUTE;
      assert.equal(await desk.refresh(), null);
      assert.equal(desk.updates.length, 1);
    });
  }

  it('comes again when the card was planned anew while it was on its way, also back to what it was', async () => {
    const desk = new Desk();
    desk.now = OPENED + 10_000;
    desk.card = { ...CARD, turn: 'us' };
    desk.meanwhile = () => {
      desk.card = CARD;
    };
    assert.equal(await desk.refresh(), 0);
    desk.meanwhile = () => undefined;
    await desk.until(OPENED + 15_000);
    assert.deepEqual(
      desk.updates.map(({ at }) => at),
      [10_000, 13_000],
    );
    assert.ok(says(desk, 'Waiting for AWS'));
  });

  it('does not wait for a clock that has been set back', async () => {
    const desk = new Desk();
    desk.shown = { ...CARD, turn: 'us', shownAt: OPENED + 500 * MINUTE };
    await desk.refresh();
    assert.equal(desk.updates.length, 1);
  });
});
