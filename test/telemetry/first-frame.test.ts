import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { firstFrame } from '../../src/telemetry/first-frame.js';

describe('where an error happened', () => {
  let root: string;
  const at = (...frames: string[]) => {
    const error = new Error('secret');
    error.stack = ['Error: secret', ...frames.map((frame) => `    at ${frame}`)].join('\n');
    return firstFrame(error);
  };
  const putBundle = (root: string) => {
    mkdirSync(join(root, 'dist/bundle'), { recursive: true });
    // Line 2 of the bundle, from column 3 on, is line 5 of the file, column 1; line 4 is of a package.
    const map = { version: 3, names: [], sources: ['../src/sqlite/database.js'], mappings: ';EAIA' };
    writeFileSync(join(root, 'dist/bundle/bot-1a.js.map'), JSON.stringify(map));
  };

  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'casethread-frame-'));
    putBundle(root);
  });

  afterEach(() => rmSync(root, { recursive: true }));

  it('is told of compiled code', () => {
    const frames = [
      'f (file:///x/node_modules/a/index.js:1:2)',
      `Database.write (file://${root}/dist/src/sqlite/a.js:12:34)`,
    ];
    assert.equal(at(...frames), 'sqlite/a.js:12:34');
    assert.equal(at(`file://${root}/dist/src/sqlite/a.js:12:34`), 'sqlite/a.js:12:34');
  });

  it('is told where a folder has a name that a URL has to escape', () => {
    const folder = join(root, 'c++ 100% (1)');
    putBundle(folder);
    const url = pathToFileURL(folder).href;
    assert.equal(at(`f (${url}/dist/bundle/bot-1a.js:2:3)`), 'sqlite/database.js:5:1');
    assert.equal(at(`${url}/dist/src/sqlite/a.js:12:34`), 'sqlite/a.js:12:34');
  });

  it('is not looked for in what no URL of a file can be', () => {
    assert.equal(at('f (file:///x%2Fy%/dist/src/a.js:1:2)'), undefined);
  });

  it('is told of bundled code as if it were not bundled', () => {
    assert.equal(at(`async f (file://${root}/dist/bundle/bot-1a.js:2:3)`), 'sqlite/database.js:5:1');
  });

  it('is never told of a package in the bundle', () => {
    const [aPackage, ours] = [4, 2].map((line) => `file://${root}/dist/bundle/bot-1a.js:${line}:3`);
    assert.equal(at(aPackage ?? ''), undefined);
    assert.equal(at(aPackage ?? '', ours ?? ''), 'sqlite/database.js:5:1');
  });

  it('is left out where the map of the bundle is gone', () => {
    assert.equal(at(`f (file://${root}/dist/bundle/bot-2b.js:2:3)`), undefined);
  });

  it('is left out where none of our code had a part in it', () => {
    assert.equal(at('node:internal/process/task_queues:95:5'), undefined);
  });
});
