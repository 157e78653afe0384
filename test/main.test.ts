import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { asNobody, temporaryFolder } from './temporary-folder.js';

const GOOD = {
  SLACK_BOT_TOKEN: 'xoxb-1-2-abc',
  SLACK_SIGNING_SECRET: '0123456789abcdef0123456789abcdef',
  SLACK_CHANNEL: 'C0123456789',
  EVENT_API_KEY: 'sixteen-letters!',
};

describe('npm start with settings that are missing or wrong', () => {
  const main = fileURLToPath(new URL('../src/main.js', import.meta.url));
  let folder: ReturnType<typeof temporaryFolder>;
  beforeEach(() => {
    folder = temporaryFolder();
  });
  afterEach(() => folder.remove());

  const start = async (environment: Readonly<Record<string, string>> = {}, as: { uid?: number } = {}) => {
    // Without credentials the SDK would ask the machine for some, and wait where that says nothing.
    const env = { PATH: process.env.PATH, AWS_EC2_METADATA_DISABLED: 'true', ...environment };
    const child = spawn(process.execPath, [main], { cwd: folder.path, env, ...as });
    const said = { stdout: '', stderr: '' };
    for (const stream of ['stdout', 'stderr'] as const) {
      child[stream].on('data', (chunk: Buffer) => {
        said[stream] += chunk.toString();
      });
    }
    const [code] = (await once(child, 'close')) as [number | null];
    return { code, ...said, left: readdirSync(folder.path) };
  };

  it('says all that is missing, ends with 1, and has started nothing', async () => {
    const { code, stdout, stderr, left } = await start();
    assert.equal(code, 1);
    assert.equal(stdout, '');
    for (const variable of Object.keys(GOOD))
      assert.match(stderr, new RegExp(`\\n {2}${variable}\\n {6}It is missing`));
    assert.match(stderr, /4 settings need attention/);
    assert.deepEqual(left, []);
  });

  it('reads .env in the working directory', async () => {
    const lines = Object.entries({ ...GOOD, PORT: 'wrong' }).map(([name, value]) => `${name}="${value}"`);
    writeFileSync(join(folder.path, '.env'), lines.join('\n'));
    const { code, stderr, left } = await start();
    assert.equal(code, 1);
    assert.match(stderr, /One setting needs attention/);
    assert.match(stderr, /\n {2}PORT\n/);
    assert.deepEqual(left, ['.env']);
  });

  it('says of a .env that it may not read, or that is a folder, what to do', async () => {
    writeFileSync(join(folder.path, '.env'), 'PORT=1', { mode: 0o000 });
    chmodSync(folder.path, 0o755);
    const { code, stderr } = await start({}, asNobody());
    assert.equal(code, 1);
    assert.match(
      stderr,
      /^Casethread cannot start\. This user may not read \.env in this folder\. Give the file to/,
    );
    rmSync(join(folder.path, '.env'));
    mkdirSync(join(folder.path, '.env'));
    assert.match((await start()).stderr, /^Casethread cannot start\. \.env in this folder is a folder\. Put/);
  });

  it('prefers what the environment says to .env', async () => {
    writeFileSync(join(folder.path, '.env'), 'LOG_LEVEL=from-the-file\nPORT=wrong');
    const { stderr } = await start({ LOG_LEVEL: 'from-the-environment' });
    assert.match(stderr, /from-the-environment/);
    assert.doesNotMatch(stderr, /from-the-file/);
    assert.match(stderr, /“wrong” is not a whole number/);
  });

  it('says what is wrong in CONFIG_FILE on the same screen, with lines and paths', async () => {
    const yaml = 'accounts:\n  - id: 012345678901\nroutes:\n  - chanel: C0123456789\n';
    writeFileSync(join(folder.path, 'casethread.yml'), yaml);
    const { code, stdout, stderr, left } = await start({
      ...GOOD,
      PORT: 'x',
      CONFIG_FILE: './casethread.yml',
    });
    assert.equal(code, 1);
    assert.equal(stdout, '');
    assert.match(
      stderr,
      /^Casethread cannot start\. 4 settings need attention \(.*CONFIG_FILE\):\n\n {2}PORT\n/,
    );
    for (const place of ['2  accounts[0].id', '4  routes[0].channel', '4  routes[0].chanel'])
      assert.ok(stderr.includes(`\n\n  ./casethread.yml:${place}\n      `), stderr);
    assert.match(stderr, /Did you mean channel\?\n/);
    assert.match(stderr, /casethread\.example\.yml shows what may stand in CONFIG_FILE\.\n$/);
    assert.deepEqual(left, ['casethread.yml']);
  });

  it('says in a sentence that the port is taken, and ends with 1', async () => {
    const taken = createServer().listen(0, '127.0.0.1');
    try {
      await once(taken, 'listening');
      const address = taken.address();
      assert.ok(address !== null && typeof address === 'object');
      const { code, stderr } = await start({ ...GOOD, HOST: '127.0.0.1', PORT: String(address.port) });
      assert.equal(code, 1);
      assert.match(stderr, new RegExp(`PORT: ${address.port} is in use`));
    } finally {
      taken.close();
    }
  });

  it('says in a sentence that the database cannot be used, and ends with 1', async () => {
    writeFileSync(join(folder.path, 'note.txt'), `no database ${'x'.repeat(2_000)}`);
    const { code, stderr } = await start({ ...GOOD, PORT: '0', DATABASE_PATH: 'note.txt' });
    assert.equal(code, 1);
    assert.match(stderr, /^Casethread cannot start\. DATABASE_PATH: cannot use note\.txt/);
    assert.doesNotMatch(stderr, /\n {4}at /);
  });
});
