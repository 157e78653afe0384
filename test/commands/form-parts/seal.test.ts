import assert from 'node:assert/strict';
import { createSeal } from '../../../src/commands/form-parts/seal.js';

describe('what a form remembers', () => {
  const seal = createSeal('xoxb-secret');
  const sealed = seal.seal({ key: '111122223333/case-1', files: ['F0LOG'] });

  it('comes back as it was, also from another replica', () => {
    assert.deepEqual(createSeal('xoxb-secret').open(sealed), {
      key: '111122223333/case-1',
      files: ['F0LOG'],
    });
  });

  it('does not come back when it was changed, or sealed elsewhere', () => {
    for (const other of [
      '',
      'null',
      sealed.slice(0, 32),
      sealed.replace('F0LOG', 'F0SECRET'),
      `A${sealed.slice(1)}`,
      `ä${sealed.slice(1)}`,
      createSeal('xoxb-other').seal({ key: '111122223333/case-1', files: ['F0LOG'] }),
    ])
      assert.equal(seal.open(other), null, other);
  });
});
