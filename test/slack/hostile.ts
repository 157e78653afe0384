/** Texts that try to mention, forge or break something, or that are merely awkward. */
export const HOSTILE: Readonly<Record<string, string>> = {
  'mentions of everybody':
    '<!channel> <!here|here> <!everyone> @here @channel @everyone <!subteam^S0OPS00001|@ops>',
  'a mention of a person': 'ask <@U0ALICE0001> or <@U0ALICE0001|alice> or @alice in <#C0CASES0001|cases>',
  'forged links':
    '<https://evil.example|aws.amazon.com> <mailto:x@evil.example|write> https://evil.example/x',
  'links of Markdown': '[console](https://evil.example) ![x](https://evil.example/x.png)',
  'a forged date': '<!date^1772355959^{date}^https://evil.example|today>',
  'marks of formatting': '*bold* _italic_ ~strike~ `code` ```block``` > quote',
  'unbalanced marks': '***___~~~```` ``` * _ ~ `',
  'escaped twice': '&lt;!channel&gt; &amp;lt;!here&amp;gt; &amp;amp;',
  'zero-width characters': 'a\u200bb\u200c\u200d\u2060\ufeffc <\u200b!channel>',
  'a change of direction': '\u202egnp.exe\u202c \u2066\u2067abc\u2069 \u200f',
  'control characters': 'a\u0000b\u0007c\u001b[31md\u007f\u0085e',
  'lone halves of characters': 'a\ud83db\ude00c',
  'half a character at the end': 'the end \ud83d',
  'Windows line ends': 'one\r\ntwo\r\n\r\nthree\rfour',
  'blank lines only': '\n\n  \n\t\n',
  'one space': ' ',
  'ampersands only': '&'.repeat(8_000),
  'angle brackets only': '<'.repeat(8_000),
  'quotes and backslashes only': '"\\'.repeat(4_000),
  'emoji only': '😀'.repeat(4_000),
  'one long line': 'x'.repeat(8_000),
  'many short lines': 'line\n'.repeat(1_600),
  'names of emoji': ':smile: :white_check_mark: ::',
};

/** What is left to see of a text: one kind of line end, and a stand-in for characters that cannot be shown. */
export function seenAs(text: string): string {
  return text
    .replace(/\r\n?/g, '\n')
    .replace(/[^\P{Cc}\n\t]/gu, '\ufffd')
    .toWellFormed();
}
