import assert from 'node:assert/strict';
import { type Turn, turnOf } from '../../src/case/turn.js';

type Speaker = Parameters<typeof turnOf>[1];

const TABLE: readonly [status: string, afterAws: Turn, afterUs: Turn][] = [
  ['unassigned', 'aws', 'aws'],
  ['work-in-progress', 'aws', 'aws'],
  ['customer-action-completed', 'aws', 'aws'],
  ['pending-customer-action', 'us', 'us'],
  ['opened', 'us', 'aws'],
  ['reopened', 'us', 'aws'],
  ['resolved', 'nobody', 'nobody'],
  ['a word of next year', 'us', 'aws'],
  ['constructor', 'us', 'aws'],
];

describe('turnOf', () => {
  for (const [status, afterAws, afterUs] of TABLE) {
    it(`${status}: after AWS spoke it is up to ${afterAws}, after we did to ${afterUs}`, () => {
      assert.equal(turnOf(status, 'aws'), afterAws);
      assert.equal(turnOf(status, 'customer'), afterUs);
    });
  }

  it('where nobody is known to have spoken, the case waits for AWS', () => {
    const unknown: Speaker[] = ['unknown', null];
    for (const speaker of unknown) assert.equal(turnOf('opened', speaker), 'aws');
  });
});
