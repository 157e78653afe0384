import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { temporaryFolder } from '../temporary-folder.js';
import { type AwsControl, startAwsControl } from '../world/aws-control/aws-control.js';
import { KEY, URL_OF_BOT } from './run-connect.js';

/** `npm run connect`, as a process of its own, in a folder without .env. */
describe('npm run connect, as a process', () => {
  const folder = temporaryFolder();
  let aws: AwsControl;
  before(async () => {
    aws = await startAwsControl();
  });
  after(async () => {
    await aws.stop();
    folder.remove();
  });

  function start(...args: string[]) {
    const child = spawn(process.execPath, [resolve('dist/scripts/connect/main.js'), ...args], {
      cwd: folder.path,
      env: { PATH: process.env.PATH, HOME: folder.path, EVENT_API_KEY: KEY, ...aws.environment() },
    });
    let text = '';
    child.stdout.on('data', (chunk: Buffer) => {
      text += chunk.toString();
    });
    const ended = once(child, 'close').then(([code]: (number | null)[]) => ({ code: code ?? null, text }));
    return { kill: () => child.kill('SIGKILL'), ended };
  }

  it('is killed half-way, and goes on from there when it is run again', async () => {
    aws.behaviour.authorizingPolls = 0;
    const held = aws.fault('CreateRole', { kind: 'hold-after' });
    const first = start('--url', URL_OF_BOT);
    await held.reached;
    first.kill();
    assert.equal((await first.ended).code, null);
    held.cancel();

    const second = await start('--url', URL_OF_BOT).ended;
    assert.equal(second.code, 0, second.text);
    assert.match(second.text, /^ {2}rule +casethread +as it should be$/m);
    assert.match(second.text, /^ {2}role +casethread-events +as it should be$/m);
    assert.match(second.text, /^ {2}target +casethread +created: /m);
    assert.ok(!second.text.includes(KEY));
  });

  it('changes nothing where npm has taken --dry-run, or --remove, for itself', async () => {
    const before = aws.calls.length;
    for (const [script, option] of [
      ['connect', '--dry-run'],
      ['connect', '--remove'],
      ['redrive', '--dry-run'],
      ['doctor', '--json'],
    ]) {
      const child = spawn('npm', ['run', script ?? '', option ?? ''], {
        env: {
          PATH: process.env.PATH,
          HOME: folder.path,
          EVENT_API_KEY: KEY,
          PUBLIC_URL: URL_OF_BOT,
          // In a new home npm asks its registry for a newer npm, and waits for the answer.
          npm_config_update_notifier: 'false',
          ...aws.environment(),
        },
      });
      let text = '';
      for (const stream of [child.stdout, child.stderr])
        stream.on('data', (chunk: Buffer) => {
          text += chunk.toString();
        });
      const [code] = await once(child, 'close');
      assert.notEqual(code, 0, text);
      assert.match(
        text,
        new RegExp(`npm has taken ${option} for itself.*\nWrite npm run ${script} -- ${option}\\.`),
      );
    }
    assert.equal(aws.calls.length, before);
  });

  it('names a profile that is not there, whatever else is in the environment, and says nothing beside', async () => {
    for (const script of ['connect', 'redrive']) {
      const child = spawn(
        process.execPath,
        [resolve(`dist/scripts/${script}/main.js`), '--profile', 'nope'],
        {
          cwd: folder.path,
          env: {
            PATH: process.env.PATH,
            HOME: folder.path,
            EVENT_API_KEY: KEY,
            PUBLIC_URL: URL_OF_BOT,
            ...aws.environment(),
          },
        },
      );
      let text = '';
      for (const stream of [child.stdout, child.stderr])
        stream.on('data', (chunk: Buffer) => {
          text += chunk.toString();
        });
      await once(child, 'close');
      assert.match(text.trim(), /^The profile nope gives no AWS credentials\.\n.*$/);
    }
    assert.match(
      (await start('--url', URL_OF_BOT, '--profile', '').ended).text,
      /--profile wants the name of a profile/,
    );
  });

  it('needs nothing of Slack, and says what it needs', async () => {
    const { code, text } = await start().ended;
    assert.equal(code, 1);
    assert.match(text, /^Where is the bot reached\? Say it with --url https:\/\/HOST, or set PUBLIC_URL\./);
  });
});
