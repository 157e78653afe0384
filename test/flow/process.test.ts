import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import { deliver } from '../../src/sandbox/aws/event-bridge.js';
import { type ProcessStage, startProcessStage } from '../world/process-stage.js';
import { count, onlyThread } from '../world/reading.js';
import { ALICE, BOT_TOKEN, CHANNEL, EVENT_KEY, SIGNING_SECRET } from '../world/world.js';

/** The bot as a process of its own, with its real delays: how it ends, and what it leaves. */
describe('flow: the process', () => {
  let stage: ProcessStage;
  let caseId: string;
  beforeEach(async () => {
    stage = await startProcessStage();
    ({ caseId } = stage.aws.openCase({ subject: 'Killed', body: 'Opening.', displayId: '1234563851' }));
  });
  afterEach(() => stage.stop());

  const sendEvents = async () => {
    for (const event of stage.aws.events) await deliver(`${stage.bot.url}/aws/events`, EVENT_KEY, event);
  };
  const until = (condition: () => unknown, what: string) => stage.slack.until(condition, { what });
  const texts = () => onlyThread(stage.slack).texts;

  it('stops cleanly on SIGTERM and on SIGINT, also with work in hand and a second signal', async () => {
    const { aws, slack } = stage;
    for (const signal of ['SIGTERM', 'SIGINT'] as const) {
      const { bot } = stage;
      const fault = slack.fault('chat.postMessage', { kind: 'slow', ms: 300 });
      aws.reply(caseId, { from: 'aws', body: `At ${signal}.` });
      await sendEvents();
      await fault.reached;
      const from = Date.now();
      process.kill(bot.pid, signal);
      const code = await bot.end(signal);
      assert.equal(code, 0, bot.output());
      assert.ok(Date.now() - from < 10_000);
      await stage.restart();
      await until(() => count(texts(), `At ${signal}.`) === 1, 'the entry');
    }
  });

  it('takes no event when its database is deleted, and says so', async () => {
    const { aws, slack, bot, environment } = stage;
    await sendEvents();
    await until(() => texts().length === 1, 'the thread');
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

  it('writes no text of a case, no reply and no secret into its log', async () => {
    const { aws, slack } = stage;
    await stage.restart({ LOG_LEVEL: 'debug' });
    aws.reply(caseId, { from: 'aws', body: 'Confidential answer.' });
    await sendEvents();
    await until(() => texts().length === 2, 'the thread');
    slack.fault('chat.postMessage', { kind: 'error', error: 'invalid_blocks' });
    await slack.command(stage.bot.url, {
      command: '/support',
      text: 'reply 1234563851 Private words.',
      user: ALICE,
      channel: CHANNEL,
    });
    await until(() => texts().length === 3, 'the reply');
    const output = stage.bot.output();
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
