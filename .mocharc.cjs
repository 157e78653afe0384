// The suites are found by their sources, so that a compiled file whose source is gone is never run.
const { readdirSync } = require('node:fs');
const { join } = require('node:path');

const spec = readdirSync(join(__dirname, 'test'), { recursive: true })
  .filter((file) => file.endsWith('.test.ts'))
  .map((file) => join('dist', 'test', file.replace(/\.ts$/, '.js')))
  .sort();

module.exports = { spec, timeout: 20_000, 'node-option': ['enable-source-maps'] };
