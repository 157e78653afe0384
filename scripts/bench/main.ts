/**
 * `npm run bench`: runs the benchmarks one after the other, or those that are named, prints one table and writes
 * bench-results.json. Exit code 1 when a target is missed.
 */
import { writeFileSync } from 'node:fs';
import { burst } from './burst.js';
import { eventToThread } from './event-to-thread.js';
import { eventsFullLoad } from './events-full-load.js';
import { eventsRate } from './events-rate.js';
import { machine } from './machine.js';
import { memory } from './memory.js';
import { type Benchmark, isMet, type Result } from './result.js';
import { startUp } from './start-up.js';
import { table } from './table.js';

/** Each on both stores; those on Redis have its name behind theirs. */
const ALONE = [startUp, memory, eventToThread, eventsRate, eventsFullLoad];
const BENCHMARKS: Benchmark[] = [
  ...ALONE.map((make) => make('sqlite')),
  ...ALONE.map((make) => renamed(make('redis'))),
  burst,
];
const FILE = 'bench-results.json';

const asked = process.argv.slice(2);
const unknown = asked.filter((name) => BENCHMARKS.every((benchmark) => benchmark.name !== name));
if (unknown.length > 0) {
  console.error(
    `No benchmark ${unknown.join(', ')}. There are: ${BENCHMARKS.map(({ name }) => name).join(', ')}`,
  );
  process.exit(2);
}

const facts = machine();
const results: Result[] = [];
for (const benchmark of BENCHMARKS) {
  if (asked.length > 0 && !asked.includes(benchmark.name)) continue;
  process.stderr.write(`${benchmark.name} …\n`);
  results.push(...(await benchmark.run()));
}

console.log(
  `\n${facts.cores} cores (${facts.processor}), Node ${facts.node}, load before ${facts.loadBefore.toFixed(1)}, ${facts.date}\n`,
);
console.log(table(results));
const judged = results.map((result) => ({
  ...result,
  met: result.target === null ? null : isMet(result, result.target),
}));
writeFileSync(FILE, `${JSON.stringify({ machine: facts, results: judged }, null, 2)}\n`);
const missed = judged.filter(({ met }) => met === false).length;
console.log(`\n${missed === 0 ? 'Every target is met.' : `Targets missed: ${missed}.`} Numbers: ${FILE}`);
process.exitCode = missed === 0 ? 0 : 1;

function renamed({ name, run }: Benchmark): Benchmark {
  const behind = (text: string) => `${text}-redis`;
  return {
    name: behind(name),
    run: async () => (await run()).map((result) => ({ ...result, name: behind(result.name) })),
  };
}
