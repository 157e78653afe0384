import assert from 'node:assert/strict';
import fc from 'fast-check';
import { type Backoff, backoffMs, DEFAULT_BACKOFF } from '../../src/inbox/backoff.js';

const attempts = fc.nat({ max: 10_000 });
const randoms = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
const backoffs: fc.Arbitrary<Backoff> = fc
  .tuple(fc.integer({ min: 1, max: 60_000 }), fc.integer({ min: 0, max: 3_600_000 }))
  .map(([firstMs, more]) => ({ firstMs, longestMs: firstMs + more }));

describe('backoffMs', () => {
  it('is between half and all of what the attempt asks for, which doubles up to the longest', () => {
    fc.assert(
      fc.property(attempts, backoffs, randoms, (attempt, backoff, random) => {
        const whole = Math.min(backoff.longestMs, backoff.firstMs * 2 ** Math.min(attempt, 1_000));
        const delay = backoffMs(attempt, backoff, random);
        assert.ok(Number.isInteger(delay));
        assert.ok(delay >= Math.floor(whole / 2) && delay <= whole, `${delay} of ${whole}`);
      }),
    );
  });

  it('never shrinks from one attempt to the next, for the same luck', () => {
    fc.assert(
      fc.property(attempts, backoffs, randoms, (attempt, backoff, random) => {
        assert.ok(backoffMs(attempt + 1, backoff, random) >= backoffMs(attempt, backoff, random));
      }),
    );
  });

  it('spreads keys that failed together over half of the delay', () => {
    fc.assert(
      fc.property(attempts, (attempt) => {
        const [least, most] = [0, 0.999_999].map((random) => backoffMs(attempt, DEFAULT_BACKOFF, random));
        assert.ok(least !== undefined && most !== undefined);
        assert.equal(most, least * 2);
      }),
    );
  });

  it('is a second at first and a minute at the longest, by default', () => {
    const most = (attempt: number) => backoffMs(attempt, DEFAULT_BACKOFF, 0.999_999);
    assert.deepEqual(
      [0, 1, 2, 5, 6, 7, 100].map(most),
      [1_000, 2_000, 4_000, 32_000, 60_000, 60_000, 60_000],
    );
  });
});
