// Starts the sandbox. In JavaScript that an old Node can read, too, so that it can say what is missing.
const [major, minor] = process.versions.node.split('.').map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  fail(
    `Node ${process.versions.node} is too old: the sandbox needs Node 20.19 or newer (https://nodejs.org).`,
  );
}

const { existsSync } = require('node:fs');
const { join } = require('node:path');
const { pathToFileURL } = require('node:url');

const root = join(__dirname, '..');
const isMissing = (file) => !existsSync(join(root, file));
const main = 'dist/src/sandbox/main.js';
if (isMissing('node_modules')) {
  fail('The packages are missing. Run "npm ci" first; it builds everything, too.');
}
if ([main, 'dist/src/main.js', 'dist/sandbox-page/index.html'].some(isMissing)) {
  fail('The build is missing or incomplete. Run "npm run build" (or "npm ci") first.');
}

import(pathToFileURL(join(root, main)).href).catch((error) => {
  if (error.code === 'ERR_MODULE_NOT_FOUND') {
    fail('A package or a part of the build is missing. Run "npm ci" to install and build everything.');
  }
  fail(`The sandbox cannot start. ${error.message}`);
});

function fail(sentence) {
  process.stderr.write(`${sentence}\n`);
  process.exit(1);
}
