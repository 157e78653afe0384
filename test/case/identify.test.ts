import assert from 'node:assert/strict';
import type { Communication } from '../../src/case/communication.js';
import { identify } from '../../src/case/identify.js';

const said = (at: number, body: string, submittedBy = 'jane@example.com'): Communication => ({
  at,
  body,
  submittedBy,
  attachments: [],
});
const ids = (...communications: Communication[]) => identify(communications).map(({ id }) => id);

describe('identify', () => {
  it('gives the same communication the same name in every look', () => {
    const [first, second] = ids(said(1_000, 'a'), said(2_000, 'b'));
    assert.deepEqual(ids(said(1_000, 'a'), said(2_000, 'b')), [first, second]);
    assert.deepEqual(ids(said(2_000, 'b')), [second]);
  });

  it('tells apart what differs in time, author or text', () => {
    const all = ids(
      said(1_000, 'a'),
      said(2_000, 'a'),
      said(1_000, 'b'),
      said(1_000, 'a', 'joe@example.com'),
    );
    assert.equal(new Set(all).size, 4);
  });

  it('is not fooled by parts that run into each other', () => {
    const [one] = ids(said(1, '1', 'a'));
    const [other] = ids(said(11, '', 'a'));
    assert.notEqual(one, other);
  });

  it('makes two of the same text in one second two, and keeps the first one its name', () => {
    const [alone] = ids(said(1_000, 'thanks'));
    const [first, between, second] = ids(said(1_000, 'thanks'), said(1_000, 'other'), said(1_000, 'thanks'));
    assert.equal(first, alone);
    assert.notEqual(first, second);
    assert.notEqual(between, second);
  });

  it('keeps everything else as it is, and the names short', () => {
    const communication = { ...said(1_000, 'x'.repeat(8_000)), attachments: [{ id: 'a', fileName: 'b' }] };
    const [identified] = identify([communication]);
    assert.deepEqual({ ...identified, id: '' }, { ...communication, id: '' });
    assert.match(identified?.id ?? '', /^c-[\w-]{22}-0$/);
  });
});
