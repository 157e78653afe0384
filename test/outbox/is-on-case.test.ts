import assert from 'node:assert/strict';
import type { Fact } from '../../src/case/fact.js';
import { identify } from '../../src/case/identify.js';
import type { LedgerEntry } from '../../src/case/ledger-entry.js';
import { withStamp } from '../../src/case/stamp.js';
import { isOnCase } from '../../src/outbox/is-on-case.js';
import type { OutboxMessage } from '../../src/store/outbox-message.js';
import { ACCOUNT, type Room, startRoom } from '../support/support-room.js';

const REF = 'k3v9x0q2ab';
const SENT = Date.UTC(2026, 2, 1, 12);

describe('isOnCase: whether a reply reached its case', () => {
  let room: Room;
  let caseId: string;
  beforeEach(async () => {
    room = await startRoom({ now: () => SENT + 3_600_000 });
    caseId = room.aws.openCase({ subject: 's', body: 'opening', at: SENT - 3_600_000 }).caseId;
  });
  afterEach(() => room.stop());

  const message = (): OutboxMessage => ({
    reference: REF,
    kind: 'reply',
    key: { account: ACCOUNT, caseId },
    displayId: '1',
    state: 'in-doubt',
    text: 'words',
    user: 'U0ALICE0001',
    person: 'Alice',
    channel: 'C0CASES0001',
    responseUrl: null,
    request: 'r',
    mayReopen: false,
    wasResolved: false,
    attempts: 1,
    looks: 1,
    createdAt: SENT,
    attemptedAt: SENT,
    reason: null,
    told: false,
  });
  /** An event that announces a communication, seconds after the attempt. */
  const announced = (origin: string, after: number): Fact => ({
    key: { account: ACCOUNT, caseId },
    displayId: '1',
    event: 'AddCommunicationToCase',
    communicationId: `ekko:${origin}${after}`,
    origin,
    at: SENT + after * 1_000,
    receivedAt: SENT + after * 1_000,
  });
  const ask = (facts: Fact[] = [], ledger: LedgerEntry[] = []) =>
    isOnCase(room.api, message(), { facts, ledger });
  const say = (body: string, from: 'aws' | 'customer' = 'customer', after = 1) =>
    room.aws.reply(caseId, { from, body, at: SENT + after * 1_000 });
  /** The thread as it stood before the attempt. */
  const shownBefore = async (): Promise<LedgerEntry[]> =>
    identify((await room.api.communications(caseId)).filter(({ at }) => at < SENT)).map(({ id, at }) => ({
      entry: id,
      part: 0,
      parts: 1,
      at,
      intendedAt: at,
      ts: '1.000000',
    }));

  it('yes, where a communication ends with its reference, also when AWS changed the text', async () => {
    say(withStamp('my card is ****', 'Alice', REF));
    assert.equal(await ask(), 'yes');
  });

  it('yes, also where it is no longer among the newest', async () => {
    say(withStamp('words', 'Alice', REF));
    for (let n = 2; n < 20; n++) say(`${n}`, 'aws', n);
    assert.equal(await ask(), 'yes');
  });

  it('no, where the same words stand without it, or with another, or where AWS quotes it', async () => {
    say('words');
    say(withStamp('words', 'Alice', 'bbbbbbbbbb'));
    say(withStamp('You wrote: words', 'Alice', REF), 'aws');
    say(`${withStamp('words', 'Alice', REF)}\n\nI agree.`);
    assert.equal(await ask(), 'no');
  });

  it('not known, where the case is not there', async () => {
    caseId = 'case-111122223333-muen-2026-nothing';
    await assert.rejects(ask(), { kind: 'not-found' });
  });

  it('announced, where an event tells of a word of the customer that is not shown yet', async () => {
    assert.equal(await ask([announced('CUSTOMER', 2)], await shownBefore()), 'announced');
  });

  it('no, where the event is about AWS, came before the attempt, or is about what is shown', async () => {
    const ledger = await shownBefore();
    assert.equal(await ask([announced('AWS', 2)], ledger), 'no');
    assert.equal(await ask([announced('CUSTOMER', -10)], ledger), 'no');
    say('by e-mail', 'customer', 2);
    assert.equal(await ask([announced('CUSTOMER', 2)], ledger), 'no');
  });

  it('says what is wrong where the case cannot be read', async () => {
    room.aws.account(ACCOUNT).deny = ['DescribeCases'];
    await assert.rejects(ask(), { kind: 'no-permission' });
  });
});
