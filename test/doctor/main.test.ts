import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { chmodSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Finding } from '../../src/doctor/finding.js';
import { asNobody, temporaryFolder } from '../temporary-folder.js';
import { type AwsControl, startAwsControl } from '../world/aws-control/aws-control.js';
import { startWorld, type World } from '../world/world.js';

const MAIN = fileURLToPath(new URL('../../scripts/doctor/main.js', import.meta.url));

interface Ran {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

describe('npm run doctor', () => {
  let folder: ReturnType<typeof temporaryFolder>;
  let world: World;
  let control: AwsControl;
  let environment: Record<string, string>;
  before(async () => {
    world = await startWorld();
    // By then it has written down what it writes at its start, and the files beside the database stay as they are.
    await world.until(async () => (await fetch(`${world.botUrl}/readyz`)).ok, 'that it is ready');
    const { AWS_ACCESS_KEY_ID = '', AWS_SECRET_ACCESS_KEY = '' } = world.environment;
    control = await startAwsControl({
      credentials: [
        {
          account: '111122223333',
          accessKeyId: AWS_ACCESS_KEY_ID,
          secretAccessKey: AWS_SECRET_ACCESS_KEY,
        },
      ],
    });
    environment = {
      ...world.environment,
      AWS_ENDPOINT_URL: control.url,
      AWS_EC2_METADATA_DISABLED: 'true',
      AWS_CONFIG_FILE: '/nowhere',
      AWS_SHARED_CREDENTIALS_FILE: '/nowhere',
    };
  });
  after(async () => {
    await control.stop();
    await world.stop();
  });
  beforeEach(() => {
    folder = temporaryFolder();
    // Without a plan, AWS is asked one thing in place of thirteen at its own slow pace.
    world.aws.account('111122223333').plan = 'none';
  });
  afterEach(() => folder.remove());

  const start = (
    args: readonly string[],
    changes: Readonly<Record<string, string | undefined>>,
    as: { uid?: number } = {},
  ) => {
    const env = Object.entries({ PATH: process.env.PATH, ...environment, ...changes });
    const child = spawn(process.execPath, [MAIN, ...args], {
      cwd: folder.path,
      ...as,
      env: Object.fromEntries(env.filter(([, value]) => value !== undefined)),
    });
    let [out, err] = ['', ''];
    child.stdout.on('data', (chunk: Buffer) => {
      out += chunk.toString();
    });
    child.stderr.on('data', (chunk: Buffer) => {
      err += chunk.toString();
    });
    const ended = new Promise<Ran>((resolve) => {
      child.once('close', (code) => resolve({ code, out, err }));
    });
    return { child, ended, output: () => out };
  };
  const run = (
    args: readonly string[] = [],
    changes: Readonly<Record<string, string | undefined>> = {},
  ): Promise<Ran> => start(args, changes).ended;

  const everything = () =>
    [folder.path, join(world.environment.DATABASE_PATH ?? '', '..')].map((path) =>
      readdirSync(path, { recursive: true, encoding: 'utf8' })
        .sort()
        .map((name) => [name, statSync(join(path, name)).size]),
    );

  it('prints what it finds under headings, with the remedy, and a sum; ends with 1 where something fails', async () => {
    const before = everything();
    const { code, out, err } = await run();
    assert.equal(err, '');
    assert.equal(code, 1, out);
    assert.deepEqual([...out.matchAll(/^\S.*$/gm)].map(([line]) => line).slice(0, -1), [
      'The bot',
      'Slack',
      'AWS Support',
      'The way of the events',
    ]);
    assert.match(out, /^ {2}ok {4}store: .* is in use by a bot that runs\.$/m);
    assert.match(out, /^ {2}FAIL {2}EventBridge: Nothing named casethread/m);
    assert.match(out, /^ {8}→ npm run connect creates it/m);
    assert.match(out, /^ {2}warn {2}public URL: PUBLIC_URL is not set/m);
    assert.match(out, /\n2 checks failed, \d warnings, \d+ ok\n$/);
    assert.ok(out.split('\n').every((line) => line.length <= 100));
    assert.ok(!out.includes('\u001b'));
    assert.deepEqual(everything(), before);
  });

  it('changes nothing anywhere, and prints no secret', async () => {
    world.aws.account('111122223333').plan = 'business';
    const { out } = await run(['--json'], { PUBLIC_URL: 'https://localhost:1' });
    const findings = out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Finding);
    assert.match(findings.find(({ check }) => check === '111122223333')?.says ?? '', /12 of 12 permissions/);
    for (const { about, check, state, says, remedy } of findings) {
      assert.ok(['bot', 'slack', 'aws', 'events'].includes(about));
      assert.ok(check !== '' && says !== '' && ['ok', 'warn', 'fail'].includes(state));
      assert.ok(state === 'ok' ? remedy === null : remedy !== '');
    }
    for (const name of ['SLACK_BOT_TOKEN', 'SLACK_SIGNING_SECRET', 'EVENT_API_KEY', 'AWS_SECRET_ACCESS_KEY'])
      assert.ok(!out.includes(String(environment[name])), name);
    assert.deepEqual(
      control.calls.map(({ operation }) => operation).filter((name) => !/^(Describe|Get|List)/.test(name)),
      [],
    );
    assert.deepEqual(
      world.aws.calls
        .filter(({ done }) => done)
        .map(({ operation }) => operation)
        .filter((name) => !/^(Describe|Get)/.test(name)),
      [],
    );
    const asking = ['auth.test', 'conversations.info', 'conversations.members', 'users.info', 'api.test'];
    assert.deepEqual(
      world.slack.calls.map(({ method }) => method).filter((method) => !asking.includes(method)),
      [],
    );
  });

  it('goes on with what can be looked at where settings are wrong', async () => {
    writeFileSync(join(folder.path, '.env'), 'SLACK_CHANNEL=general\n', { mode: 0o644 });
    writeFileSync(join(folder.path, 'casethread.yml'), 'accounts:\n  - id: 12\n');
    const { code, out, err } = await run([], {
      SLACK_CHANNEL: undefined,
      EVENT_API_KEY: 'short-secret',
      CONFIG_FILE: 'casethread.yml',
    });
    assert.equal(err, '');
    assert.equal(code, 1);
    assert.match(out, /FAIL {2}SLACK_CHANNEL: /);
    assert.match(out, /FAIL {2}EVENT_API_KEY: /);
    assert.match(out, /FAIL {2}casethread\.yml:2/);
    assert.match(out, /warn {2}\.env: Other users of this machine may read it/);
    assert.match(out, /→ chmod 600 \.env/);
    assert.match(out, /ok {4}token: It is that of @casethread in Acme\./);
    assert.doesNotMatch(out, /short-secret/);
  });

  it('says once that this user may not read .env', async () => {
    writeFileSync(join(folder.path, '.env'), 'PORT=1', { mode: 0o000 });
    chmodSync(folder.path, 0o755);
    const { out } = await start(['--json'], {}, asNobody()).ended;
    const findings = out.split('\n').flatMap((line) => (line === '' ? [] : [JSON.parse(line) as Finding]));
    const [finding, ...more] = findings.filter(({ check }) => check === '.env');
    assert.deepEqual([finding?.state, more.length], ['fail', 0]);
    assert.equal(finding?.says, 'This user may not read .env in this folder.');
    assert.match(finding?.remedy ?? '', /chown/);
  });

  it('says once that there are no AWS credentials', async () => {
    const { out } = await run(['--json'], { AWS_ACCESS_KEY_ID: undefined, AWS_SECRET_ACCESS_KEY: undefined });
    const findings = out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Finding);
    const ofAws = findings.filter(({ about, check }) => about === 'aws' || check === 'EventBridge');
    assert.deepEqual(
      ofAws.map(({ check, state }) => [check, state]),
      [['AWS credentials', 'fail']],
    );
  });

