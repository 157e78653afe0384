import assert from 'node:assert/strict';
import { addressesIn } from '../../../src/commands/form-parts/cc.js';

describe('copies by e-mail', () => {
  for (const [typed, cc] of [
    ['', []],
    [' \n', []],
    ['ops@example.com', ['ops@example.com']],
    [
      'a@example.com, b@example.com;c@example.com d@example.com\ne@example.com,',
      ['a', 'b', 'c', 'd', 'e'].map((each) => `${each}@example.com`),
    ],
    ['Ops@Example.com, ops@example.com', ['Ops@Example.com']],
    ['<ops+aws@mail.example.co.uk> mailto:x@example.org', ['ops+aws@mail.example.co.uk', 'x@example.org']],
  ] as const) {
    it(`takes ${JSON.stringify(typed)}`, () => {
      assert.deepEqual(addressesIn(typed), { cc, problem: null });
    });
  }

  for (const wrong of ['ops', 'ops@', '@example.com', 'ops@example', 'a@b@example.com', 'x@example..com']) {
    it(`names ${wrong} as no address`, () => {
      const { cc, problem } = addressesIn(`good@example.com, ${wrong}`);
      assert.deepEqual(cc, []);
      assert.equal(problem, `“${wrong}” is not an e-mail address. Correct it, or take it out.`);
    });
  }

  it('names several, and says how many are too many', () => {
    assert.match(addressesIn('one two').problem ?? '', /not e-mail addresses: “one”, “two”\. Correct them/);
    const twelve = Array.from({ length: 12 }, (_, index) => `a${index}@example.com`).join(' ');
    assert.match(addressesIn(twelve).problem ?? '', /12 addresses, and AWS takes 10\. Take 2 out\./);
    assert.ok((addressesIn('x'.repeat(5_000)).problem ?? '').length < 150);
  });
});
