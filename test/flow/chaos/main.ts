/** `npm run chaos`: breaks everything that can break, and says at the end whether every promise was kept. */
import { randomInt } from 'node:crypto';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { chaos } from './chaos.js';
import { readOptions, USAGE } from './options.js';
import { planOf } from './plan.js';

/** For what takes longest by the bot's own rules. */
const QUIET_MS = 6 * 60_000;

const read = readOptions(process.argv.slice(2), () => randomInt(1_000_000));
if ('help' in read) {
  console.log(`Usage: ${USAGE}`);
  process.exit(0);
}
if ('problems' in read) {
  console.error([...read.problems, `Usage: ${USAGE}`].join('\n'));
  process.exit(1);
}
const { settings } = read;
const { seed, seconds, replicas, store, latestShowMs } = settings;
const again = `npm run chaos -- --minutes ${seconds / 60} --seed ${seed} --replicas ${replicas} --store ${store} --latest-show-seconds ${latestShowMs / 1000}`;
const { steps, skewsMs } = planOf(settings);
console.log(
  `seed ${seed}: ${seconds} s, ${replicas} replicas, ${store}; AWS shows things up to ${latestShowMs} ms late`,
);
console.log(`${steps.length} steps; the clocks are wrong by ${skewsMs.join(', ')} ms`);
console.log(`once more: ${again}`);

const ending = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => ending.abort());

try {
  const { differences, figures, folder, picture } = await chaos({
    settings,
    quietMs: QUIET_MS,
    signal: ending.signal,
    onProgress: (line) => console.log(line),
  });
  console.log(`\n${figures.table()}`);
  if (differences.length === 0) {
    rmSync(folder, { recursive: true, force: true });
    console.log('\nEvery thread equals its case, every reply is where it should be, nothing is left over.');
  } else {
    writeFileSync(join(folder, 'picture.txt'), picture);
    console.log(`\n${differences.length} differences:\n${differences.map((each) => `- ${each}`).join('\n')}`);
    console.log(`\nLogs of the replicas, and a picture of Slack: ${folder}\nOnce more: ${again}`);
    process.exitCode = 1;
  }
} catch (error) {
  console.error(ending.signal.aborted ? 'Ended before its time.' : error);
  process.exitCode = 1;
}
