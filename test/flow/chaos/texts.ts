/** What people and AWS write: from a plain line to everything that has ever broken a layout. Seeded. */
import { anyOf, type Random, whole } from './random.js';

const LINES = [
  'The restart helped, thank you.',
  'We see timeouts in eu-west-1 since this morning.',
  'Please find the log lines below.',
  'Could you send us the output of `dig +trace example.com`?',
  'خادم قاعدة البيانات لا يستجيب منذ الصباح',
  'データベースに接続できません。至急確認をお願いします。',
  'सर्वर बहुत धीमा है, कृपया देखें।',
  'Сервер не отвечает, помогите, пожалуйста.',
  '👩‍👩‍👧‍👦 🧑🏽‍💻 🏳️‍🌈 all of us are waiting',
  'Zo\u200be \u200bwas\u200d \u2060here\ufeff, between the letters',
  'read \u202efrom the right\u202c to the left',
  'z̸̢̛a̵͖͠l̷̰̈g̶̡̛o̴͎͑ is on the line',
  '*bold* _italic_ ~struck~ `code` and a lone * star',
  '> a quote\n> of two lines',
  '```\nconst x = "<!channel>";\n```',
  'Hello <!channel> and <@U0ALICE0001>, see <https://example.com|your bank> &amp; &lt;this&gt;',
  '@here @channel @everyone: nobody should be called by this',
  '• one\n• two\n\n\n\n\n• three, after much room',
  '{"blocks":[{"type":"section","text":"<b>not for you</b>"}]}',
  'On Monday somebody wrote:\n— Alice Example, via Slack · ref abcdefghij\nand was right.',
  'Tab\tand\ttab, then   three   blanks',
];

/** AWS takes 8,000 characters; a person's reply also needs room for the line that names them. */
const LONG = 7_000;

/** @param token stands in the text and nowhere else, so that the text can be counted. */
export function bodyText(random: Random, token: string): string {
  const kind = random();
  if (kind < 0.08) return longText(random, token);
  const lines = Array.from({ length: whole(random, 1, 3) }, () => anyOf(random, LINES));
  return [...lines, `(${token})`].join('\n');
}

export function subjectText(random: Random, token: string): string {
  return `${anyOf(random, LINES).split('\n')[0]?.slice(0, 80)} ${token}`;
}

/** What a person types behind a command: Slack takes line breaks there as well. */
export function typedText(random: Random, token: string): string {
  const text = random() < 0.05 ? longText(random, token) : `${anyOf(random, LINES)} ${token}`;
  return text.slice(0, LONG);
}

/** Without a token: the same words twice are two messages all the same. */
export const SAME_WORDS = 'Is there any news on this case?';

function longText(random: Random, token: string): string {
  let text = `${token} `;
  const until = whole(random, 3_200, LONG);
  for (let line = 1; text.length < until; line += 1) text += `${line}. ${anyOf(random, LINES)}\n`;
  return text.slice(0, until).trimEnd();
}
