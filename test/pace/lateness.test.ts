import assert from 'node:assert/strict';
import fc from 'fast-check';
import { latenessMs } from '../../src/pace/lateness.js';

describe('latenessMs', () => {
  const random = fc.double({ min: 0, max: 1, noNaN: true });
  const times = fc.integer({ min: 1, max: 100 });

  it('lets every priority ask before all lower ones, and never later than the spread', () => {
    fc.assert(
      fc.property(fc.nat(3), fc.nat(3), times, times, random, random, (one, other, ...rest) => {
        const [timesOne, timesOther, randomOne, randomOther] = rest;
        const ofOne = latenessMs({ spreadMs: 40, priority: one, times: timesOne, random: randomOne });
        const ofOther = latenessMs({ spreadMs: 40, priority: other, times: timesOther, random: randomOther });
        assert.ok(ofOne > 0 && ofOne <= 40);
        if (one > other) assert.ok(ofOne <= ofOther, `${ofOne} is after ${ofOther}`);
      }),
    );
  });

  it('lets those ask sooner who were sent away more often', () => {
    fc.assert(
      fc.property(fc.nat(3), times, random, (priority, times, random) => {
        const late = (times: number) => latenessMs({ spreadMs: 40, priority, times, random });
        assert.ok(late(times + 1) <= late(times));
      }),
    );
  });
});
