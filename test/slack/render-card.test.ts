import assert from 'node:assert/strict';
import { AWS_SUPPORT, fromSlack } from '../../src/case/author.js';
import { type Card, sameCard } from '../../src/case/card.js';
import { linksOf, type Message, mentionsOf, shownText } from '../../src/sandbox/slack/start-slack.js';
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
const NOW = DETAILS.openedAt + 20 * 60_000;
const AROUND = { now: NOW, accountName: (account: string) => `production (${account})` };
const RESOLVED: Card = {
  ...CARD,
  details: { ...DETAILS, status: 'resolved' },
  resolved: true,
  turn: 'nobody',
  resolution: { by: fromSlack('Alice Example'), at: Date.UTC(2026, 2, 2, 8), exact: true },
};

/** So much of a field is always shown; at the end of a line nobody sees blanks. */
const beginningOf = (words: string) => seenAs(words).slice(0, 50).trimEnd();

describe('the card and the plan of the account', () => {
  const firstAnswer = { at: null, asOf: DETAILS.openedAt };
  const critical: Card = { ...CARD, firstAnswer, details: { ...DETAILS, severity: 'critical' } };

  it('is another one only where the plan makes a difference', () => {
    const urgent: Card = { ...critical, details: DETAILS };
    assert.ok(sameCard(urgent, { ...urgent, plan: 'enterprise' }));
    assert.ok(sameCard(critical, { ...critical, plan: 'business-plus' }));
    assert.ok(!sameCard(critical, { ...critical, plan: 'enterprise' }));
  });
});

