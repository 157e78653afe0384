import assert from 'node:assert/strict';
import fc from 'fast-check';
import { localGates } from '../../src/pace/local-gates.js';
import { assertNeverMore, byRate, byWindow } from './taken-turns.js';

describe('local gates', () => {
  let at: number;
  beforeEach(() => {
    at = 5_000;
  });
  const gates = () => localGates(() => at);

  const limits = fc.oneof(
    fc.record({ perSecond: fc.integer({ min: 1, max: 50 }), burst: fc.integer({ min: 1, max: 6 }) }),
    fc.record({ calls: fc.integer({ min: 1, max: 6 }), perMs: fc.integer({ min: 1, max: 2_000 }) }),
  );
  const gaps = fc.array(fc.nat(500), { minLength: 1, maxLength: 80 });

  it('never let more go in any span than allowed, and whoever comes when told to goes', () => {
    fc.assert(
      fc.property(limits, gaps, fc.nat(79), (limit, gaps, pauseAt) => {
        const isRate = 'burst' in limit;
        const gate = isRate ? gates().rate('posts', limit) : gates().window('calls', limit);
        const turns: { askedAt: number; answeredAt: number }[] = [];
        let pausedUntil = 0;
        for (const [n, gap] of gaps.entries()) {
          at += gap;
          if (n === pauseAt) {
            pausedUntil = at + 300;
            gate.pause('lane', 300);
          }
          const wait = Number(gate.take('lane'));
          // Now and then somebody comes too early instead.
          if (wait > 0 && n % 3 === 0) continue;
          at += wait;
          if (wait > 0) assert.equal(gate.take('lane'), 0);
          assert.ok(at >= pausedUntil);
          turns.push({ askedAt: at, answeredAt: at });
        }
        assertNeverMore(turns, isRate ? byRate(limit) : byWindow(limit));
      }),
      { numRuns: 300 },
    );
  });

  it('make nobody wait who asks no more than is allowed', () => {
    const rate = gates().rate('posts', { perSecond: 4, burst: 2 });
    const window = gates().window('calls', { calls: 2, perMs: 500 });
    for (let n = 0; n < 20; n++) {
      assert.deepEqual([rate.take('lane'), window.take('lane')], [0, 0], `${n}`);
      at += 250;
    }
  });

  it('keep lanes apart, and keep to the longer of two pauses', () => {
    const made = [
      gates().rate('posts', { perSecond: 1, burst: 1 }),
      gates().window('calls', { calls: 1, perMs: 1_000 }),
    ];
    for (const gate of made) {
      gate.pause('a', 3_000);
      gate.pause('a', 2_000);
      assert.deepEqual([gate.take('a'), gate.take('b'), gate.take('b')], [3_000, 0, 1_000]);
    }
  });

  it('keep to the limit of a lane in use however many others come and go', () => {
    const made = [
      gates().rate('posts', { perSecond: 1, burst: 1 }),
      gates().window('calls', { calls: 1, perMs: 1_000 }),
    ];
    for (const gate of made) {
      for (let n = 0; n < 3_000; n++) {
        gate.take(`${n}`);
        at += 1;
      }
      assert.deepEqual([gate.take('2999'), gate.take('2500')], [999, 500]);
      assert.equal(gate.take('1'), 0);
    }
  });
});
