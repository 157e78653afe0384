import assert from 'node:assert/strict';
import type { CommunicationItem, Item } from '../../src/case/item.js';
import { linksOf, mentionsOf, shownText } from '../../src/sandbox/slack/start-slack.js';
import type { Message } from '../../src/slack/message.js';
import { renderItem } from '../../src/slack/render-item.js';
import { CHANNEL } from '../sandbox/slack/testing/web-client.js';
import { HOSTILE, seenAs } from './hostile.js';
import { linksIn, visibleIn, visibleInBlocks } from './layout/seen.js';
import { type Room, startRoom, stillOurs, TAG } from './slack-room.js';

const KEY = { account: '111122223333', caseId: 'case-1' };
const AT = Date.UTC(2026, 2, 1, 9, 5);
const said = (change: Partial<CommunicationItem> = {}): CommunicationItem => ({
  kind: 'communication',
  id: 'c-1',
  at: AT,
  author: { side: 'aws', name: 'AWS Support', way: 'unknown' },
  text: 'Which instance type is it?',
  files: [],
  reference: null,
  replaces: null,
  toldAt: null,
  ...change,
});
const customer = (name: string): CommunicationItem['author'] => ({
  side: 'customer',
  name,
  way: 'elsewhere',
});

function asFiles(files: readonly string[]) {
  return files.map((fileName) => ({ id: fileName, fileName }));
}

