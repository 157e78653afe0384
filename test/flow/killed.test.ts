import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SEND_TIMING } from '../../src/outbox/send.js';
import { deliver } from '../../src/sandbox/aws/event-bridge.js';
import { type Aws, startAws } from '../../src/sandbox/aws/start-aws.js';
import { type Slack, startSlack } from '../../src/sandbox/slack/start-slack.js';
import { type BotProcess, REPLICA, startProcess } from '../world/process.js';
import { count, onlyThread, toldTo } from '../world/reading.js';
import { ALICE, BOT_TOKEN, CHANNEL, EVENT_KEY, environmentFor, SIGNING_SECRET } from '../world/world.js';

/** The bot as a process of its own, with its real delays, killed as a power cut would at the worst moments. */
describe('flow: the process is killed', () => {
  let slack: Slack;
  let aws: Aws;
  let bot: BotProcess;
  let folder: string;
  let environment: Record<string, string>;
  let caseId: string;

  beforeEach(async function () {
    this.timeout(30_000);
    folder = mkdtempSync(join(tmpdir(), 'casethread-test-'));
    slack = await startSlack({ botToken: BOT_TOKEN, signingSecret: SIGNING_SECRET, pace: 'off' });
    slack.addChannel({ id: CHANNEL, name: 'aws-cases' });
    slack.addUser({ id: ALICE, name: 'alice', realName: 'Alice Example' });
    aws = await startAws();
    aws.onChange(() => slack.nudge());
    environment = { ...environmentFor({ slack, aws, folder }), PORT: '0' };
    bot = await startProcess(environment);
    ({ caseId } = aws.openCase({ subject: 'Killed', body: 'Opening.', displayId: '1234563851' }));
  });
  afterEach(async () => {
    await bot.kill();
    await Promise.all([slack.stop(), aws.stop()]);
    rmSync(folder, { recursive: true, force: true });
  });

  const sendEvents = async () => {
    for (const event of aws.events) await deliver(`${bot.url}/aws/events`, EVENT_KEY, event);
  };
  const until = (condition: () => unknown, what: string) =>
    slack.until(condition, { what, timeoutMs: 20_000 });
  const killAndRestart = async () => {
    await bot.kill();
    bot = await startProcess(environment);
  };
  /** It looks at a case for half a minute before it says that a reply has not arrived; here for a moment. */
  const killAndRestartQuick = async () => {
    await bot.kill();
    const timing = JSON.stringify({ send: { ...SEND_TIMING, lookAfterMs: [100, 200, 300] } });
    bot = await startProcess({ ...environment, TIMING: timing }, REPLICA);
  };

  for (const [moment, method, kind] of [
    ['before the card is posted', 'chat.postMessage', 'hold-before'],
    ['after the card is posted', 'chat.postMessage', 'hold-after'],
    ['while AWS is asked', 'DescribeCases', 'hold-before'],
  ] as const) {
    it(`shows everything once when it is killed ${moment}`, async function () {
      this.timeout(40_000);
      const fault = method === 'DescribeCases' ? aws.fault(method, { kind }) : slack.fault(method, { kind });
      await sendEvents();
      await fault.reached;
      await killAndRestart();
      fault.release();
      await until(() => onlyThread(slack).texts.length === 1, 'the thread');
      await sendEvents();
      assert.deepEqual(
        onlyThread(slack).texts.map((text) => text.split('\n').at(-1)),
        ['Opening.'],
      );
    });
  }

  for (const kind of ['hold-before', 'hold-after'] as const) {
    it(`shows an entry once when it is killed at ${kind} of its post`, async function () {
      this.timeout(40_000);
      await sendEvents();
      await until(() => onlyThread(slack).texts.length === 1, 'the thread');
      const fault = slack.fault('chat.postMessage', { kind });
      aws.reply(caseId, { from: 'aws', body: 'Answer.' });
      aws.reply(caseId, { from: 'aws', body: 'Second answer.' });
      await sendEvents();
      await fault.reached;
      await killAndRestart();
      fault.release();
      await until(() => onlyThread(slack).texts.length === 3, 'both answers');
      assert.deepEqual(
        onlyThread(slack).texts.map((text) => text.split('\n').at(-1)),
        ['Opening.', 'Answer.', 'Second answer.'],
      );
    });
  }

  const sayOnCase = async (text: string) => {
    await sendEvents();
    await until(() => onlyThread(slack).texts.length === 1, 'the thread');
    return slack.command(bot.url, {
      command: '/support',
      text: `reply 1234563851 ${text}`,
      user: ALICE,
      channel: CHANNEL,
    });
  };
  const times = (text: string) =>
    count(
      aws.case(caseId).communications.map((each) => each.body),
      text,
    );

  it('has a reply once when it is killed after AWS took it', async function () {
    this.timeout(40_000);
    const fault = aws.fault('AddCommunicationToCase', { kind: 'hold-after' });
    await sayOnCase('Once.');
    await fault.reached;
    await killAndRestart();
    fault.release();
    await until(() => count(toldTo(slack, ALICE), 'AWS has your reply') === 1, 'word that AWS has it');
    await until(() => onlyThread(slack).texts.length === 2, 'the entry');
    assert.equal(times('Once.'), 1);
    assert.match(onlyThread(slack).texts[1] ?? '', /^Alice Example, from Slack/);
  });

  it('asks the person, and sends once more on a click, when it is killed before AWS took a reply', async function () {
    this.timeout(40_000);
    const fault = aws.fault('AddCommunicationToCase', { kind: 'hold-before' });
    await sayOnCase('Once.');
    await fault.reached;
    await killAndRestartQuick();
    fault.release();
    const back = await slack.until(
      () => slack.ephemerals.find((each) => each.text.includes('it is not on the case')),
      { what: 'word that it is not on the case', timeoutMs: 20_000 },
    );
    assert.equal(times('Once.'), 0);
    await slack.click(bot.url, { ephemeral: back, actionId: 'outbox_send_again', user: ALICE });
    await until(() => toldTo(slack, ALICE).at(-1)?.includes('AWS has your reply'), 'word that AWS has it');
    await until(() => onlyThread(slack).texts.length === 2, 'the entry');
    assert.equal(times('Once.'), 1);
    assert.match(onlyThread(slack).texts[1] ?? '', /^Alice Example, from Slack/);
  });

  it('does not resolve again what a colleague has reopened, when it is killed after AWS resolved it', async function () {
    this.timeout(40_000);
    await sendEvents();
    await until(() => onlyThread(slack).texts.length === 1, 'the thread');
    const fault = aws.fault('ResolveCase', { kind: 'hold-after' });
    await slack.command(bot.url, {
      command: '/support',
      text: 'resolve 1234563851',
      user: ALICE,
      channel: CHANNEL,
    });
    await fault.reached;
    aws.reply(caseId, { from: 'customer', body: 'Not over yet.' });
    await killAndRestartQuick();
    fault.release();
    await until(
      () => toldTo(slack, ALICE).some((text) => text.includes('the case is not resolved')),
      'word that it is not resolved',
    );
    assert.equal(aws.callsOf('ResolveCase').length, 1);
    assert.equal(aws.case(caseId).status, 'reopened');
  });

  it('sends a reply that was kept and not yet sent', async function () {
    this.timeout(40_000);
    await sendEvents();
    await until(() => onlyThread(slack).texts.length === 1, 'the thread');
    const fault = aws.fault('DescribeCases', { kind: 'hold-before' });
    await slack.command(bot.url, {
      command: '/support',
      text: 'reply 1234563851 Kept.',
      user: ALICE,
      channel: CHANNEL,
    });
    await fault.reached;
    await killAndRestart();
    fault.release();
    await until(
      () => toldTo(slack, ALICE).some((text) => text.includes('AWS has your reply')),
      'word that AWS has it',
    );
    assert.equal(
      count(
        aws.case(caseId).communications.map((each) => each.body),
        'Kept.',
      ),
      1,
    );
  });

  it('stops cleanly on SIGTERM and on SIGINT, also with work in hand and a second signal', async function () {
    this.timeout(40_000);
    for (const signal of ['SIGTERM', 'SIGINT'] as const) {
      const fault = slack.fault('chat.postMessage', { kind: 'slow', ms: 300 });
      aws.reply(caseId, { from: 'aws', body: `At ${signal}.` });
      await sendEvents();
      await fault.reached;
      const from = Date.now();
      process.kill(bot.pid, signal);
      const code = await bot.end(signal);
      assert.equal(code, 0, bot.output());
      assert.ok(Date.now() - from < 10_000);
      bot = await startProcess(environment);
      await until(() => count(onlyThread(slack).texts, `At ${signal}.`) === 1, 'the entry');
    }
  });

  it('takes no event when its database is deleted, and says so', async function () {
    this.timeout(40_000);
    await sendEvents();
    await until(() => onlyThread(slack).texts.length === 1, 'the thread');
    rmSync(String(environment.DATABASE_PATH));
    const status = async () => {
      const [event] = aws.events;
      const { status } = await deliver(`${bot.url}/aws/events`, EVENT_KEY, {
        ...event,
        time: new Date().toISOString(),
      });
      slack.nudge();
      return status === 503;
    };
    await until(status, 'the refusal');
    const ready = (await (await fetch(`${bot.url}/readyz`)).json()) as { store: { ok: boolean } };
    assert.equal(ready.store.ok, false);
  });

  it('writes no text of a case, no reply and no secret into its log', async function () {
    this.timeout(40_000);
    await bot.end('SIGTERM');
    bot = await startProcess({ ...environment, LOG_LEVEL: 'debug' });
    aws.reply(caseId, { from: 'aws', body: 'Confidential answer.' });
    await sendEvents();
    await until(() => onlyThread(slack).texts.length === 2, 'the thread');
    slack.fault('chat.postMessage', { kind: 'error', error: 'invalid_blocks' });
    await slack.command(bot.url, {
      command: '/support',
      text: 'reply 1234563851 Private words.',
      user: ALICE,
      channel: CHANNEL,
    });
    await until(() => onlyThread(slack).texts.length === 3, 'the reply');
    const output = bot.output();
    assert.match(output, /"event":"listening"/);
    for (const secret of [
      'Confidential',
      'Private words',
      'Killed',
      'Opening.',
      BOT_TOKEN,
      SIGNING_SECRET,
      EVENT_KEY,
    ]) {
      assert.ok(!output.includes(secret), secret);
    }
    for (const line of output.trim().split('\n')) assert.doesNotThrow(() => JSON.parse(line), line);
  });
});
