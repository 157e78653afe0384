import assert from 'node:assert/strict';
import { findSecrets } from '../../../src/case/secrets.js';
import { BOX, boxesIn, boxId, intoBoxes, textIn } from '../../../src/commands/form-parts/long-text.js';

const valuesOf = (boxes: readonly string[]) =>
  Object.fromEntries(boxes.map((value, index) => [boxId(index + 1), { text: { value } }]));

/** A text of so many characters, in pieces that end as said. */
function prose(length: number, piece: string, end: string): string {
  const unit = `${piece}${end}`;
  return unit
    .repeat(Math.ceil(length / unit.length))
    .slice(0, length - 1)
    .concat('.');
}

describe('a long text in several inputs', () => {
  for (const [what, text] of [
    ['nothing', ''],
    ['a word', 'Hello'],
    ['as much as a box holds', prose(3_000, 'word', ' ')],
    ['paragraphs', prose(8_000, `${'A sentence of it. '.repeat(20)}End.`, '\n\n')],
    ['lines', prose(8_000, '2026-11-20T12:00:00Z ERROR connection reset by peer', '\n')],
    ['more lines than AWS takes', prose(15_000, 'a line of a log', '\n')],
    ['lines with indentation', prose(7_000, '    at frame (file.ts:1:1)', '\n')],
    ['more than AWS takes, by little', prose(8_900, 'a line', '\n')],
  ] as const) {
    it(`is the same again: ${what}`, () => {
      const boxes = intoBoxes(text);
      assert.ok(boxes.every((box) => box.length <= BOX));
      assert.ok(boxes.every((box) => box !== '' || text === ''));
      assert.equal(textIn(valuesOf(boxes)), text.trim());
      assert.ok(text.length > 8_000 || boxes.length <= 3, `${boxes.length} boxes`);
    });
  }

  it('is cut at paragraphs before lines, and at lines before words', () => {
    const line = 'a line of words that goes on for a while';
    const paragraph = `${line}\n`.repeat(50).trim();
    const boxes = intoBoxes([paragraph, paragraph, paragraph].join('\n\n'));
    // One paragraph has 2,049 characters: two do not fit.
    assert.deepEqual(boxes, [`${paragraph}\n`, `${paragraph}\n`, paragraph]);
  });

  it('never cuts a character in two, and loses none of a text that is one line', () => {
    const text = `x${'😀'.repeat(3_999)}`;
    const boxes = intoBoxes(text);
    assert.ok(boxes.every((box) => box.isWellFormed() && box.length <= BOX));
    assert.equal(boxes.join(''), text);
  });

  it('joins again what looks like a secret, wherever a box has cut it', () => {
    const key = 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY';
    for (let shift = 0; shift < 70; shift += 3) {
      const text = `{"log":"${'x'.repeat(2_910 + shift)}","secretAccessKey":"${key}"}`;
      const joined = textIn(valuesOf(intoBoxes(text)));
      assert.ok(joined.includes(key), `${shift}`);
      assert.equal(findSecrets(joined).length, 1, `${shift}`);
    }
    assert.equal(textIn(valuesOf(['My card is 4111 1111', '1111 1111.'])), 'My card is 4111 1111 1111 1111.');
  });

  it('is joined from top to bottom, each box on a new line, without the boxes that are empty', () => {
    const values = { ...valuesOf(['one', '', '  ', 'two\r\nlines ', '', '', '', '', '', '\nlast\n']) };
    assert.equal(textIn({ ...values, cc: { cc: { value: 'x' } } }), 'one\ntwo\nlines \n\nlast');
    assert.equal(boxesIn(values).length, 10);
    assert.equal(textIn({}), '');
    assert.equal(textIn({ 'text-1': { text: { value: null } } }), '');
  });
});
