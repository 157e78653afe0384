import assert from 'node:assert/strict';
import { join } from 'node:path';
import { NO_FILE } from '../../src/config/config-file.js';
import { readConfig } from '../../src/config.js';
import { openSqliteStorage } from '../../src/storage/sqlite-storage.js';
import type { AwsAccounts } from '../../src/support/accounts.js';
import { SupportError } from '../../src/support/support-error.js';
import { doctorFor } from '../../src/wiring/doctor.js';
import { CHANNEL, smallWorkspace, TOKEN } from '../sandbox/slack/testing/web-client.js';
import { temporaryFolder } from '../temporary-folder.js';
import { until } from '../until.js';
import { startAwsControl } from '../world/aws-control/aws-control.js';

describe('the examination from within the bot', () => {
  it('asks the bot’s own store and accounts, and runs once for all who ask meanwhile', async () => {
    const folder = temporaryFolder();
    const [slack, control] = await Promise.all([smallWorkspace(), startAwsControl()]);
    const path = join(folder.path, 'casethread.db');
    const storage = await openSqliteStorage({ path, now: Date.now, parkedMs: 1_000 });
    const before = { ...process.env };
    // What other tests have left there would lead elsewhere.
    for (const name of Object.keys(process.env)) if (name.startsWith('AWS_')) delete process.env[name];
    Object.assign(process.env, control.environment());
    try {
      const read = readConfig({
        SLACK_BOT_TOKEN: TOKEN,
        SLACK_SIGNING_SECRET: 'secret-for-tests',
        SLACK_CHANNEL: CHANNEL,
        SLACK_API_URL: slack.url,
        EVENT_API_KEY: 'event-key-for-tests-0001',
        DATABASE_PATH: path,
      });
      if ('problems' in read) throw new Error(JSON.stringify(read.problems));
      const refuse = () =>
        Promise.reject(new SupportError('no-plan', 'x', 'There is no plan. Change it.', 'no'));
      const accounts = { identify: refuse, examine: refuse, credentialsOf: refuse };
      const examine = doctorFor({
        config: read.config,
        file: () => NO_FILE,
        storage,
        accounts: accounts as unknown as AwsAccounts,
      });
      const [first, second] = await Promise.all([examine(), examine()]);
      assert.deepEqual(first, second);
      assert.equal(slack.callsOf('auth.test').length, 1);
      const says = (check: string) => first.find((finding) => finding.check === check)?.says;
      assert.equal(says('store'), `${path} can be written to.`);
      assert.equal(says('account'), 'There is no plan.');
      assert.equal(says('channel #support'), 'The bot is in it (SLACK_CHANNEL).');
      assert.match(says('EventBridge') ?? '', /Nothing named casethread/);
      await examine();
      assert.equal(slack.callsOf('auth.test').length, 2);

      let answer: () => void = () => undefined;
      const answered = new Promise<void>((resolve) => {
        answer = resolve;
      });
      const slow = { ...accounts, identify: () => answered.then(refuse) };
      const impatient = doctorFor({
        config: read.config,
        file: () => NO_FILE,
        storage,
        accounts: slow as unknown as AwsAccounts,
        patienceMs: 300,
      });
      const open = (await impatient()).find(({ check }) => check === 'not done yet');
      assert.equal(open?.state, 'warn');
      assert.match(open?.says ?? '', /^Still looking at one account/);
      answer();
      await new Promise((resolve) => setImmediate(resolve));
      await until(
        async () => (await impatient()).some(({ says }) => says === 'There is no plan.'),
        'the rest is told',
      );
      assert.equal(slack.callsOf('auth.test').length, 3);
    } finally {
      for (const name of Object.keys(process.env)) if (!(name in before)) delete process.env[name];
      Object.assign(process.env, before);
      await storage.close();
      await Promise.all([slack.stop(), control.stop()]);
      folder.remove();
    }
  });
});
