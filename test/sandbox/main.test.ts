import assert from 'node:assert/strict';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { temporaryFolder } from '../temporary-folder.js';
import { until } from '../until.js';
import {
  type Ended,
  runSandbox,
  type SandboxProcess,
  startSandboxProcess,
} from '../world/sandbox-process.js';

/** What a developer may have lying about; with any of these the bot would talk to somebody else, or not start. */
const REAL = {
  SLACK_BOT_TOKEN: 'xoxb-real-token',
  SLACK_SIGNING_SECRET: 'ffffffffffffffffffffffffffffffff',
  SLACK_APP_TOKEN: 'xapp-real-token',
  SLACK_CHANNEL: 'C0REAL0001',
  SLACK_API_URL: 'http://127.0.0.1:9/api/',
  EVENT_API_KEY: 'a-real-key-of-some-length',
  AWS_PROFILE: 'production',
  AWS_ACCESS_KEY_ID: 'AKIAREAL',
  AWS_SECRET_ACCESS_KEY: 'real',
  AWS_SESSION_TOKEN: 'real',
  AWS_ENDPOINT_URL: 'http://127.0.0.1:9',
  AWS_ACCOUNTS: '999999999999',
  REDIS_URL: 'redis://127.0.0.1:9',
  CONFIG_FILE: './no-such-file.yml',
  DATABASE_PATH: './real.db',
  LOG_LEVEL: 'nonsense',
};

const OPENING = {
  subject: 'Opened in the sandbox',
  body: 'Does this stay?',
  severity: 'low',
  service: 'amazon-elastic-compute-cloud-linux',
  category: 'instance-issue',
};

/** The sentence with which it ended. */
function sentence({ code, stdout, stderr }: Ended): string {
  assert.equal(code, 1, stdout + stderr);
  assert.equal(stdout, '');
  assert.match(stderr, /^\S.*\n$/, 'one line, no stack');
  return stderr.trim();
}

const refuses = (url: string) =>
  fetch(url).then(
    () => false,
    () => true,
  );