describe('renderItem', () => {
  let room: Room;
  let threadTs: string;
  beforeEach(async () => {
    room = await startRoom();
    threadTs = await room.openThread();
  });
  afterEach(() => room.stop());

  /** Posts the messages of an item, and returns what Slack then shows, once with the layout and once without. */
  async function posted(item: Item) {
    const messages = renderItem(item, KEY);
    for (const message of messages) {
      assert.ok(message.text.length <= 3_900, `a text of ${message.text.length} characters`);
      await room.slack.post({ channel: CHANNEL, threadTs }, message, TAG, 'now', stillOurs);
      await post(withoutLayout(message));
    }
    const replies = room.workspace.threads(CHANNEL).at(-1)?.replies ?? [];
    const mine = replies.slice(-2 * messages.length);
    assert.equal(mine.length, 2 * messages.length, 'Slack made more messages of it');
    for (const reply of mine) {
      assert.deepEqual(mentionsOf(reply), []);
      // Nothing can be clicked but addresses that say where they lead.
      for (const { url, text } of linksIn(reply.blocks)) assert.equal(new URL(text).href, new URL(url).href);
      assert.deepEqual(linksOf(reply), [...new Set(linksIn(reply.blocks).map(({ url }) => url))]);
    }
    assert.deepEqual(room.log, [], 'Slack refused a layout');
    return {
      bodies: messages.map(({ blocks }) => visibleInBlocks(blocks.slice(1, 2))),
      laidOut: mine.filter((_, n) => n % 2 === 0).map(shownText),
      plain: mine.filter((_, n) => n % 2 === 1).map((reply) => reply.text),
    };
  }

  const post = (message: Message) =>
    room.slack.post({ channel: CHANNEL, threadTs }, message, TAG, 'now', stillOurs);
  const withoutLayout = ({ text }: Message): Message => ({ text, blocks: [] });
  const unescaped = (text: string) =>
    text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');

  it('says who, when and the whole text', async () => {
    const { laidOut, plain } = await posted(said());
    assert.deepEqual(laidOut, ['AWS Support · 2026-03-01 09:05 UTC\nWhich instance type is it?']);
    assert.match(plain[0] ?? '', /^\*AWS Support\* · <!date\^.+>\nWhich instance type is it\?$/);
  });

  it('says by which way people wrote, and says so where nobody knows who it was', async () => {
    const names = async (author: CommunicationItem['author']) =>
      (await posted(said({ author }))).laidOut[0]?.split(' · ')[0];
    assert.equal(await names({ side: 'customer', name: 'Alice', way: 'slack' }), 'Alice, from Slack');
    assert.equal(await names(customer('jane@example.com')), 'jane@example.com, outside Slack');
    assert.equal(
      await names(customer('AdminRole (Role) <janedoe@example.com>')),
      'janedoe@example.com (AdminRole), outside Slack',
    );
    assert.equal(
      await names({ side: 'customer', name: 'AdminRole (Role) <janedoe@example.com>', way: 'unknown' }),
      'janedoe@example.com (AdminRole)',
    );
    assert.equal(
      await names({ side: 'customer', name: '', way: 'unknown' }),
      'Your side (AWS does not say who)',
    );
    assert.equal(
      await names({ side: 'unknown', name: '', way: 'unknown' }),
      'Somebody (AWS does not say who)',
    );
  });

  for (const [what, text] of Object.entries(HOSTILE)) {
    it(`shows ${what} in a text as they are, whole and without effect`, async () => {
      const { bodies, plain } = await posted(said({ text }));
      assert.equal(bodies.join(''), visibleIn(text));
      const fallback = plain.map((each) => unescaped(each.slice(each.indexOf('\n') + 1)));
      assert.equal(fallback.join(''), seenAs(text));
    });

    it(`shows ${what} in a name and in names of files without effect, and the text all the same`, async () => {
      const files = [text, 'log.txt', ...Array.from({ length: 30 }, () => text)];
      const { laidOut } = await posted(
        said({ author: customer(text), files: asFiles(files), text: 'The text.' }),
      );
      assert.equal(laidOut.length, 1);
      assert.match(laidOut[0] ?? '', / · 2026-03-01 09:05 UTC\nThe text\.\n/);
      assert.match(laidOut[0] ?? '', /\nAttached: .+$/);
    });

    it(`shows ${what} in the name of who resolved without effect`, async () => {
      const item: Item = {
        kind: 'resolved',
        id: 'r',
        at: AT,
        by: customer(text),
        exact: true,
        toldAt: null,
      };
      const { laidOut } = await posted(item);
      assert.match(laidOut[0] ?? '', /^:white_check_mark: Resolved by .* · 2026-03-01 09:05 UTC$/s);
    });
  }

  it('shows the longest text with the longest name and the longest files in full', async () => {
    const text = '&'.repeat(8_000);
    const files = Array.from({ length: 40 }, () => '&'.repeat(300));
    const { laidOut, plain } = await posted(
      said({ text, author: customer('&'.repeat(300)), files: asFiles(files) }),
    );
    assert.equal(laidOut.join('\n').match(/^&+$/gm)?.join('').length, 8_000);
    assert.equal(plain.length, laidOut.length);
    assert.match(laidOut[0] ?? '', new RegExp(` · 1 of ${laidOut.length}\n`));
  });

  it('lays out lists, code and quotes, and folds the earlier mail at the end', async () => {
    const text = [
      'Please try:',
      '1. a restart',
      '2. this:',
      '```',
      'aws s3 ls',
      '```',
      'On Mon, Mar 2, 2026 at 9:05 AM Alice <alice@example.com> wrote:',
      '> It does not work.',
    ].join('\n');
    const { laidOut, plain } = await posted(said({ text, files: asFiles(['a.log']) }));
    assert.deepEqual(laidOut, [
      'AWS Support · 2026-03-01 09:05 UTC\nPlease try:\n1. a restart\n2. this:\naws s3 ls\nAttached: a.log',
    ]);
    assert.ok(!plain[0]?.includes('It does not work'));
    const [message] = renderItem(said({ text }), KEY);
    assert.deepEqual(message?.blocks.at(-1), {
      type: 'actions',
      elements: [
        {
          type: 'button',
          text: { type: 'plain_text', text: 'Show quoted text' },
          action_id: 'show_quoted',
          value: '111122223333/case-1 c-1',
        },
      ],
    });
  });

  it('shows the quoted mail where a button could not say of which case it is', () => {
    const text = 'Yes.\n\n> a\n> b\n> c';
    const blocksFor = (caseId: string) => renderItem(said({ text }), { ...KEY, caseId })[0]?.blocks ?? [];
    assert.equal(blocksFor('c'.repeat(2_000)).length, 2);
    assert.equal(visibleInBlocks(blocksFor('c'.repeat(2_000)).slice(1)), 'Yesabc');
    assert.equal(visibleInBlocks(blocksFor('c'.repeat(1_900)).slice(1)), 'Yes');
  });

  it('makes as many messages of an item whatever the case, each saying which it is', () => {
    const item = said({ text: 'A line that says something.\n'.repeat(600) });
    const messages = renderItem(item, KEY);
    assert.ok(messages.length > 4);
    assert.equal(renderItem(item, { ...KEY, caseId: 'another' }).length, messages.length);
    for (const [index, { text, blocks }] of messages.entries()) {
      assert.match(text.split('\n')[0] ?? '', new RegExp(` · ${index + 1} of ${messages.length}$`));
      assert.ok(JSON.stringify(blocks).length < 13_200);
    }
  });

  it('shows the first lines of a text that is a file, and says where the whole is', async () => {
    const body = Array.from({ length: 300 }, (_, n) => `Line ${n} says something, and more of it.`).join(
      '\n\n',
    );
    const text = `${body}\n\n> a\n> b\n> c`;
    const { laidOut, plain } = await posted(said({ text, asFile: true, files: asFiles(['a.log']) }));
    assert.equal(laidOut.length, 1);
    assert.match(laidOut[0] ?? '', /UTC\nLine 0 says something, and more of it\.\n\nLine 1 /);
    const end =
      /\.\n+… The text goes on\. The whole text \(12,\d{3} characters\) is in the file below\.\nAttached: a\.log$/;
    assert.match(laidOut[0] ?? '', end);
    assert.match(plain[0] ?? '', end);
    assert.ok((laidOut[0] ?? '').length < 1_800);
    assert.equal(renderItem(said({ text, asFile: true }), KEY)[0]?.blocks.at(-1)?.type, 'actions');
  });

  it('says of files that stand in the thread already where they are', async () => {
    const { laidOut } = await posted(said({ files: asFiles(['a.log', 'b.log']), filesAbove: true }));
    assert.match(laidOut[0] ?? '', /\nAttached: a\.log, b\.log \(in the message above\)$/);
  });

  it('says (no text) for none, and names the files', async () => {
    const { laidOut } = await posted(said({ text: '', files: asFiles(['a.log']) }));
    assert.match(laidOut[0] ?? '', /\n\(no text\)\n\n?Attached: a\.log$/);
  });

  it('says how many files there are where there are too many to name', async () => {
    const files = Array.from({ length: 200 }, (_, n) => `file-${n}.log`);
    const line = (await posted(said({ files: asFiles(files) }))).laidOut[0]?.split('\n').at(-1) ?? '';
    const named = line.match(/file-\d+\.log/g)?.length ?? 0;
    assert.ok(named > 5);
    assert.ok(line.includes(` and ${200 - named} more`), line);
  });

  it('says of a message without a text that somebody wrote, and where it is said why', async () => {
    const { laidOut } = await posted({
      kind: 'unread',
      id: 'f',
      at: AT,
      author: customer('<!channel>'),
      toldAt: null,
    });
    assert.match(laidOut[0] ?? '', /^<!channel>, outside Slack · 2026-03-01 09:05 UTC\n/);
    assert.match(
      laidOut[0] ?? '',
      /cannot read the text; the card, the first message of this thread, says why\.$/,
    );
  });

  it('says who resolved or reopened where it is known, and when it was only seen', async () => {
    const change = (more: object): Item => ({
      kind: 'resolved',
      id: 'x',
      at: AT,
      by: null,
      exact: true,
      toldAt: null,
      ...more,
    });
    const shows = async (more: object) => (await posted(change(more))).laidOut[0];
    const alice = { side: 'customer', name: 'Alice', way: 'slack' } as const;
    assert.equal(await shows({}), ':white_check_mark: Resolved · 2026-03-01 09:05 UTC');
    assert.equal(
      await shows({ kind: 'reopened', by: alice }),
      ':arrows_counterclockwise: Reopened by Alice, from Slack · 2026-03-01 09:05 UTC',
    );
    assert.match((await shows({ exact: false })) ?? '', /UTC \(seen at this time; AWS does not say when/);
  });
});
