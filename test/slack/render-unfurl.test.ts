import assert from 'node:assert/strict';
import type { Card } from '../../src/case/card.js';
import { acceptBlocks } from '../../src/sandbox/slack/blocks/accept-blocks.js';
import { linksOf, mentionsOf, shownText } from '../../src/sandbox/slack/start-slack.js';
import { renderUnfurl } from '../../src/slack/render-unfurl.js';
import { HOSTILE } from './hostile.js';

const AT = Date.UTC(2026, 2, 1, 9, 5);
const THREAD = 'https://acme.slack.com/archives/C0CASES0001/p1700000000000100';
const CARD: Card = {
  key: { account: '111122223333', caseId: 'case-111122223333-muen-2026-1' },
  displayId: '1234563851',
  details: {
    subject: 'Disk full',
    status: 'pending-customer-action',
    severity: 'urgent',
    service: 'amazon-ec2',
    category: 'linux',
    openedBy: 'janedoe@example.com',
    openedAt: AT - 1,
  },
  names: { service: 'EC2', category: 'Linux' },
  resolved: false,
  turn: 'us',
  lastWord: { entry: 'x', by: { side: 'aws', name: 'Amazon Web Services', way: 'unknown' }, at: AT },
  missing: null,
};
const shown = (card: Card, account = 'production (111122223333)', thread: string | null = THREAD) => {
  const blocks = acceptBlocks(renderUnfurl(card, { account, thread }));
  assert.ok(!blocks.some(({ type }) => type === 'rich_text'));
  return { blocks, lines: shownText({ blocks }).split('\n') };
};

describe('renderUnfurl', () => {
  it('says in a few lines which case it is and how it stands', () => {
    assert.deepEqual(shown(CARD).lines, [
      `:red_circle: Case 1234563851 (${THREAD})`,
      'Disk full',
      'Waiting for us · Production system down (urgent) · EC2 / Linux · account production (111122223333)',
      'Last word: Amazon Web Services, 2026-03-01 09:05 UTC',
    ]);
  });

  it('says of a resolved case that it is', () => {
    const { lines } = shown({ ...CARD, resolved: true });
    assert.match(lines[0] ?? '', /^:white_check_mark: Case/);
    assert.match(lines[2] ?? '', /^Resolved · /);
  });

  it('says what is known where only events tell of the case, and its thread has no address yet', () => {
    const { lastWord: _, names: __, ...rest } = CARD;
    const { lines } = shown({ ...rest, details: null, turn: null, displayId: '' }, '111122223333', null);
    assert.deepEqual(lines, [
      ':ticket: case-111122223333-muen-2026-1',
      'Open, as far as events tell · account 111122223333',
    ]);
  });

  for (const [what, text] of Object.entries(HOSTILE)) {
    it(`shows ${what} as text, and stays short`, () => {
      const details = {
        subject: text,
        status: text,
        severity: text,
        service: text,
        category: text,
        openedBy: text,
        openedAt: 0,
      };
      const by = { side: 'customer' as const, name: text, way: 'slack' as const };
      const { blocks } = shown(
        {
          ...CARD,
          displayId: text,
          details,
          names: { service: text, category: text },
          lastWord: { entry: '', by, at: 0 },
        },
        text,
      );
      assert.deepEqual(mentionsOf({ blocks }), []);
      assert.deepEqual(linksOf({ blocks }), [THREAD]);
      assert.ok(JSON.stringify(blocks).length < 5_000);
      for (const { text: object } of blocks.flatMap((block) => [
        block,
        ...((block.elements ?? []) as object[]),
      ]) as {
        text?: { type: string; emoji?: boolean };
      }[])
        if (typeof object === 'object' && object.type === 'plain_text') assert.equal(object.emoji, false);
    });
  }
});
