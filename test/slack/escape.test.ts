import assert from 'node:assert/strict';
import fc from 'fast-check';
import { mentionsOf, shownText } from '../../src/sandbox/slack/start-slack.js';
import { dateFallback, dateToken, escapedLength, escapeText } from '../../src/slack/escape.js';

/** Without the marks of formatting, which need no escaping, and without half characters, which are replaced. */
const plain = fc.string({ unit: 'grapheme' }).map((any) => any.replace(/[*_~`]/g, ''));
const text = fc.string({ unit: fc.oneof(fc.constantFrom('<', '>', '&', '!', '@', '|', ';', 'lt'), plain) });

describe('escapeText', () => {
  it('turns the three characters that start anything into what shows them', () => {
    assert.equal(escapeText('<!channel> & <@U1>'), '&lt;!channel&gt; &amp; &lt;@U1&gt;');
    assert.equal(escapeText('&lt;'), '&amp;lt;');
  });

  it('replaces half a character, which the SDK could not send', () => {
    assert.equal(escapeText('a\ud83d'), 'a\ufffd');
    assert.equal(escapeText('\ude00b'), '\ufffdb');
    assert.equal(escapeText('😀'), '😀');
  });

  it('leaves no mention, and shows the text as it was', () => {
    fc.assert(
      fc.property(text, (foreign) => {
        const message = { text: escapeText(foreign), blocks: [], parse: 'none' as const };
        assert.deepEqual(mentionsOf(message), []);
        assert.equal(shownText(message), foreign);
      }),
    );
  });

  it('says beforehand how long a text will be', () => {
    fc.assert(
      fc.property(text, (foreign) => assert.equal(escapedLength(foreign), escapeText(foreign).length)),
    );
  });
});

describe('dateToken', () => {
  it('is a moment in the clock of the reader, with UTC for who cannot', () => {
    const at = Date.UTC(2026, 2, 1, 9, 5, 59, 999);
    assert.equal(dateFallback(at), '2026-03-01 09:05 UTC');
    assert.equal(
      dateToken(at),
      `<!date^${Date.UTC(2026, 2, 1, 9, 5, 59) / 1_000}^{date_short_pretty} at {time}|2026-03-01 09:05 UTC>`,
    );
  });
});
