import assert from 'node:assert/strict';
import { linksOf, type Message, mentionsOf, shownText } from '../../src/sandbox/slack/start-slack.js';
import { seenAs } from '../slack/hostile.js';
import { linksIn, visibleIn, visibleInBlocks } from '../slack/layout/seen.js';
import { count, toldTo } from '../world/reading.js';
import { ALICE, CHANNEL, startWorld, type World } from '../world/world.js';

/** At most what AWS takes, less the line that names who replied. */
const LONG = 7_900;
const long = (unit: string) => unit.repeat(Math.floor(LONG / unit.length));

const TEXTS: Readonly<Record<string, string>> = {
  Arabic: 'مرحبًا، لا يعمل الخادم منذ الساعة ٣:٠٠ (instance i-0abc).',
  Hebrew: 'שלום, השרת לא עובד: i-0abc123 (שגיאה 503)!',
  'Devanagari and Thai': 'नमस्ते, क्षत्रिय सर्वर बंद है। เซิร์ฟเวอร์ไม่ทำงานตั้งแต่เช้านี้ น้ำใจ',
  'Chinese, Japanese and Korean':
    '你好，伺服器壞了。こんにちは、サーバーが㍿ｶﾞ落ちました。안녕하세요 서버 한글',
  'emoji of several characters': '👩‍👩‍👧‍👦 👍🏽 🏳️‍🌈 🇩🇪 1️⃣ 🏴󠁧󠁢󠁳󠁣󠁴󠁿 ☺︎ end',
  'heaps of combining marks': `Z${'\u0300\u0316\u0489\u035c'.repeat(40)}algo e\u0301 \u0e33`,
  'zero-width and bidirectional characters':
    'a\u200bb\u200c\u200d\u2060\ufeffc \u202egpj.exe\u202c \u2066x\u2067y\u2068z\u2069 \u200e\u200f\u061c \u00ad end',
  'marks of formatting':
    '*bold* _it_ ~strike~ `code` ```block\n*x*``` > quote\n> quote\n>>> all\n• a\n1. b\n- c',
  'escapes of Slack':
    '<!channel> <!here|here> <!subteam^S1|@ops> <@U0ALICE0001> <#C0CASES0001|x> &lt;!channel&gt; &amp;amp; <!date^1^{date}^https://evil.example|x>',
  'links that say something else':
    '<https://evil.example|https://aws.amazon.com> [aws](https://evil.example) <mailto:x@evil.example|AWS> <tel:+1900|call> mailto:x@evil.example tel:+1900 javascript:alert(1)',
  'names that notify': '@here @channel @everyone @nobody #nowhere',
  'what looks like Block Kit':
    '{"type":"section","text":{"type":"mrkdwn","text":"<!channel>"}} [{"type":"actions","elements":[{"type":"button","url":"https://evil.example"}]}]',
  'names of emoji': ':smile: :white_check_mark: ::: :+1::skin-tone-6:',
  'line ends of all kinds': 'one\r\ntwo\rthree\n\nfour\u2028five\u2029six\u0085seven\tend',
  'control characters': 'a\u0000b\u0001c\u0007d\u0008e\u001b[31mf\u007fg\u009bh',
  'halves of characters': 'a\ud83db\ude00c \ud800 end \udfff.',
  '8,000 letters': long('x'),
  '8,000 words': `${long('word ')}end`,
  '8,000 characters of emoji': long('👩‍👩‍👧‍👦'),
  '8,000 characters to be escaped': long('&<>'),
  '8,000 combining marks': `e${long('\u0301').slice(1)}`,
};

