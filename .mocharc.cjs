// The suites are found by their sources, so that a compiled file whose source is gone is never run.
const { accessSync, constants, readdirSync, statfsSync } = require('node:fs');
const { tmpdir } = require('node:os');
const { join } = require('node:path');

// What takes longest begins first: a long file that begins last would run alone at the end.
const LONGEST = [
  'sandbox/page-cards',
  'sandbox/page-trouble',
  'sandbox/page',
  'flow/killed',
  'sandbox/main',
  'doctor/main',
  'flow/files-to-aws',
  'connect/faults',
  'flow/files-from-aws',
  'flow/reply-faults',
  'flow/redis-gone',
  'flow/chaos',
  'flow/chaos-redis',
  'flow/replicas-killed',
  'flow/fuzz-slack-events',
  'case/plan.property',
  'flow/audit-channel-killed',
  'flow/audit-killed',
  'audit/main',
  'main',
  'flow/people',
  'flow/replicas',
];

const rank = (name) => (LONGEST.includes(name) ? LONGEST.indexOf(name) : LONGEST.length);

const spec = readdirSync(join(__dirname, 'test'), { recursive: true })
  .filter((file) => file.endsWith('.test.ts'))
  .map((file) => file.replace(/\.test\.ts$/, ''))
  .sort()
  .sort((a, b) => rank(a) - rank(b))
  .map((name) => join('dist', 'test', `${name}.test.js`));

/** In bytes: all that the tests keep at once, profiles of Chromium among it, takes far less. */
const ROOM = 1024 ** 3;

// A commit waits for the disk, and where others keep that busy it waits for seconds. In memory it waits for nobody.
process.env.TMPDIR ??= hasRoom('/dev/shm') ? '/dev/shm' : tmpdir();

function hasRoom(folder) {
  try {
    const { bavail, bsize } = statfsSync(folder);
    accessSync(folder, constants.W_OK);
    return bavail * bsize > ROOM;
  } catch {
    return false;
  }
}

// Four at a time: much of the time is waiting, for Slack's one message per second above all.
module.exports = { spec, parallel: true, jobs: 4, timeout: 60_000, 'node-option': ['enable-source-maps'] };
