import assert from 'node:assert/strict';
import fc from 'fast-check';
import { oldestFirst } from '../../src/case/oldest-first.js';

const spoken = (...pairs: [at: number, text: string][]) => pairs.map(([at, text]) => ({ at, text }));
const texts = (list: { text: string }[]) => list.map(({ text }) => text).join('');

describe('oldestFirst', () => {
  it('turns what AWS lists newest first, also within a second', () => {
    assert.equal(texts(oldestFirst(spoken([3, 'd'], [2, 'c'], [2, 'b'], [1, 'a']))), 'abcd');
  });

  it('leaves what AWS lists oldest first, also within a second', () => {
    assert.equal(texts(oldestFirst(spoken([1, 'a'], [2, 'b'], [2, 'c'], [3, 'd']))), 'abcd');
  });

  it('takes the newest for the first where all are of one second', () => {
    assert.equal(texts(oldestFirst(spoken([1, 'c'], [1, 'b'], [1, 'a']))), 'abc');
  });

  it('puts in order what comes in no order', () => {
    assert.equal(texts(oldestFirst(spoken([2, 'b'], [3, 'c'], [1, 'a']))), 'abc');
  });

  it('gives the same for the list in either direction, and loses nothing', () => {
    const story = fc
      .array(fc.nat(3), { minLength: 2 })
      .map((seconds) => seconds.sort((a, b) => a - b).map((at, n) => ({ at, text: `${n} ` })))
      .filter((list) => list[0]?.at !== list.at(-1)?.at);
    fc.assert(
      fc.property(story, (list) => {
        assert.equal(texts(oldestFirst(list)), texts(list));
        assert.equal(texts(oldestFirst(list.toReversed())), texts(list));
      }),
    );
  });

  it('takes none and one', () => {
    assert.deepEqual(oldestFirst([]), []);
    assert.equal(texts(oldestFirst(spoken([1, 'a']))), 'a');
  });
});
