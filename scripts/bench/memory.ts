import { setTimeout as sleep } from 'node:timers/promises';
import { processFigures } from './process-figures.js';
import type { Benchmark } from './result.js';
import { spreadOf } from './spread.js';
import { type Backing, startStandIns } from './stand-ins.js';
import { startBot } from './start-bot.js';

const IDLE_MS = 10_000;

/** The resident set of a bot that has nothing to do. After load: see events-rate. */
export const memory = (on: Backing): Benchmark => ({
  name: 'memory',
  async run() {
    const standIns = await startStandIns(on);
    try {
      const bot = await startBot(standIns);
      await sleep(IDLE_MS);
      const { residentMb, ...facts } = processFigures(bot.pid);
      await bot.stop();
      return [
        {
          name: 'memory',
          what: 'resident, idle, 10 s after start',
          unit: 'MB',
          spread: spreadOf([residentMb]),
          target: { of: 'median', is: '<', value: 130 },
          facts,
        },
      ];
    } finally {
      await standIns.stop();
    }
  },
});
