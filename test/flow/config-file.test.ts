import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { deliver } from '../../src/sandbox/aws/event-bridge.js';
import { temporaryFolder } from '../temporary-folder.js';
import { until } from '../until.js';
import { type ProcessStage, startProcessStage } from '../world/process-stage.js';
import { EVENT_KEY } from '../world/world.js';

const LISTED = '777788889999';
const ADDED = '444455556666';
const ONE = `accounts:\n  - {id: "${LISTED}", alias: listed}\n`;
const BOTH = `${ONE}  - {id: "${ADDED}", role: "arn:aws:iam::${ADDED}:role/casethread", external_id: hunter2}\n`;
const WRONG = `${BOTH}routes:\n  - channel: "#cases"\n    colour: red\n`;

/** What happens to the bot's process when CONFIG_FILE changes under it. */
describe('flow: CONFIG_FILE and SIGHUP', () => {
  let stage: ProcessStage;
  let folder: ReturnType<typeof temporaryFolder>;
  let path: string;
  before(async () => {
    folder = temporaryFolder();
    path = join(folder.path, 'casethread.yml');
    stage = await startProcessStage();
  });
  after(async () => {
    await stage.stop();
    folder.remove();
  });

  /** As editors and ConfigMaps do: in one step. */
  const write = (text: string) => {
    writeFileSync(`${path}.new`, text);
    renameSync(`${path}.new`, path);
  };
  const lines = (event: RegExp) =>
    stage.bot
      .output()
      .split('\n')
      .filter((line) => event.test(line))
      .map((line) => JSON.parse(line) as Record<string, unknown>);
  /** Sends SIGHUP, and waits until the log says what became of it. */
  const hangUp = async (event: RegExp) => {
    const had = lines(event).length;
    process.kill(stage.bot.pid, 'SIGHUP');
    await until(() => lines(event).length > had, `a line with ${event}`);
    return lines(event).slice(had);
  };
  /** An event of a kind that is not used, so that nothing but the door has to do with it. */
  const knock = async (account: string) => {
    const event = {
      source: 'aws.health',
      'detail-type': 'x',
      account,
      time: '2026-01-01T00:00:00Z',
      detail: {},
    };
    const { status, body } = await fetch(`${stage.bot.url}/aws/events`, {
      method: 'POST',
      headers: { 'x-api-key': EVENT_KEY },
      body: JSON.stringify(event),
    }).then(async (answer) => ({
      status: answer.status,
      body: (await answer.json()) as { message?: string },
    }));
    return [status, body.message];
  };
  const REFUSED = [403, `Account ${ADDED} is not listed in CONFIG_FILE.`];
  const TAKEN = [202, undefined];

  it('takes up a changed file as a whole, or keeps the old one as a whole and says why', async () => {
    write(ONE);
    await stage.restart({ CONFIG_FILE: path, AWS_ACCOUNTS: `${LISTED},${ADDED}` });
    assert.deepEqual([await knock(LISTED), await knock(ADDED)], [TAKEN, REFUSED]);

    write(WRONG);
    const problems = await hangUp(/routes\[0\]\.colour/).then(() => lines(/CONFIG_FILE is wrong/));
    assert.deepEqual(
      problems.map(({ level, where }) => [level, where]),
      [
        ['warn', `${path}:5  routes[0].channel`],
        ['warn', `${path}:6  routes[0].colour`],
      ],
    );
    assert.match(String(problems[0]?.problem), /The ID of a channel belongs here/);
    assert.deepEqual([await knock(LISTED), await knock(ADDED)], [TAKEN, REFUSED]);

    write(BOTH);
    const [read] = await hangUp(/CONFIG_FILE was read again/);
    assert.deepEqual([read?.level, read?.accounts, read?.accountsAdded, read?.routes], ['info', 2, 1, 0]);
    assert.deepEqual([await knock(LISTED), await knock(ADDED)], [TAKEN, TAKEN]);
    assert.deepEqual(await knock('111122223333'), [403, 'Account 111122223333 is not in AWS_ACCOUNTS.']);
    assert.ok(!stage.bot.output().includes('hunter2'));
  });

  it('logs no external id that stands in the place of something else', async () => {
    write(ONE);
    await stage.restart({ CONFIG_FILE: path, AWS_ACCOUNTS: LISTED });
    const secret = 'hunter2SECRETxyz';
    const lost = ['id', 'role', 'plan', 'partition', 'endpoints'].map((key) => `  - ${key}: ${secret}\n`);
    write(`accounts:\n${lost.join('')}  - ${secret}: x\n  - ${secret}\n`);
    await hangUp(/accounts\[6\]/);
    assert.ok(!stage.bot.output().includes(secret), 'the log quotes it');
    assert.ok(lines(/CONFIG_FILE is wrong/).some(({ where }) => where === `${path}:7  accounts[5]`));
  });

  it('lets nobody in by an empty list, and warns when no account is listed any more', async () => {
    write(ONE);
    await stage.restart({ CONFIG_FILE: path, AWS_ACCOUNTS: `${LISTED},${ADDED}` });
    write('accounts:\n');
    const wrong = await hangUp(/CONFIG_FILE is wrong/);
    assert.match(String(wrong[0]?.problem), /Nothing stands in it/);
    assert.deepEqual(await knock(ADDED), REFUSED);
    write('failover: true\n');
    const [gone] = await hangUp(/CONFIG_FILE lists no accounts any more/);
    assert.equal(gone?.level, 'warn');
    assert.deepEqual(await knock(ADDED), TAKEN);
  });

  it('goes on without a file, too: SIGHUP never ends the process', async () => {
    await stage.restart();
    await hangUp(/no CONFIG_FILE to read again/);
    assert.equal((await fetch(`${stage.bot.url}/healthz`)).status, 200);
    assert.equal(await stage.bot.end('SIGTERM'), 0);
  });

  it('outlives SIGHUP while it waits for the database, and then goes by what it read last', async function () {
    // Whether the process listens for the signal yet, Linux tells.
    if (process.platform !== 'linux') return this.skip();
    write(ONE);
    await stage.restart({ CONFIG_FILE: path });
    const main = fileURLToPath(new URL('../../src/main.js', import.meta.url));
    const waiting = spawn(process.execPath, [main], {
      cwd: folder.path,
      env: { PATH: process.env.PATH, ...stage.environment, CONFIG_FILE: path },
    });
    let output = '';
    waiting.stdout.on('data', (chunk: Buffer) => {
      output += chunk.toString();
    });
    try {
      const caught = () =>
        /^SigCgt:\s*(\S+)/m.exec(readFileSync(`/proc/${waiting.pid}/status`, 'utf8'))?.[1] ?? '0';
      await until(() => (Number.parseInt(caught().slice(-8), 16) & 1) === 1, 'listening for the signal');
      write(BOTH);
      waiting.kill('SIGHUP');
      await until(() => /CONFIG_FILE was read again/.test(output), 'the second reading');
      assert.doesNotMatch(output, /"listening"/);
      await stage.bot.kill();
      await until(() => /"listening"/.test(output), 'the start');
      const url = `http://127.0.0.1:${/"port":(\d+)/.exec(output)?.[1]}/aws/events`;
      const event = {
        source: 'x',
        'detail-type': 'x',
        account: ADDED,
        time: '2026-01-01T00:00:00Z',
        detail: {},
      };
      assert.equal((await deliver(url, EVENT_KEY, event)).status, 202);
    } finally {
      const ended = once(waiting, 'exit');
      waiting.kill('SIGKILL');
      await ended;
    }
  });
});
