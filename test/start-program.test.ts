import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const START_PROGRAM = fileURLToPath(new URL('../src/start-program.js', import.meta.url));
const LIST = 'dist/bundle/bot.made-of.json';
const WRITTEN = new Date('2026-01-02T12:00:00.250Z');
const BEFORE = new Date('2026-01-02T11:59:59Z');
const AFTER = new Date('2026-01-02T12:00:01Z');

describe('a program', () => {
  let root: string;
  const put = (file: string, text: string, at = WRITTEN) => {
    writeFileSync(join(root, file), text);
    utimesSync(join(root, file), at, at);
  };
  /** What the program says that is run: which one it is. */
  const run = () =>
    execFileSync(process.execPath, [join(root, 'dist/src/main.js')], { encoding: 'utf8' }).trim();
  const bundle = () => {
    const files = ['../src/program.js', '../src/part.js', '../../node_modules/a/package.json'];
    put('dist/bundle/bot.js', "console.log('bundle');");
    put(LIST, JSON.stringify(Object.fromEntries(files.map((file) => [file, WRITTEN.getTime()]))));
  };

  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'casethread-start-'));
    for (const folder of ['dist/src', 'dist/bundle', 'node_modules/a'])
      mkdirSync(join(root, folder), { recursive: true });
    copyFileSync(START_PROGRAM, join(root, 'dist/src/start-program.js'));
    put('package.json', '{ "type": "module" }');
    put('node_modules/a/package.json', '{}');
    put(
      'dist/src/main.js',
      "import { startProgram } from './start-program.js';\nawait startProgram('bot', () => import('./program.js'));",
    );
    put('dist/src/program.js', "import './part.js';");
    put('dist/src/part.js', "console.log('compiled');");
  });

  afterEach(() => rmSync(root, { recursive: true }));

  it('runs from its bundle', () => {
    bundle();
    assert.equal(run(), 'bundle');
  });

  it('runs as it was compiled when there is no bundle', () => {
    assert.equal(run(), 'compiled');
  });

  it('runs as it was compiled when one of its modules was compiled after the bundle was made', () => {
    bundle();
    put('dist/src/part.js', "console.log('compiled later');", AFTER);
    assert.equal(run(), 'compiled later');
  });

  it('runs as it was compiled when a package was installed after the bundle was made', () => {
    bundle();
    put('node_modules/a/package.json', '{}', AFTER);
    assert.equal(run(), 'compiled');
  });

  it('runs as it was compiled when a package was put in place that is older than the one it was bundled with', () => {
    bundle();
    put('node_modules/a/package.json', '{}', BEFORE);
    assert.equal(run(), 'compiled');
  });

  it('runs from its bundle in an image, which keeps whole seconds only', () => {
    bundle();
    put('node_modules/a/package.json', '{}', new Date('2026-01-02T12:00:00Z'));
    assert.equal(run(), 'bundle');
  });

  for (const text of ['', '{"../src/program.js":17', '{}', 'null', '[]', '3', '{"files":{}}'])
    it(`runs as it was compiled when of what the bundle was made of there is only '${text}'`, () => {
      bundle();
      put(LIST, text);
      assert.equal(run(), 'compiled');
    });

  it('runs as it was compiled when the bundle was made of a file that is gone', () => {
    bundle();
    rmSync(join(root, 'node_modules/a'), { recursive: true });
    assert.equal(run(), 'compiled');
  });

  it('runs as it was compiled while the bundle is being made', () => {
    put('dist/bundle/bot.js', "console.log('half a bundle');");
    assert.equal(run(), 'compiled');
  });
});
