import assert from 'node:assert/strict';
import { digestOf } from '../../src/case/digest.js';
import { reading } from './model/example.js';

const communications = [{ body: 'one' }, { body: 'two' }];
const usual = digestOf(reading({ communications }));

describe('digestOf: whether anything that the thread shows has changed', () => {
  it('is the same for the same, and short', () => {
    assert.equal(digestOf(reading({ communications })), usual);
    assert.match(usual, /^[\w-]{22}$/);
  });

  for (const change of [
    { status: 'resolved' },
    { severity: 'urgent' },
    { subject: 'another' },
    { service: 's3' },
    { category: 'other' },
    { communications: [{ body: 'one' }] },
    { communications: [{ body: 'one' }, { body: 'two!' }] },
    { communications: [...communications, { body: 'two' }] },
  ]) {
    it(`differs after a change of ${Object.keys(change)[0]}: ${JSON.stringify(Object.values(change)[0])}`, () => {
      assert.notEqual(digestOf(reading({ communications, ...change })), usual);
    });
  }

  it('does not take one field for another', () => {
    assert.notEqual(
      digestOf(reading({ service: 'a', category: 'b' })),
      digestOf(reading({ service: 'b', category: 'a' })),
    );
  });
});