describe('sandbox as a process', () => {
  const temporary = temporaryFolder();
  const folder = (name: string) => {
    mkdirSync(join(temporary.path, name));
    return join(temporary.path, name);
  };
  const tmp = folder('tmp');
  const kept = join(temporary.path, 'kept', 'here');
  /** Told its story while the other tests run. */
  let first: SandboxProcess;
  let plain: SandboxProcess;
  const running: SandboxProcess[] = [];
  const begin = async (options: Partial<Parameters<typeof startSandboxProcess>[0]> = {}) => {
    const started = await startSandboxProcess({ temporary: tmp, ...options });
    running.push(started);
    return started;
  };
  const ends = (args: readonly string[], environment: Readonly<Record<string, string>> = {}) =>
    runSandbox({ temporary: tmp, args, environment });

  before(async () => {
    const home = folder('home');
    const lines = Object.entries(REAL).map(([name, value]) => `${name}=${value}\n`);
    writeFileSync(join(home, '.env'), lines.join(''));
    [first, plain] = await Promise.all([
      begin({ args: ['--keep', kept] }),
      begin({ cwd: home, environment: REAL }),
    ]);
  });
  after(async () => {
    await Promise.all(running.map((each) => each.end('SIGTERM')));
    temporary.remove();
  });

  // In this order: each works on what the one before has left running.
  describe('runs', () => {
    it('prints the address of its page, and the page is there', async () => {
      assert.match(plain.output, /Nothing is kept\./);
      const page = await fetch(plain.url);
      assert.equal(page.status, 200);
      const html = await page.text();
      const script = /src="\.?(\/[^"]+\.js)"/.exec(html)?.[1];
      assert.equal((await fetch(`${plain.url}${script}`)).status, 200);
      assert.match(plain.output, /Ctrl-C/);
    });

    it("runs the bot on its own Slack and AWS, whatever stands in the caller's environment and .env", async () => {
      await plain.until(() => (plain.part('agreement')?.agreeing ?? 0) >= 1, 'the first thread');
      assert.equal(plain.part('bot')?.starts, 1);
      assert.doesNotMatch(readFileSync(plain.log, 'utf8'), /real|production|999999999999/i);
      // Neither database nor log of the bot lies where the caller is.
      assert.deepEqual(readdirSync(join(temporary.path, 'home')), ['.env']);
    });

    it('starts the bot again when it is killed, and the bot catches up', async () => {
      const before = plain.botUrl();
      assert.equal((await plain.does('kill-bot', {})).ok, true);
      await plain.until(() => plain.part('bot')?.state === 'restarting', 'the end of the bot');
      assert.ok((plain.part('bot')?.restartsAt ?? 0) > Date.now());
      assert.equal(await refuses(before), true);
      const opened = await plain.does('open-case', OPENING);
      const caseId = opened.ok ? (opened.caseId ?? '') : '';
      await plain.until(() => plain.part('bot')?.state === 'running', 'the new start');
      assert.equal(plain.part('bot')?.starts, 2);
      const lacks = () => plain.part('agreement')?.differences.some((each) => each.caseId === caseId);
      await plain.until(() => plain.part(`case:${caseId}`) !== undefined && !lacks(), 'the thread');
    });
  });

  describe('does not start, in one sentence and with exit code 1,', () => {
    it('when its port is in use', async () => {
      const { port } = new URL(plain.url);
      const before = readdirSync(tmp);
      const told = sentence(await ends([], { PORT: port }));
      assert.match(told, new RegExp(`^Port ${port} is in use.*PORT=\\d+ npm run sandbox$`));
      assert.deepEqual(readdirSync(tmp), before);
    });

    it('when its port is in use, and leaves a new folder as if nothing had been', async () => {
      const fresh = join(temporary.path, 'fresh');
      sentence(await ends(['--keep', fresh], { PORT: new URL(plain.url).port }));
      assert.deepEqual(
        readdirSync(fresh).filter((name) => name !== 'bot.log'),
        [],
      );
    });

    it('when what was asked for makes no sense', async () => {
      const [port, stranger, npm] = await Promise.all([
        ends([], { PORT: 'abc' }),
        ends(['--nonsense']),
        ends(['here'], { npm_config_keep: 'true' }),
      ]);
      assert.match(sentence(port), /^PORT: “abc” is not a port\./);
      assert.match(sentence(stranger), /“--nonsense” is not known/);
      assert.match(sentence(npm), /npm run sandbox -- --keep FOLDER/);
    });

    it('when its folder is in use, or cannot be used', async () => {
      const broken = folder('broken');
      writeFileSync(join(broken, 'state.json'), '{');
      const file = join(temporary.path, 'home', '.env');
      const damaged = folder('damaged');
      writeFileSync(join(damaged, 'state.json'), '{"version":1,"slack":{"version":1},"aws":{"version":1}}');
      const [used, unreadable, none, senseless] = await Promise.all([
        ends(['--keep', kept]),
        ends(['--keep', broken]),
        ends([`--keep=${file}`]),
        ends(['--keep', damaged]),
      ]);
      assert.match(sentence(used), /^Another sandbox \(process \d+\) uses .*Stop it first/);
      assert.match(sentence(unreadable), /state\.json cannot be read/);
      assert.match(sentence(none), /cannot be made/);
      assert.match(sentence(senseless), /state\.json is damaged.*Choose another folder/);
      assert.equal(readFileSync(join(broken, 'state.json'), 'utf8'), '{');
      assert.deepEqual(readdirSync(broken), ['state.json']);
      assert.equal(existsSync(join(kept, 'sandbox.pid')), true);
    });

    it('when packages or the build are missing', async () => {
      const bare = folder('bare');
      mkdirSync(join(bare, 'scripts'));
      const script = join(bare, 'scripts', 'sandbox.cjs');
      copyFileSync(fileURLToPath(new URL('../../../scripts/sandbox.cjs', import.meta.url)), script);
      assert.match(
        sentence(await runSandbox({ temporary: tmp, script })),
        /^The packages are missing\. Run "npm ci"/,
      );
      mkdirSync(join(bare, 'node_modules'));
      assert.match(
        sentence(await runSandbox({ temporary: tmp, script })),
        /^The build is missing.*"npm run build"/,
      );
    });
  });

  describe('ends', () => {
    it('explains itself', async () => {
      const { code, stdout, stderr } = await ends(['--help']);
      assert.deepEqual([code, stderr], [0, '']);
      assert.match(stdout, /--keep FOLDER/);
    });

    it('ends at once on Ctrl-C, also when npm passes it on: no bot, no page, no folder is left', async () => {
      const bot = plain.botUrl();
      assert.deepEqual(readdirSync(tmp), [plain.folder.split('/').at(-1)]);
      assert.equal(await refuses(bot), false);
      const { code, tookMs, stderr } = await plain.end('SIGINT', 'SIGINT');
      assert.deepEqual([code, stderr], [0, '']);
      assert.ok(tookMs < 5_000, `${tookMs} ms`);
      assert.deepEqual([await refuses(bot), await refuses(plain.url)], [true, true]);
      assert.deepEqual(readdirSync(tmp), []);
    });

    it('takes the bot with it when it is killed itself', async () => {
      const killed = await begin();
      await killed.until(() => killed.part('bot')?.state === 'running', 'the bot');
      const bot = killed.botUrl();
      await killed.end('SIGKILL');
      await until(() => refuses(bot), 'the end of the bot');
      rmSync(killed.folder, { recursive: true });
    });

    it('ends as well on SIGTERM before it has begun', async () => {
      const early = await begin();
      const { code } = await early.end('SIGTERM');
      assert.equal(code, 0);
      assert.deepEqual(readdirSync(tmp), []);
    });
  });

  describe('keeps', () => {
    it('goes on where it was with --keep: same cases, same messages, nothing told or posted twice', async () => {
      assert.ok(first.output.includes('kept'));
      const opened = await first.does('open-case', OPENING);
      const caseId = opened.ok ? (opened.caseId ?? '') : '';
      const agrees = (sandbox: SandboxProcess) => {
        const { cases, agreeing } = sandbox.part('agreement') ?? {};
        return cases === 4 && agreeing === 4;
      };
      await first.until(() => agrees(first), 'the whole story and the case', 18_000);
      const ended = await first.end('SIGINT');
      assert.equal(ended.code, 0);
      // What it was told last.
      const seen = (sandbox: SandboxProcess) =>
        [...sandbox.keys('message:'), ...sandbox.keys('case:')].sort().map((key) => {
          const part = sandbox.part(key as `case:${string}`);
          return [key, part];
        });
      const before = seen(first);

      const second = await begin({ args: [`--keep=${kept}`] });
      await second.until(() => second.part('bot')?.state === 'running', 'the bot');
      assert.equal(agrees(second), true);
      // Once the bot has shown an answer of now, it has looked through the case.
      await second.does('reply-to-case', { caseId, from: 'aws', body: 'Yes, it stays.' });
      // Not that they disagree: that may be over before the page is told.
      const isAtAws = () => JSON.stringify(second.part(`case:${caseId}`)).includes('Yes, it stays.');
      await second.until(isAtAws, 'the answer at AWS');
      await second.until(() => agrees(second), 'the answer in the thread');
      const known = new Set(before.map(([key]) => key));
      const added = second.keys('message:').filter((key) => !known.has(key));
      assert.equal(added.length, 1);
      assert.match(JSON.stringify(second.part(added[0] as `message:${string}`)), /Yes, it stays\./);
      // Of the messages only the card of this case has changed: whose turn it is.
      const changed = before.filter(
        ([key, part]) =>
          String(key).startsWith('message:') &&
          JSON.stringify(second.part(key as `message:${string}`)) !== JSON.stringify(part),
      );
      assert.ok(changed.length <= 1, JSON.stringify(changed));
      assert.equal(second.keys('case:').length, 4);
      assert.equal((await second.end('SIGINT')).code, 0);
      assert.equal(existsSync(join(kept, 'sandbox.pid')), false);
    });
  });
});
