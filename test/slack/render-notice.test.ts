import assert from 'node:assert/strict';
import { linksOf, mentionsOf, shownText } from '../../src/sandbox/slack/start-slack.js';
import type { Message } from '../../src/slack/message.js';
import { type NoticeContent, renderNotice, renderSettled } from '../../src/slack/render-notice.js';
import { CHANNEL } from '../sandbox/slack/testing/web-client.js';
import { HOSTILE, seenAs } from './hostile.js';
import { type Room, startRoom, stillOurs, TAG } from './slack-room.js';

const URL = 'https://acme.slack.com/archives/C0CASES0001/p1700000000000100';
const named = (name: string, channel: string | null = null) => ({ name, url: URL, channel });
const CONTENT: NoticeContent = { reason: 'Change the plan.', count: 1, named: [named('Case 1234567890')] };

describe('renderNotice', () => {
  let room: Room;
  beforeEach(async () => {
    room = await startRoom();
  });
  afterEach(() => room.stop());

  async function posted(message: Message, links: readonly string[]): Promise<string> {
    assert.ok(message.text.length <= 3_900, `a text of ${message.text.length} characters`);
    const ts = await room.slack.post({ channel: CHANNEL, threadTs: null }, message, TAG, 'now', stillOurs);
    assert.deepEqual(room.log, [], 'Slack refused the layout');
    const shown = room.workspace.messages(CHANNEL).find((each) => each.ts === ts);
    assert.ok(shown !== undefined);
    assert.deepEqual(mentionsOf(shown), []);
    assert.deepEqual(linksOf(shown), links);
    return shownText(shown);
  }

  it('says what is wrong and what to do, which case waits, and what happens then', async () => {
    assert.equal(
      (await posted(renderNotice(CONTENT), [URL])).replaceAll('\n\n', '\n'),
      [
        ':warning: 1 case needs a person. Change the plan.',
        `Waiting: Case 1234567890 (${URL}).`,
        'Once that is put right, it goes on by itself within a few minutes. Nothing is lost meanwhile.',
      ].join('\n'),
    );
  });

  it('names the first of many cases, tells how many more there are, and where they are', async () => {
    const cases = [named('Case 1'), named('Case 2', 'C0OLD00001')];
    const text = await posted(renderNotice({ ...CONTENT, count: 9, named: cases }), [URL]);
    assert.match(text, /^:warning: 9 cases need a person\. /);
    assert.match(text, /Waiting: Case 1 \(\S+\), Case 2 \(\S+\) in #C0OLD00001 and 7 more\./);
    assert.match(text, /they go on by themselves/);
  });

  it('says in one line that it is settled', async () => {
    const words = 'Settled: no case waits for this any more.';
    assert.equal(
      await posted(renderSettled('Change the plan.'), []),
      `:white_check_mark: ${words} Change the plan.`,
    );
    assert.equal((await posted(renderSettled(''), [])).trim(), `:white_check_mark: ${words}`);
  });

  for (const [what, words] of Object.entries(HOSTILE)) {
    it(`shows ${what} as they are, without effect`, async () => {
      const beginning = seenAs(words).slice(0, 50).trimEnd();
      const all = renderNotice({ reason: words, count: 5, named: Array(5).fill(named(`Case ${words}`)) });
      const text = await posted(all, [URL]);
      assert.ok(text.includes(beginning));
      assert.match(text, /they go on by themselves/);
      assert.ok((await posted(renderSettled(words), [])).includes(beginning));
    });
  }
});
