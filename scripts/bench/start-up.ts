import { processFigures } from './process-figures.js';
import type { Benchmark } from './result.js';
import { spreadOf } from './spread.js';
import { type Backing, startStandIns } from './stand-ins.js';
import { startBot } from './start-bot.js';

const RUNS = 10;

/** From the spawn of the process to the first 200 of /readyz, each time with an empty database. */
export const startUp = (on: Backing): Benchmark => ({
  name: 'start',
  async run() {
    const times: number[] = [];
    const cpuTimes: number[] = [];
    for (let run = 0; run < RUNS; run++) {
      const standIns = await startStandIns(on);
      try {
        const bot = await startBot(standIns);
        times.push(bot.readyAfterMs);
        cpuTimes.push(processFigures(bot.pid).cpuMs);
        await bot.stop();
      } finally {
        await standIns.stop();
      }
    }
    return [
      {
        name: 'start',
        what: 'spawn to first 200 of /readyz',
        unit: 'ms',
        spread: spreadOf(times),
        target: { of: 'median', is: '<', value: 800 },
        // Where both cores are busy with something else, this tells what the start itself costs.
        facts: { cpuMedianMs: spreadOf(cpuTimes).median },
      },
    ];
  },
});
