import assert from 'node:assert/strict';
import fc from 'fast-check';
import { MAX_COMMUNICATION, readStamp, stampedBy, withStamp } from '../../src/case/stamp.js';
import { anyText } from '../any-text.js';

const REF = 'k3v9x0q2ab';
const anyLines = fc.string({
  unit: fc.oneof(anyText(), fc.constantFrom('\n', '\r\n', ' ', '·')),
});
const reference = fc.string({
  unit: fc.constantFrom(...'abcdefghijklmnopqrstuvwxyz0123456789'),
  minLength: 10,
  maxLength: 10,
});

describe('stamp', () => {
  it('is one line under the text that names the person and the reference', () => {
    assert.equal(
      withStamp('Hello\n', 'Alice Example', REF),
      `Hello\n\n— Alice Example, via Slack · ref ${REF}`,
    );
  });

  it('is read back whole, whatever people write and are called', () => {
    fc.assert(
      fc.property(anyLines, anyLines, reference, (text, person, ref) => {
        assert.deepEqual(readStamp(withStamp(text, person, ref)), { text: text.trimEnd(), reference: ref });
      }),
      { numRuns: 500 },
    );
  });

  it('is read whatever AWS does to line ends, blank lines and the dash', () => {
    const body = withStamp('one\ntwo', 'Alice', REF);
    for (const kept of [
      body.replaceAll('\n', '\r\n'),
      body.replace('\n\n—', '\n—'),
      body.replace('—', '-'),
      body.replace('— ', ''),
      `${body}\n`,
      `${body} \r\n\r\n`,
    ]) {
      const read = readStamp(kept);
      assert.deepEqual(
        { ...read, text: read?.text.replaceAll('\r', '') },
        { text: 'one\ntwo', reference: REF },
        JSON.stringify(kept),
      );
    }
  });

  it('does not count when it is quoted further up, cut short, or has words behind it', () => {
    const body = withStamp('text', 'Alice', REF);
    for (const other of [
      `${body}\n\nI agree.`,
      `On Monday you wrote:\n> ${body.replaceAll('\n', '\n> ')}\n\nYes.`,
      `${body}x`,
      body.slice(0, -1),
      'no stamp at all',
      '',
    ]) {
      assert.equal(readStamp(other), null, JSON.stringify(other));
    }
  });

  it('names the person, whatever AWS does to the blank line and the dash, and nobody where it is quoted', () => {
    const body = withStamp('text', 'Alice Example', REF);
    for (const kept of [body, body.replace('\n\n—', '\n—'), body.replace('—', '-'), `${body}\n`])
      assert.equal(stampedBy(kept), 'Alice Example', JSON.stringify(kept));
    for (const other of [
      `I agree.\n> ${body.replaceAll('\n', '\n> ')}`,
      `${body}\nYes.`,
      'text',
      '',
      body.replace('— ', ''),
    ])
      assert.equal(stampedBy(other), null, JSON.stringify(other));
    assert.equal(stampedBy(withStamp('t', '😀'.repeat(70), REF)), '😀'.repeat(60));
  });

  it('is the last one where a text ends with two', () => {
    const quoted = withStamp('text', 'Alice', REF);
    assert.deepEqual(readStamp(withStamp(quoted, 'Bob', 'bbbbbbbbbb')), {
      text: quoted,
      reference: 'bbbbbbbbbb',
    });
  });

  it('keeps a name of 60 characters, cuts a longer one, never inside a character, and never fails for want of one', () => {
    assert.ok(withStamp('t', 'n'.repeat(60), REF).includes(`— ${'n'.repeat(60)}, via`));
    assert.ok(withStamp('t', 'n'.repeat(61), REF).includes(`— ${'n'.repeat(60)}, via`));
    const emoji = withStamp('t', '😀'.repeat(70), REF);
    assert.ok(emoji.includes(`— ${'😀'.repeat(60)}, via`));
    assert.equal(readStamp(emoji)?.reference, REF);
    assert.ok(withStamp('t', ' \n\t ', REF).includes('— Someone, via'));
  });

  it('is one line whatever the name holds', () => {
    const body = withStamp('t', 'Alice\r\nExample\u2028Jr', REF);
    assert.equal(body, `t\n\n— Alice Example Jr, via Slack · ref ${REF}`);
  });

  it('takes so little room that a text of 7,800 characters still fits', () => {
    const body = withStamp('x'.repeat(7_800), 'n'.repeat(100), REF);
    assert.ok(body.length <= MAX_COMMUNICATION);
  });
});
