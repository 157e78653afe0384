import assert from 'node:assert/strict';
import fc from 'fast-check';
import { escapeText } from '../../src/slack/escape.js';
import { plainText } from '../../src/slack/plain-text.js';
import { anyText } from '../any-text.js';

const names = {
  person: async (id: string) => (id === 'U0ALICE0001' ? 'Alice Example' : null),
  channel: async (id: string) => (id === 'C0CASES0001' ? 'aws-cases' : null),
};
const nobody = { person: async () => null, channel: async () => null };

const TABLE: readonly [typed: string, reads: string][] = [
  ['plain words', 'plain words'],
  ['', ''],
  ['1 &lt; 2 &amp;&amp; 3 &gt; 2', '1 < 2 && 3 > 2'],
  // Unescaped once: what a person typed as `&lt;` reads as they typed it.
  ['&amp;lt; &amp;amp;', '&lt; &amp;'],

  ['<@U0ALICE0001> hello', '@Alice Example hello'],
  ['<@U0ALICE0001|alice>', '@alice'],
  ['<@U0NOBODY001>', '@U0NOBODY001'],
  ['see <#C0CASES0001>', 'see #aws-cases'],
  ['see <#C0CASES0001|>', 'see #aws-cases'],
  ['see <#C0CASES0001|cases>', 'see #cases'],
  ['see <#C0HIDDEN001>', 'see #C0HIDDEN001'],

  ['<!here> <!channel> <!everyone>', '@here @channel @everyone'],
  ['<!here|@here>', '@here'],
  ['<!subteam^S0OPS00001|@ops>', '@ops'],
  ['<!subteam^S0OPS00001>', '@subteam'],
  ['<!date^1772355959^{date} at {time}|March 1st>', 'March 1st'],

  ['<https://example.com/a?b=1&amp;c=2>', 'https://example.com/a?b=1&c=2'],
  ['<https://example.com|example.com>', 'https://example.com'],
  ['<https://example.com|https://example.com>', 'https://example.com'],
  ['<https://example.com|the docs>', 'the docs (https://example.com)'],
  ['<https://example.com|a &lt;b&gt; c>', 'a <b> c (https://example.com)'],
  ['<mailto:jane@example.com|jane@example.com>', 'jane@example.com'],
  ['<mailto:jane@example.com|Jane>', 'Jane (jane@example.com)'],

  ['<@U0ALICE0001> and <@U0ALICE0001> in <#C0CASES0001>', '@Alice Example and @Alice Example in #aws-cases'],
  ['line\nline', 'line\nline'],
  ['```x &lt; y```', '```x < y```'],
  ['a < b', 'a < b'],
  ['<>', '<>'],
];

describe('plainText: what a person typed, as it reads outside Slack', () => {
  for (const [typed, reads] of TABLE) {
    it(`${JSON.stringify(typed)} reads ${JSON.stringify(reads)}`, async () => {
      assert.equal(await plainText(typed, names), reads);
    });
  }

  it('gives back whatever text Slack escaped', () =>
    fc.assert(
      fc.asyncProperty(anyText(), fc.string(), async (a, b) => {
        const typed = `${a}&<&lt;${b}>`;
        assert.equal(await plainText(escapeText(typed), nobody), typed);
      }),
    ));
});
