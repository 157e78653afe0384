/**
 * `npm run doctor`: looks at everything that the bot needs, and changes nothing. Prints what it finds as it finds it;
 * exit code 1 if anything fails. `--json`: one finding a line, as JSON.
 */
import type { Finding } from '../../src/doctor/finding.js';
import { takenByNpm } from '../taken-by-npm.js';
import { withoutKeys } from '../without-keys.js';
import { heading, lineOf, sumOf } from './print.js';
import { thisInstallation } from './this-installation.js';

const HELP = `npm run doctor [-- --json]

Looks at everything that Casethread needs, changes nothing, and says what is wrong and what to do.
Exit code 1 if anything fails.

  --json   prints each finding as a line of JSON
  --help   prints this`;

// Whoever reads may stop (| head), or have no room for more: the rest is for nobody.
process.stdout.on('error', () => process.exit(process.exitCode ?? 1));

const asked = process.argv.slice(2);
const taken = takenByNpm('doctor', { json: { type: 'boolean' } }, asked, process.env);
if (taken !== null) {
  console.error(taken);
  process.exit(2);
}
if (asked.some((each) => each === '--help' || each === '-h')) {
  console.log(HELP);
  process.exit(0);
}
if (asked.some((each) => each !== '--json')) {
  console.error('npm run doctor takes one option: --json, which prints each finding as a line of JSON.');
  process.exit(2);
}
const asJson = asked.includes('--json');
const paper = {
  width: process.stdout.columns ?? (Number(process.env.COLUMNS) || 100),
  colours: process.stdout.isTTY === true && !process.env.NO_COLOR,
};

const { examine } = await import('../../src/doctor/examine.js');
const installation = thisInstallation();
const hide = withoutKeys(process.env);
const found: Finding[] = [];
let last: Finding['about'] | null = null;
for await (const findings of examine(installation)) {
  for (const each of findings) {
    const { says, remedy } = each;
    const finding = { ...each, says: hide(says), remedy: remedy === null ? null : hide(remedy) };
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
process.exitCode = found.some(({ state }) => state === 'fail') ? 1 : 0;
// Connections that are kept open for a next call, and what did not end in time, would keep the process as well.
process.stdout.write('', () => process.exit());