describe('renderCard', () => {
  let room: Room;
  beforeEach(async () => {
    room = await startRoom();
  });
  afterEach(() => room.stop());

  async function shownOf(card: Card): Promise<Message> {
    const message = renderCard(card, AROUND);
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
    return shown;
  }
  const posted = async (card: Card) => shownText(await shownOf(card));
  const linesOf = async (card: Card) => (await posted(card)).split('\n').filter((line) => line !== '');

  it('tells everything at one glance', async () => {
    const lines = await linesOf({
      ...CARD,
      names: { service: 'Elastic Compute Cloud (EC2 - Linux)', category: 'Instance Issue' },
      openedFrom: 'Alice Example',
      lastWord: { entry: 'c-1', by: AWS_SUPPORT, at: DETAILS.openedAt + 600_000 },
      firstAnswer: { at: null, asOf: DETAILS.openedAt },
      owner: { user: 'U0ALICE0001', name: 'Bob Sample' },
    });
    assert.deepEqual(lines, [
      ':red_circle: EC2 does not start',
      'Waiting for us · First answer from AWS due in about 40 min',
      `Case 1234567890 in the AWS console (${CONSOLE}) · account production (111122223333)`,
      'Severity: Production system down (urgent)',
      'Service: Elastic Compute Cloud (EC2 - Linux) / Instance Issue',
      'Opened: 2026-03-01 09:05 UTC by Alice Example, from Slack',
      'Last word: AWS Support, 2026-03-01 09:15 UTC',
      'Owned by: Bob Sample',
    ]);
  });

  it('shows codes where names are not known, and who opened the case as AWS has it', async () => {
    const lines = await linesOf(CARD);
    assert.equal(lines[1], 'Waiting for us');
    assert.deepEqual(lines.slice(3), [
      'Severity: Production system down (urgent)',
      'Service: amazon-elastic-compute-cloud-linux / instance-issue',
      'Opened: 2026-03-01 09:05 UTC by jane@example.com',
    ]);
  });

  it('says in one phrase whose turn it is, and shows a status that it does not know beside it', async () => {
    const phrase = async (status: string, turn: Card['turn']) =>
      (await linesOf({ ...CARD, details: { ...DETAILS, status }, turn })).slice(0, 2).join(' | ');
    assert.deepEqual(
      await Promise.all([
        phrase('unassigned', 'aws'),
        phrase('reopened', 'us'),
        phrase('with-the-oracle', 'aws'),
        phrase('work-in-progress', null),
      ]),
      [
        ':hourglass_flowing_sand: EC2 does not start | Waiting for AWS',
        ':red_circle: EC2 does not start | Reopened. Waiting for us',
        ':hourglass_flowing_sand: EC2 does not start | Waiting for AWS · with-the-oracle',
        ':ticket: EC2 does not start | Work in progress',
      ],
    );
  });

  it('has buttons to reply, to resolve after one more question, to take it, and a menu', async () => {
    const { blocks } = await shownOf(CARD);
    const actions = blocks.find(({ type }) => type === 'actions');
    const elements = (actions?.elements ?? []) as Record<string, unknown>[];
    assert.deepEqual(
      elements.map(({ action_id, value }) => [action_id, value]),
      [
        ['card_reply', '111122223333/case-111122223333-muen-2026-0001'],
        ['card_resolve', '111122223333/case-111122223333-muen-2026-0001'],
        ['card_take', '111122223333/case-111122223333-muen-2026-0001'],
        ['card_more', undefined],
      ],
    );
    assert.ok(JSON.stringify(elements[1]).includes('Resolve this case?'));
    const options = elements[3]?.options as { text: { text: string }; value: string; url?: string }[];
    assert.deepEqual(
      options.map(({ text, value, url }) => [text.text, value, url]),
      [
        ['Show in AWS', 'aws', CONSOLE],
        ['Who is on this', 'who', undefined],
        ['Follow', 'follow', undefined],
        ['Mute', 'mute', undefined],
      ],
    );
  });

  it('offers in the menu to give it back while somebody has it', async () => {
    const { blocks } = await shownOf({ ...CARD, owner: { user: 'U0ALICE0001', name: 'Alice' } });
    assert.match(JSON.stringify(blocks), /"text":"Give it back"[^}]*\},"value":"give-back"/);
  });

  it('stays about one line where the subject of a resolved case is long', async () => {
    const subject = 'It is slow '.repeat(40).trim();
    const shown = await shownOf({ ...RESOLVED, details: { ...DETAILS, subject } });
    assert.ok(shownText(shown).includes(`${subject.slice(0, 70)}`));
    assert.match(shownText(shown), /^:white_check_mark: .{79}… · Case 1234567890 /);
    assert.ok((await posted({ ...CARD, details: { ...DETAILS, subject } })).includes(subject));
  });

  it('is one line, without buttons, when the case is resolved', async () => {
    const shown = await shownOf(RESOLVED);
    assert.equal(
      shownText(shown),
      `:white_check_mark: EC2 does not start · Case 1234567890 (${CONSOLE}) · account production (111122223333)` +
        ' · Resolved 2026-03-02 08:00 UTC by Alice Example, from Slack · Reopen by replying',
    );
    assert.deepEqual(
      shown.blocks.map(({ type }) => type),
      ['rich_text'],
    );
  });

  it('says of a resolved case only what is known, and what is missing all the same', async () => {
    const { resolution: _, ...unknown } = RESOLVED;
    assert.match(
      await posted({ ...unknown, missing: 'Allow it.' }),
      / · Resolved · Reopen by replying\n+:warning: Allow it\.$/,
    );
    const seen = { by: null, at: Date.UTC(2026, 2, 2, 8), exact: false };
    assert.match(
      await posted({ ...RESOLVED, resolution: seen }),
      / · Resolved before 2026-03-02 08:00 UTC · /,
    );
    assert.match(
      await posted({ ...unknown, details: null }),
      /^:white_check_mark: AWS Support case 1234567890 · /,
    );
  });

  it('says what events alone tell of a case that cannot be read, why, and what to do', async () => {
    const text = await posted({
      ...CARD,
      details: null,
      turn: null,
      missing: 'Allow support:DescribeCases.',
    });
    assert.match(
      text,
      /^:ticket: AWS Support case 1234567890\nOpen, as far as events tell\nCase 1234567890 in the AWS console/,
    );
    assert.match(text, /:warning: Allow support:DescribeCases\.$/);
  });

  it('goes by the case id where there is no display id, or one that is no number', async () => {
    for (const displayId of ['', '<!channel>', '1 2']) {
      assert.ok((await posted({ ...CARD, displayId })).includes(`caseId=${CARD.key.caseId})`));
    }
  });

  it('says so where AWS says nothing', async () => {
    const empty = {
      ...DETAILS,
      subject: '',
      severity: '',
      service: '',
      category: '',
      openedBy: '',
      openedAt: 0,
    };
    const text = await posted({ ...CARD, details: empty });
    assert.match(text, /^:red_circle: AWS Support case 1234567890/);
    assert.match(text, /Severity: not known/);
    assert.match(text, /Service: not known/);
    assert.match(text, /Opened: by somebody \(AWS does not say who\)/);
  });

  it('does without buttons where the case id is longer than Slack takes', async () => {
    const key = { ...CARD.key, caseId: 'x'.repeat(2_000) };
    assert.ok((await shownOf({ ...CARD, key })).blocks.every(({ type }) => type !== 'actions'));
  });

  for (const [what, words] of Object.entries(HOSTILE)) {
    for (const field of ['subject', 'status', 'severity', 'service', 'category', 'openedBy'] as const) {
      it(`shows ${what} in ${field} as they are, without effect`, async () => {
        const text = await posted({ ...CARD, details: { ...DETAILS, [field]: words } });
        assert.ok(text.includes(beginningOf(words)));
        assert.ok(text.includes('account production (111122223333)'));
      });
    }

    it(`shows ${what} in names and in what is missing as they are, without effect`, async () => {
      const by = { side: 'customer', name: words, way: 'slack' } as const;
      const text = await posted({
        ...CARD,
        names: { service: words, category: words },
        openedFrom: words,
        lastWord: { entry: 'c-1', by, at: NOW },
        owner: { user: 'U1', name: words },
        missing: words,
      });
      assert.equal(text.split(beginningOf(words)).length > 4, true);
      const subject = { ...DETAILS, subject: words };
      const quiet = {
        ...RESOLVED,
        details: subject,
        resolution: { by, at: NOW, exact: true },
        missing: words,
      };
      assert.ok((await posted(quiet)).includes(beginningOf(words)));
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
      JSON.stringify(renderCard({ ...CARD, formerTs: '1.000001' }, { ...AROUND, earlier }));
    assert.ok(told(null).includes('was deleted in Slack, so the case goes on here'));
    assert.ok(!told(null).includes('The earlier thread'));
    assert.ok(
      told('https://acme.slack.com/archives/C1/p1').includes('https://acme.slack.com/archives/C1/p1'),
    );
    assert.ok(!JSON.stringify(renderCard(CARD, AROUND)).includes('earlier thread'));
  });
});

