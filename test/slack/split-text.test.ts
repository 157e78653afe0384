import assert from 'node:assert/strict';
import fc from 'fast-check';
import { escapedLength, escapeText } from '../../src/slack/escape.js';
import { splitText } from '../../src/slack/split-text.js';
import { anyText } from '../any-text.js';

const piece = fc.oneof(
  anyText(),
  fc.string({ unit: 'grapheme' }),
  fc.constantFrom(
    '&',
    '<>',
    '\n',
    '\n\n',
    '\r\n',
    ' ',
    '😀',
    '👩‍👩‍👧‍👦',
    'e\u0301',
    '\ud83d',
    '\ude00',
    'word ',
  ),
);
const text = fc.array(piece, { maxLength: 80 }).map((pieces) => pieces.join(''));

/** Whether a cut between these two would leave half a character on either side. */
function cutsPair(before: string, after: string): boolean {
  return /[\ud800-\udbff]$/.test(before) && /^[\udc00-\udfff]/.test(after);
}

describe('splitText', () => {
  it('leaves nothing out, adds nothing, and keeps every piece within the limit once escaped', () => {
    fc.assert(
      fc.property(text, fc.integer({ min: 10, max: 60 }), (whole, limit) => {
        const pieces = splitText(whole, limit);
        assert.equal(pieces.join(''), whole);
        for (const [n, each] of pieces.entries()) {
          assert.ok(escapeText(each).length <= limit, `${escapeText(each).length} > ${limit}`);
          assert.ok(each !== '' || whole === '', 'an empty piece');
          assert.ok(n === 0 || !cutsPair(pieces[n - 1] ?? '', each), 'a character is cut in two');
        }
      }),
      { numRuns: 1_000 },
    );
  });

  it('gives one piece for what fits, and one empty piece for nothing', () => {
    assert.deepEqual(splitText('', 10), ['']);
    assert.deepEqual(splitText('0123456789', 10), ['0123456789']);
    assert.deepEqual(splitText('&&', 10), ['&&']);
    assert.deepEqual(splitText('&&&', 10), ['&&', '&']);
  });

  it('cuts at the end of a paragraph, else of a line, else of a word, in the second half', () => {
    assert.deepEqual(splitText('aaa bbb\nccc\n\ndd ee ff', 16), ['aaa bbb\nccc\n\n', 'dd ee ff']);
    assert.deepEqual(splitText('aaa bbb ccc\ndd ee ff', 16), ['aaa bbb ccc\n', 'dd ee ff']);
    assert.deepEqual(splitText('aaa bbb ccc dd ee ff', 16), ['aaa bbb ccc dd ', 'ee ff']);
    assert.deepEqual(splitText('a bbbbbbbbbbbbbbbbbb', 16), ['a bbbbbbbbbbbbbb', 'bbbb']);
  });

  it('does not cut what people see as one character', () => {
    const family = '👩‍👩‍👧‍👦';
    assert.deepEqual(splitText(`aaaa${family}b`, 12), ['aaaa', `${family}b`]);
    assert.deepEqual(splitText(`aaaaaaaaae\u0301b`, 10), ['aaaaaaaaa', 'e\u0301b']);
  });

  it('comes to an end with a run of marks that is longer than a message', () => {
    const marks = `a${'\u0301'.repeat(500)}`;
    const pieces = splitText(marks, 100);
    assert.equal(pieces.join(''), marks);
    assert.ok(pieces.every((each) => each.length > 0 && each.length <= 100));
  });

  it('takes the longest text that AWS allows in no time, ampersands only', () => {
    const pieces = splitText('&'.repeat(8_000), 3_400);
    assert.equal(pieces.join('').length, 8_000);
    assert.equal(pieces.length, 12);
    assert.ok(pieces.every((each) => escapedLength(each) <= 3_400));
  });
});
