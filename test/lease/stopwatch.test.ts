import assert from 'node:assert/strict';
import { stopwatch } from '../../src/lease/stopwatch.js';

describe('stopwatch', () => {
  const cases: [what: string, monotonic: number, wall: number, elapsed: number][] = [
    ['nothing happened', 0, 0, 0],
    ['both went on', 500, 501, 501],
    ['the machine was suspended', 10, 60_000, 60_000],
    ['the clock was set back', 500, -3_600_000, 500],
  ];
  for (const [what, monotonic, wall, elapsed] of cases) {
    it(`says ${elapsed} ms when ${what}`, () => {
      const clock = { monotonic: 1_000, wall: 1_700_000_000_000 };
      const watch = stopwatch({ monotonic: () => clock.monotonic, wall: () => clock.wall });
      clock.monotonic += monotonic;
      clock.wall += wall;
      assert.equal(watch(), elapsed);
    });
  }
});