  it('does not print the key, also when AWS repeats it', async () => {
    const message = `Value '${environment.EVENT_API_KEY}' failed to satisfy constraint`;
    const error = { kind: 'error', name: 'ValidationException', status: 400, message } as const;
    const fault = control.fault('DescribeRule', {
      ...error,
      times: 2,
      when: ({ input }) => input.Name === 'casethread',
    });
    for (const args of [[], ['--json']]) {
      const { out } = await run(args);
      assert.match(out.replace(/\s+/g, ' '), /Value '\(EVENT_API_KEY\)' failed to satisfy/);
    }
    assert.equal(fault.hits, 2);
  });

  it('says which setting may be why there are none', async () => {
    const half = await run(['--json'], { AWS_SECRET_ACCESS_KEY: undefined });
    assert.match(half.out, /AWS_ACCESS_KEY_ID is set, and AWS_SECRET_ACCESS_KEY is not\./);
    const none = { AWS_ACCESS_KEY_ID: undefined, AWS_SECRET_ACCESS_KEY: undefined };
    const { out } = await run(['--json'], { ...none, AWS_PROFILE: 'nope' });
    assert.match(out, /AWS_PROFILE names the profile nope, which gives none\./);
  });

  it('ends without a word when nobody reads on', async () => {
    const { child, ended } = start([], {});
    child.stdout.destroy();
    const { code, err } = await ended;
    assert.deepEqual([code, err], [1, '']);
  });

  it('says what it does, and is as wide as it is told', async () => {
    const { code, out, err } = await run(['--help']);
    assert.deepEqual([code, err], [0, '']);
    assert.match(out, /--json +prints each finding/);
    const narrow = await run([], { COLUMNS: '60' });
    assert.ok(
      narrow.out.split('\n').every((line) => line.length <= 60 || !/ /.test(line.trim().slice(0, 60))),
    );
    assert.ok(narrow.out.split('\n').some((line) => line.length > 45));
  });

  it('knows one option', async () => {
    const { code, err } = await run(['--fix']);
    assert.equal(code, 2);
    assert.match(err, /--json/);
  });

  it('tells what it knows while it waits, and ends at once with Ctrl-C', async () => {
    const held = world.slack.fault('auth.test', { kind: 'hold-before' });
    const { child, ended, output } = start([], {});
    await held.reached;
    await world.until(() => output().includes('store: '), 'the first lines are there');
    assert.doesNotMatch(output(), /^Slack$/m);
    child.kill('SIGINT');
    await ended;
    assert.equal(child.signalCode, 'SIGINT');
    held.release();
  });
});
