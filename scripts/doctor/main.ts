/**
 * `npm run doctor`: looks at everything that the bot needs, and changes nothing. Prints what it finds as it finds it;
 * exit code 1 if anything fails. `--json`: one finding a line, as JSON.
 */
import { type Config, type Problem, processEnvironment, readConfig } from '../../src/config.js';
import { examine } from '../../src/doctor/examine.js';
import type { Finding } from '../../src/doctor/finding.js';
import { heading, lineOf, sumOf } from './print.js';

const asked = process.argv.slice(2);
const unknown = asked.find((each) => each !== '--json');
if (unknown !== undefined) {
  console.error('npm run doctor takes one option: --json, which prints each finding as a line of JSON.');
  process.exit(2);
}
const asJson = asked.includes('--json');
const paper = {
  width: process.stdout.columns ?? 100,
  colours: process.stdout.isTTY === true && !process.env.NO_COLOR,
};

const found: Finding[] = [];
let last: Finding['about'] | null = null;
for await (const findings of examine({ ...configuration(), open: null, now: Date.now })) {
  for (const finding of findings) {
    found.push(finding);
    if (asJson) {
      console.log(JSON.stringify(finding));
      continue;
    }
    if (finding.about !== last) console.log(`${last === null ? '' : '\n'}${heading(finding.about, paper)}`);
    last = finding.about;
    console.log(lineOf(finding, paper));
  }
}
if (!asJson) console.log(`\n${sumOf(found)}`);
// Connections that are kept open for a next call would keep the process as well.
process.exitCode = found.some(({ state }) => state === 'fail') ? 1 : 0;
process.stdout.write('', () => process.exit());

function configuration(): {
  config: Partial<Config>;
  problems: readonly Problem[];
  secretFiles: readonly string[];
} {
  try {
    const environment = processEnvironment();
    const secretFiles = ['.env', ...(environment.CONFIG_FILE ? [environment.CONFIG_FILE] : [])];
    const read = readConfig(environment);
    return 'config' in read
      ? { config: read.config, problems: [], secretFiles }
      : { config: read.partial, problems: read.problems, secretFiles };
  } catch (error) {
    const says = error instanceof Error ? error.message : 'The settings cannot be read.';
    return { config: {}, problems: [{ variable: '.env', place: null, says, example: '' }], secretFiles: [] };
  }
}
