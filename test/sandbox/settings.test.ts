import assert from 'node:assert/strict';
import { readSettings } from '../../src/sandbox/settings.js';

/** The sentence that somebody is told; fails when nothing was wrong. */
function problem(args: readonly string[], environment: Readonly<Record<string, string>> = {}): string {
  const read = readSettings(args, environment);
  if (!('problem' in read)) assert.fail(`no problem, but ${JSON.stringify(read)}`);
  assert.doesNotMatch(read.problem, /\n/);
  return read.problem;
}

describe("sandbox's settings", () => {
  it('need nothing', () => {
    assert.deepEqual(readSettings([], {}), { settings: { port: 3000, keep: null } });
  });

  for (const [value, port] of [
    ['4000', 4000],
    [' 4000 ', 4000],
    ['0', 0],
    ['65535', 65_535],
    ['', 3000],
  ] as const) {
    it(`take PORT=“${value}” as ${port}`, () => {
      assert.deepEqual(readSettings([], { PORT: value }), { settings: { port, keep: null } });
    });
  }

  for (const value of ['abc', '65536', '-1', '3000.5', '0x10', '1e3', '30 00', '９０']) {
    it(`refuse PORT=${value}`, () => {
      assert.match(problem([], { PORT: value }), /^PORT: .*65535/);
      assert.ok(problem([], { PORT: value }).includes(`“${value}”`));
    });
  }

  for (const args of [['--keep', './mine'], ['--keep=./mine'], ['--keep', './other', '--keep', './mine']]) {
    it(`take ${args.join(' ')}`, () => {
      assert.deepEqual(readSettings(args, { PORT: '1' }), { settings: { port: 1, keep: './mine' } });
    });
  }

  it('take a folder with an equals sign in its name', () => {
    assert.deepEqual(readSettings(['--keep=./a=b'], {}), { settings: { port: 3000, keep: './a=b' } });
  });

  for (const args of [['--keep'], ['--keep='], ['--keep', ''], ['--keep', '--keep']]) {
    it(`ask for the folder behind ${args.join(' ')}`, () => {
      assert.match(problem(args), /^--keep needs a folder: npm run sandbox -- --keep /);
    });
  }

  for (const stranger of ['--kept', 'mine', '-k', '--port=4000', '--keeping=x']) {
    it(`do not know ${stranger}`, () => {
      const told = problem([stranger]);
      assert.ok(told.includes(`“${stranger}`) || told.includes(stranger.split('=')[0] ?? ''));
      assert.match(told, /--help/);
    });
  }

  it('say how to write --keep when npm took it', () => {
    const remedy = /npm run sandbox -- --keep FOLDER/;
    // `npm run sandbox --keep=mine` and `npm run sandbox --keep mine`
    assert.match(problem([], { npm_config_keep: 'mine' }), remedy);
    assert.match(problem(['mine'], { npm_config_keep: 'true' }), remedy);
  });

  it('go by what stands behind the two dashes, even if npm has such a setting of its own', () => {
    const read = readSettings(['--keep', 'mine'], { npm_config_keep: 'true' });
    assert.deepEqual(read, { settings: { port: 3000, keep: 'mine' } });
  });

  for (const args of [['--help'], ['-h'], ['--keep', 'x', '--help'], ['nonsense', '-h']]) {
    it(`explain themselves on ${args.join(' ')}`, () => {
      const read = readSettings(args, { PORT: 'abc' });
      if (!('help' in read)) assert.fail(`no help, but ${JSON.stringify(read)}`);
      for (const part of ['npm run sandbox', '--keep', 'PORT', '3000']) assert.ok(read.help.includes(part));
      assert.match(read.help, /\n$/);
    });
  }
});
