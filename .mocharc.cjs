// The suites are found by their sources, so that a compiled file whose source is gone is never run.
const { readdirSync } = require('node:fs');
const { join } = require('node:path');

const spec = readdirSync(join(__dirname, 'test'), { recursive: true })
  .filter((file) => file.endsWith('.test.ts'))
  .map((file) => join('dist', 'test', file.replace(/\.ts$/, '.js')))
  .sort();

// Three at a time: much of the time is waiting, for Slack's one message per second above all.
module.exports = { spec, parallel: true, jobs: 3, timeout: 20_000, 'node-option': ['enable-source-maps'] };
