import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, type Plugin } from 'vite';
import { bundling } from '../scripts/bundle/bundling.js';

const START_PROGRAM = fileURLToPath(new URL('../src/start-program.js', import.meta.url));

/** A small program, bundled in a folder with a name that neither a URL nor a regular expression takes as it is. */
describe('a program that is bundled', () => {
  let root: string;
  const put = (file: string, text: string) => {
    mkdirSync(dirname(join(root, file)), { recursive: true });
    writeFileSync(join(root, file), text);
  };
  const bundle = (...plugins: Plugin[]) => {
    const config = bundling(root, { bot: 'dist/src/program.js' });
    return build({
      ...config,
      configFile: false,
      logLevel: 'silent',
      plugins: [config.plugins, plugins],
    });
  };
  const run = () =>
    execFileSync(process.execPath, [join(root, 'dist/src/main.js')], { encoding: 'utf8' }).trim();
  const putProgram = (text: string) =>
    put(
      'dist/src/program.js',
      `${text}\nconsole.log(/.dist.bundle/.test(new Error().stack) ? 'bundle' : 'compiled');`,
    );
  const putPackage = (name: string, text: string) => {
    put(`node_modules/${name}/package.json`, JSON.stringify({ name, main: 'index.js' }));
    put(`node_modules/${name}/index.js`, text);
  };

  beforeEach(() => {
    root = join(mkdtempSync(join(tmpdir(), 'casethread-bundling-')), 'c++ 100% (1)');
    put('package.json', '{ "type": "module" }');
    put(
      'package-lock.json',
      JSON.stringify({
        packages: { 'node_modules/tool': { dev: true }, 'node_modules/supports-color': { dev: true } },
      }),
    );
    put('node_modules/a/package.json', '{ "name": "a", "main": "index.js" }');
    put('node_modules/a/index.js', 'module.exports = 1;');
    put(
      'dist/src/main.js',
      "import { startProgram } from './start-program.js';\nawait startProgram('bot', () => import('./program.js'));",
    );
    copyFileSync(START_PROGRAM, join(root, 'dist/src/start-program.js'));
    putProgram("import 'a';");
  });

  afterEach(() => rmSync(dirname(root), { recursive: true }));

  it('finds the files beside its modules', async () => {
    put('dist/src/word.txt', 'word');
    putProgram(
      "import { readFileSync } from 'node:fs';\nconsole.log(readFileSync(new URL('word.txt', import.meta.url), 'utf8'));",
    );
    await bundle();
    assert.equal(run(), 'word\nbundle');
  });

  it('is not made when a module would look for its files in the folder of the bundle', async () => {
    putProgram('console.log(import.meta.dirname);');
    await assert.rejects(bundle(), /program\.js asks for its own place/);
  });

  it('runs as it was compiled when a package of another time was put in place', async () => {
    await bundle();
    assert.equal(run(), 'bundle');
    const before = new Date('2020-01-02T12:00:00Z');
    utimesSync(join(root, 'node_modules/a/package.json'), before, before);
    assert.equal(run(), 'compiled');
  });

  it('runs as it was compiled when a module was compiled while the bundle was made', async () => {
    await bundle();
    await bundle({
      name: 'compiled-meanwhile',
      generateBundle: () => utimesSync(join(root, 'dist/src/program.js'), new Date(), new Date()),
    });
    assert.deepEqual(
      readdirSync(join(root, 'dist/bundle')).filter((file) => file.endsWith('.made-of.json')),
      [],
    );
    assert.equal(run(), 'compiled');
  });

  it('finds what it imports later also after the next build, which leaves no more than that', async () => {
    const later = () => readdirSync(join(root, 'dist/bundle')).filter((file) => /^later-.*\.js$/.test(file));
    const builds: string[] = [];
    putProgram("await import('./later.js');");
    for (const text of ['first', 'second', 'third']) {
      put('dist/src/later.js', `console.log('${text}');`);
      await bundle();
      builds.push(...later().filter((file) => !builds.includes(file)));
      assert.deepEqual(later().sort(), builds.slice(-2).sort());
      assert.equal(run(), `${text}\nbundle`);
    }
  });

  it('runs from its bundle where packages of development are gone', async () => {
    putPackage('a', "try { require('supports-color'); } catch {}");
    putPackage('supports-color', '');
    await bundle();
    rmSync(join(root, 'node_modules/supports-color'), { recursive: true });
    assert.equal(run(), 'bundle');
  });

  it('is not made of packages of development', async () => {
    putPackage('tool', '');
    putProgram("import 'tool';");
    await assert.rejects(bundle(), /packages of development: .*node_modules\/tool\./);
    assert.ok(!existsSync(join(root, 'dist/bundle/bot.js')));
  });
});
