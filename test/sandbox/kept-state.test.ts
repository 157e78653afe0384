import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { useFakeTimers } from 'sinon';
import { type Aws, startAws } from '../../src/sandbox/aws/start-aws.js';
import { FolderProblem, type KeptState, StateFolder } from '../../src/sandbox/kept-state.js';
import { type Slack, startSlack } from '../../src/sandbox/slack/start-slack.js';
import { temporaryFolder } from '../temporary-folder.js';
import { until } from '../until.js';

/** The sentence that it fails with. */
function problem(deed: () => unknown): string {
  let told = '';
  assert.throws(deed, (error) => {
    assert.ok(error instanceof FolderProblem, String(error));
    told = error.message;
    return true;
  });
  assert.doesNotMatch(told, /\n/);
  return told;
}

/** The id of a process that is gone. */
async function deadPid(): Promise<number> {
  const child = spawn(process.execPath, ['--version'], { stdio: 'ignore' });
  await once(child, 'exit');
  return child.pid ?? 0;
}

describe("sandbox's folder", () => {
  let temporary: ReturnType<typeof temporaryFolder>;
  let path: string;
  let slack: Slack;
  let aws: Aws;
  before(async () => {
    slack = await startSlack({ botToken: 'xoxb-1', signingSecret: 'secret' });
    slack.addChannel({ id: 'C1', name: 'cases' });
    aws = await startAws();
    aws.openCase({ subject: 'Kept', body: 'Keep me: “ü” \u2028 </script>' });
  });
  after(() => Promise.all([slack.stop(), aws.stop()]));
  beforeEach(() => {
    temporary = temporaryFolder();
    path = join(temporary.path, 'a', 'b');
  });
  afterEach(() => temporary.remove());
  const state = (): KeptState => ({ version: 1, slack: slack.keep(), aws: aws.keep() });
  const file = () => join(path, 'state.json');
  const lock = () => join(path, 'sandbox.pid');

  it('is made, however deep it lies, and holds nothing yet', () => {
    const folder = new StateFolder(path);
    assert.equal(folder.read(), null);
    folder.close();
    assert.deepEqual(readdirSync(path), []);
  });

  it('gives back what was written, to a later run', () => {
    const first = new StateFolder(path);
    first.write(state());
    first.close();
    const second = new StateFolder(path);
    // As JSON: what is undefined is not there.
    assert.deepEqual(second.read(), JSON.parse(JSON.stringify(state())));
    second.close();
    assert.deepEqual(readdirSync(path), ['state.json']);
  });

  it('writes once, soon, for many changes, and then what is the latest', async () => {
    const folder = new StateFolder(path);
    let asked = 0;
    const latest = () => {
      asked += 1;
      return state();
    };
    for (let count = 0; count < 50; count += 1) folder.writeSoon(latest, assert.fail);
    assert.equal(asked, 0);
    await until(() => existsSync(file()), 'the writing');
    assert.equal(asked, 1);
    folder.writeSoon(latest, assert.fail);
    await until(() => asked === 2, 'the second writing');
    folder.close();
  });

  it('says what is not kept when the folder is gone, and nobody falls', async () => {
    const folder = new StateFolder(path);
    rmSync(path, { recursive: true });
    const problems: string[] = [];
    folder.writeSoon(state, ({ message }) => problems.push(message));
    await until(() => problems.length > 0, 'the problem');
    assert.match(
      problems[0] ?? '',
      /state\.json cannot be written \(ENOENT\)\. What happens now is not kept\.$/,
    );
    folder.close();
  });

  it('writes nothing more when it is closed', () => {
    const clock = useFakeTimers();
    try {
      const folder = new StateFolder(path);
      folder.writeSoon(() => assert.fail('it is closed'), assert.fail);
      folder.close();
      clock.tick(60_000);
    } finally {
      clock.restore();
    }
    assert.deepEqual(readdirSync(path), []);
  });

  for (const [what, kept] of [
    ['of a later version', { version: 2, slack: { version: 1 }, aws: { version: 1 } }],
    // What only looks whole is met in main.test.ts.
    ['with a part of another version', { version: 1, slack: { version: 1 }, aws: { version: 2 } }],
    ['without its parts', { version: 1 }],
    ['that is nothing', null],
  ] as const) {
    it(`refuses a state ${what}, and leaves it as it is`, () => {
      mkdirSync(path, { recursive: true });
      writeFileSync(file(), JSON.stringify(kept));
      const folder = new StateFolder(path);
      const told = problem(() => folder.read());
      assert.ok(told.startsWith(file()));
      assert.match(told, /another version.*Choose another folder, or delete this one/);
      folder.close();
      assert.equal(readFileSync(file(), 'utf8'), JSON.stringify(kept));
    });
  }

  it('refuses what is not JSON', () => {
    mkdirSync(path, { recursive: true });
    writeFileSync(file(), '{"version":1,');
    const folder = new StateFolder(path);
    assert.match(
      problem(() => folder.read()),
      /cannot be read \(.+\)\. Choose another folder/,
    );
    folder.close();
  });

  it('is refused while another sandbox uses it, which keeps it', () => {
    mkdirSync(path, { recursive: true });
    // The one that started this process runs for sure.
    writeFileSync(lock(), String(process.ppid));
    const told = problem(() => new StateFolder(path));
    assert.equal(
      told,
      `Another sandbox (process ${process.ppid}) uses ${path}. Stop it first, or choose another folder.`,
    );
    assert.equal(readFileSync(lock(), 'utf8'), String(process.ppid));
  });

  it('is taken from a sandbox that was killed', async () => {
    mkdirSync(path, { recursive: true });
    for (const left of [String(await deadPid()), '', 'nonsense']) {
      writeFileSync(lock(), left);
      const folder = new StateFolder(path);
      assert.equal(readFileSync(lock(), 'utf8'), String(process.pid));
      folder.close();
      assert.equal(existsSync(lock()), false);
    }
  });

  it('says so when it cannot be made', () => {
    writeFileSync(join(temporary.path, 'a'), 'a file');
    assert.equal(
      problem(() => new StateFolder(path)),
      `The folder ${path} cannot be made (ENOTDIR). Choose another.`,
    );
    const taken = join(temporary.path, 'a');
    assert.match(
      problem(() => new StateFolder(taken)),
      /cannot be made \(a file has that name\)/,
    );
  });

  it('says so when nothing can be written to it', () => {
    // Where a folder stands in the lock's way; root may write to any folder, so rights prove nothing.
    mkdirSync(join(path, 'state.json'), { recursive: true });
    const folder = new StateFolder(path);
    assert.match(
      problem(() => folder.read()),
      /cannot be read \(EISDIR\)/,
    );
    folder.close();
  });
});