describe('flow: text that would do something', () => {
  let world: World;
  // One for each: a look at all threads would show the texts of all tests before, some of them thousands of characters.
  beforeEach(async () => {
    world = await startWorld();
  });
  afterEach(() => world.stop());

  /** Does nothing: names nobody, and leads nowhere but to the case itself. */
  const doesNothing = (shown: Parameters<typeof linksOf>[0]) => {
    assert.deepEqual(mentionsOf(shown), []);
    // Of a text, only addresses that say where they lead.
    const honest = linksIn(shown.blocks).filter(({ text }) => /^https?:/.test(text));
    for (const { url, text } of honest) assert.equal(new URL(text).href, new URL(url).href);
    for (const link of linksOf(shown).filter((each) => !honest.some(({ url }) => url === each)))
      assert.match(link, /^https:\/\/(acme\.slack\.com\/archives|console\.aws\.amazon\.com\/support)\//);
  };
  const threadOf = (displayId: string) =>
    world.slack.threads(CHANNEL).find(({ card }) => shownText(card).includes(`Case ${displayId} `));
  /** The entries of a thread, each whole, however many messages it took; people's own messages left out. */
  const entriesOf = (replies: readonly Message[]): string[] => {
    const entries: string[] = [];
    for (const reply of replies.filter((each) => each.blocks.length > 0)) {
      doesNothing(reply);
      const [head, body, ...more] = reply.blocks;
      assert.deepEqual(more, []);
      const part =
        / · (\d+) of \d+$/.exec(shownText({ blocks: head === undefined ? [] : [head] }))?.[1] ?? '1';
      const text = visibleInBlocks(body === undefined ? [] : [body]);
      if (part === '1') entries.push(text);
      else entries.push(`${entries.pop()}${text}`);
    }
    return entries;
  };

  let next = 5_000_000_000;
  for (const [what, text] of Object.entries(TEXTS)) {
    it(`is shown whole and does nothing: ${what}`, async () => {
      const { slack, aws, botUrl, until } = world;
      const displayId = String(next++);
      const subject = text.slice(0, 200);
      const { caseId } = aws.openCase({ subject, body: text, displayId });
      await until(() => entriesOf(threadOf(displayId)?.replies ?? []).length === 1, 'the thread');
      aws.reply(caseId, { from: 'aws', body: text });
      await until(() => entriesOf(threadOf(displayId)?.replies ?? []).length === 2, "AWS's reply");

      // Half a character cannot be typed, nor sent in a form; and a bar ends an address.
      const typed = text.toWellFormed().replace(/(https:[^\s|]+)\|/g, '$1 |');
      const threadTs = threadOf(displayId)?.card.ts ?? '';
      await slack.command(botUrl, {
        command: '/support',
        text: `reply ${displayId} ${typed}`,
        user: ALICE,
        channel: CHANNEL,
      });
      await until(() => entriesOf(threadOf(displayId)?.replies ?? []).length === 3, 'the reply');
      const mention = `<@${slack.app.botUser}> reply ${typed}`;
      await slack.mention(botUrl, { user: ALICE, channel: CHANNEL, text: escaped(mention), threadTs });
      await until(
        () => entriesOf(threadOf(displayId)?.replies ?? []).length === 4,
        'the reply in the thread',
      );

      // What people typed is at AWS character for character, and all of it is in the thread.
      const [, , ...replies] = aws
        .case(caseId)
        .communications.map(({ body }) => body.replace(/\n\n— Alice Example, via Slack · ref \w{10}$/, ''));
      assert.deepEqual(replies, [typed.trim(), typed.trim()]);
      const said = visibleIn(typed.trim());
      const expected = [visibleIn(text), visibleIn(text), said, said];
      // A long one arrives in several messages.
      const shown = () => entriesOf(threadOf(displayId)?.replies ?? []);
      await until(() => shown().join('').length >= expected.join('').length, 'the whole text');
      assert.deepEqual(shown(), expected);
      const { card } = threadOf(displayId) ?? assert.fail('no thread');

      doesNothing(card);
      assert.ok(shownText(card).includes(seenAs(subject)), shownText(card));
      for (const command of [`show ${displayId}`, 'list'])
        await slack.command(botUrl, { command: '/support', text: command, user: ALICE, channel: CHANNEL });
      const answers = () => toldTo(slack, ALICE).filter((told) => told.includes(seenAs(subject)));
      const isList = (told: string) => told.includes('open case');
      await until(() => answers().some(isList), 'the list');
      await until(() => answers().some((told) => !isList(told) && told.includes('Waiting for')), 'show');
      // Everything that was told of a reply, too.
      await until(() => count(toldTo(slack, ALICE), `AWS has your reply on Case ${displayId}`) === 2, 'both');
      slack.ephemerals.forEach(doesNothing);

      aws.resolve(caseId);
      await until(
        () => shownText(threadOf(displayId)?.card ?? card).includes('Reopen by replying'),
        'the card at rest',
      );
    });
  }
});

/** As Slack hands over what people type. */
function escaped(text: string): string {
  const mention = /^<@[A-Z0-9]+>/.exec(text)?.[0] ?? '';
  const rest = text.slice(mention.length);
  return mention + rest.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
