import assert from 'node:assert/strict';
import type { Card } from '../../src/case/card.js';
import { linksOf, mentionsOf, shownText } from '../../src/sandbox/slack/start-slack.js';
import { renderCard } from '../../src/slack/render-card.js';
import { CHANNEL } from '../sandbox/slack/testing/web-client.js';
import { HOSTILE, seenAs } from './hostile.js';
import { type Room, startRoom, stillOurs, TAG } from './slack-room.js';

const DETAILS = {
  subject: 'EC2 does not start',
  status: 'pending-customer-action',
  severity: 'urgent',
  service: 'amazon-elastic-compute-cloud-linux',
  category: 'instance-issue',
  openedBy: 'jane@example.com',
  openedAt: Date.UTC(2026, 2, 1, 9, 5),
};
const CARD: Card = {
  key: { account: '111122223333', caseId: 'case-111122223333-muen-2026-0001' },
  displayId: '1234567890',
  details: DETAILS,
  resolved: false,
  turn: 'us',
  missing: null,
};
const CONSOLE = 'https://console.aws.amazon.com/support/home#/case/?displayId=1234567890';

/** So much of a field is always shown; at the end of a line nobody sees blanks. */
const beginningOf = (words: string) => seenAs(words).slice(0, 50).trimEnd();

describe('renderCard', () => {
  let room: Room;
  beforeEach(async () => {
    room = await startRoom();
  });
  afterEach(() => room.stop());

  async function posted(card: Card): Promise<string> {
    const message = renderCard(card);
    assert.ok(message.text.length <= 3_900, `a text of ${message.text.length} characters`);
    const ts = await room.slack.post({ channel: CHANNEL, threadTs: null }, message, TAG, 'now', stillOurs);
    assert.deepEqual(room.log, [], 'Slack refused the layout');
    const shown = room.workspace.messages(CHANNEL).find((each) => each.ts === ts);
    assert.ok(shown !== undefined);
    assert.deepEqual(mentionsOf(shown), []);
    const own = [CONSOLE, `${CONSOLE.split('displayId')[0]}caseId=${encodeURIComponent(card.key.caseId)}`];
    assert.deepEqual(
      linksOf(shown).filter((each) => !own.includes(each)),
      [],
    );
    assert.equal(linksOf(shown).length, 1);
    return shownText(shown);
  }

  it('says what the case is, how it stands, whose turn it is, and where to open it', async () => {
    const text = await posted(CARD);
    for (const part of [
      'EC2 does not start',
      `Case 1234567890 in the AWS console (${CONSOLE})`,
      'Status: Pending customer action. Waiting for us',
      'Severity: Production system down (urgent)',
      'Account: 111122223333',
      'Service: amazon-elastic-compute-cloud-linux / instance-issue',
      'Opened by: jane@example.com, 2026-03-01 09:05 UTC',
    ]) {
      assert.ok(text.includes(part), `${part} is not in\n${text}`);
    }
  });

  it('says of a resolved case that it is, and asks nobody to act', async () => {
    const text = await posted({
      ...CARD,
      details: { ...DETAILS, status: 'resolved' },
      resolved: true,
      turn: 'nobody',
    });
    assert.match(text, /^:white_check_mark: EC2 does not start/);
    assert.match(text, /Status: Resolved$/m);
  });

  it('says what events alone tell of a case that cannot be read, why, and what to do', async () => {
    const text = await posted({
      ...CARD,
      details: null,
      turn: null,
      missing: 'Allow support:DescribeCases.',
    });
    assert.match(text, /^:ticket: AWS Support case 1234567890\n?Case 1234567890 in the AWS console/);
    assert.match(text, /Status: Open, as far as events tell/);
    assert.match(text, /:warning: Allow support:DescribeCases\.$/);
    assert.match(await posted({ ...CARD, details: null, resolved: true, turn: null }), /Status: Resolved$/m);
  });

  it('goes by the case id where there is no display id, or one that is no number', async () => {
    for (const displayId of ['', '<!channel>', '1 2']) {
      assert.ok((await posted({ ...CARD, displayId })).includes(`caseId=${CARD.key.caseId})`));
    }
  });

  it('says so where AWS says nothing', async () => {
    const empty = { ...DETAILS, subject: '', severity: '', service: '', category: '', openedBy: '' };
    const text = await posted({ ...CARD, details: empty });
    assert.match(text, /^:ticket: AWS Support case 1234567890/);
    assert.match(text, /Severity: not known/);
    assert.match(text, /Opened by: not known, 2026/);
  });

  for (const [what, words] of Object.entries(HOSTILE)) {
    for (const field of ['subject', 'status', 'severity', 'service', 'category', 'openedBy'] as const) {
      it(`shows ${what} in ${field} as they are, without effect`, async () => {
        const text = await posted({ ...CARD, details: { ...DETAILS, [field]: words } });
        assert.ok(text.includes(beginningOf(words)));
        assert.ok(text.includes('Account: 111122223333'));
      });
    }

    it(`shows ${what} in what is missing as they are, without effect`, async () => {
      assert.ok((await posted({ ...CARD, missing: words })).includes(beginningOf(words)));
    });
  }

  it('takes hostile words everywhere at once', async () => {
    const words = '<!channel>&'.repeat(20);
    const details = {
      ...DETAILS,
      subject: words,
      status: words,
      service: words,
      category: words,
      openedBy: words,
    };
    assert.ok((await posted({ ...CARD, details, missing: words })).includes(words));
  });

  it('says that an earlier thread was lost, with a link where that can still be read', () => {
    const told = (earlier: string | null) =>
      JSON.stringify(renderCard({ ...CARD, formerTs: '1.000001' }, earlier));
    assert.ok(told(null).includes('was deleted in Slack, so the case goes on here'));
    assert.ok(!told(null).includes('The earlier thread'));
    assert.ok(
      told('https://acme.slack.com/archives/C1/p1').includes('https://acme.slack.com/archives/C1/p1'),
    );
    assert.ok(!JSON.stringify(renderCard(CARD)).includes('earlier thread'));
  });
});