describe('sameCard', () => {
  /** What makes two cards differ, and whether people see it: each next to the card that it changes. */
  const CHANGES: readonly [what: string, card: Card, change: Partial<Card>][] = [
    ['another severity', CARD, { details: { ...DETAILS, severity: 'high' } }],
    ['another turn', CARD, { turn: 'aws' }],
    ['a known status of the same turn', CARD, { details: { ...DETAILS, status: 'opened' } }],
    ['a status that is not known', CARD, { details: { ...DETAILS, status: 'new' } }],
    ['names', CARD, { names: { service: 'EC2', category: 'Other' } }],
    ['an owner', CARD, { owner: { user: 'U1', name: 'Alice' } }],
    ['a last word', CARD, { lastWord: { entry: 'c-1', by: AWS_SUPPORT, at: NOW } }],
    ['a first answer', CARD, { firstAnswer: { at: NOW, asOf: NOW } }],
    ['since when it has been seen like that', CARD, { statusSince: 1, severitySince: 2, shownAt: 3 }],
    [
      'how far was looked for an answer',
      { ...CARD, firstAnswer: { at: null, asOf: 1 } },
      { firstAnswer: { at: null, asOf: 2 } },
    ],
    ['who opened it', CARD, { openedFrom: 'Alice' }],
    ['what is missing', CARD, { missing: 'Allow it.' }],
    ['a last word on a resolved case', RESOLVED, { lastWord: { entry: 'c-1', by: AWS_SUPPORT, at: NOW } }],
    ['who resolved it', RESOLVED, { resolution: { by: null, at: NOW, exact: true } }],
    ['the reopening', RESOLVED, { resolved: false }],
  ];
  for (const [what, card, change] of CHANGES) {
    it(`tells whether people would see ${what}`, () => {
      const other: Card = { ...card, ...change };
      const look = (each: Card) => JSON.stringify(renderCard(each, AROUND));
      assert.equal(sameCard(card, other), look(card) === look(other));
      assert.ok(sameCard(other, other) && !sameCard(null, card));
    });
  }

  it('tells of another owner also where nobody sees it: the tag of the card carries who it is', () => {
    const owner = { user: 'U1', name: 'Alice' };
    assert.ok(!sameCard({ ...RESOLVED, owner }, { ...RESOLVED, owner: { ...owner, user: 'U2' } }));
    assert.ok(!sameCard(RESOLVED, { ...RESOLVED, owner }));
  });
});
