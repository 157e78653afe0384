import assert from 'node:assert/strict';
import { Redis } from 'ioredis';
import { deliver } from '../../src/sandbox/aws/event-bridge.js';
import { shownText } from '../../src/sandbox/slack/start-slack.js';
import { readTrail, stepsOf } from '../audit/read-trail.js';
import { quiet } from '../world/quiet.js';
import { count, onlyThread, toldTo } from '../world/reading.js';
import { startRedisFront } from '../world/redis-front.js';
import { describeWithRedis, type RedisServer } from '../world/redis-server.js';
import { ALICE, CHANNEL, EVENT_KEY, startWorld, type World, type WorldOptions } from '../world/world.js';

const NUMBER = '1234563851';

/** Two replicas lose their Redis, and find it again. */
describeWithRedis('flow: Redis is gone', () => {
  let world: World;
  let redis: RedisServer;
  let caseId: string;
  afterEach(() => world.stop());
  const start = async (options: WorldOptions = {}) => {
    world = await startWorld({ store: 'redis', replicas: 2, ...options });
    assert.ok(world.redis);
    redis = world.redis;
    ({ caseId } = world.aws.openCase({ subject: 'Broken', body: 'Opening.', displayId: NUMBER }));
    await world.until(() => onlyThread(world.slack).texts.length === 1, 'the thread');
    await quiet(world);
  };
  const reply = (url: string, text: string) =>
    world.slack.command(url, {
      command: '/support',
      text: `reply ${NUMBER} ${text}`,
      user: ALICE,
      channel: CHANNEL,
    });
  const allReady = async () => {
    for (const { url } of world.bots) {
      await world.until(async () => {
        world.slack.nudge();
        return (await fetch(`${url}/readyz`)).status === 200;
      }, 'readiness');
    }
  };
  const atAws = () => world.aws.case(caseId).communications.map(({ body }) => body);

  it('has who called the doctor meanwhile in the audit trail once it is back', async () => {
    await start({ replicas: 1 });
    await redis.kill();
    const doctor = { command: '/support', text: 'doctor', user: ALICE, channel: CHANNEL };
    await world.slack.command(world.botUrl, doctor);
    await world.until(() => count(toldTo(world.slack, ALICE), 'Redis') === 1, 'what the doctor found');
    await redis.restart();
    await allReady();
    await world.until(
      async () => stepsOf(await readTrail(world.environment)).join() === 'doctor done',
      'the line of the doctor',
    );
  });

  for (const [how, lose, bringBack] of [
    ['was killed', () => redis.kill(), () => redis.restart()],
    ['hangs', async () => process.kill(redis.pid, 'SIGSTOP'), async () => process.kill(redis.pid, 'SIGCONT')],
  ] satisfies [string, () => Promise<unknown>, () => Promise<unknown>][]) {
    it(`says so everywhere, takes nothing it cannot keep, and goes on by itself, when Redis ${how}`, async () => {
      await start();
      await lose();
      world.bridge.loseNext(1);
      world.aws.reply(caseId, { from: 'aws', body: 'Answer.' });
      const event = world.aws.events.at(-1);
      await Promise.all(
        world.bots.map(async ({ url }, i) => {
          const answered = async (path: string) => {
            const answer = await fetch(`${url}${path}`, { signal: AbortSignal.timeout(5_000) });
            return { status: answer.status, text: await answer.text() };
          };
          const [taken, alive, ready, metrics] = await Promise.all([
            // EventBridge waits so long.
            deliver(`${url}/aws/events`, EVENT_KEY, event, { timeoutMs: 5_000 }),
            answered('/healthz'),
            answered('/readyz'),
            answered('/metrics'),
            reply(url, `Words ${i}.`),
          ]);
          assert.equal(taken.status, 503);
          assert.match(String(taken.headers['retry-after']), /^\d+$/);
          assert.equal(alive.status, 200);
          assert.equal(ready.status, 503);
          assert.match(ready.text, /"store":\{"ok":false,"problem":"Redis \(REDIS_URL\) does not answer/);
          assert.equal(metrics.status, 200);
          assert.match(metrics.text, /^casethread_slack_calls_total/m);
          assert.doesNotMatch(metrics.text, /^casethread_inbox_depth /m);
        }),
      );
      for (const words of ['Words 0.', 'Words 1.']) {
        const given = () => toldTo(world.slack, ALICE).find((text) => text.includes(words));
        await world.until(given, 'the words given back');
        assert.match(given() ?? '', /nothing was done/);
        assert.match(given() ?? '', /cannot reach its store at the moment/);
      }
      await bringBack();
      // Sooner than EventBridge, which waits as long as it was told to.
      await world.until(async () => {
        world.slack.nudge();
        return (await deliver(`${world.botUrl}/aws/events`, EVENT_KEY, event)).status === 202;
      }, 'the event taken');
      await world.until(() => count(onlyThread(world.slack).texts, 'Answer.') === 1, 'the answer');
      await allReady();
      await reply(world.botUrl, 'Words 2.');
      await world.until(() => count(toldTo(world.slack, ALICE), 'AWS has your reply') === 1, 'the reply');
      await quiet(world);
      world.bridge.send(event);
      await quiet(world);
      assert.deepEqual(
        atAws().map((body) => body.split('\n')[0]),
        ['Opening.', 'Answer.', 'Words 2.'],
      );
      assert.equal(onlyThread(world.slack).texts.length, 3);
    });
  }

  it('takes nothing it cannot keep, and goes on by itself, when the memory of Redis was full', async () => {
    await start();
    const control = new Redis(redis.url);
    try {
      await control.config('SET', 'maxmemory', '1');
      world.bridge.loseNext(1);
      world.aws.reply(caseId, { from: 'aws', body: 'Answer.' });
      const event = world.aws.events.at(-1);
      const send = () => deliver(`${world.botUrl}/aws/events`, EVENT_KEY, event);
      assert.equal((await send()).status, 503);
      assert.match(await (await fetch(`${world.botUrl}/readyz`)).text(), /"store":\{"ok":false.*memory/);
      await reply(world.botUrl, 'Once.');
      const given = () => toldTo(world.slack, ALICE).find((text) => text.includes('Once.')) ?? '';
      await world.until(given, 'the words given back');
      assert.match(given(), /I do not know whether your reply .* was taken/);
      await control.config('SET', 'maxmemory', '0');
      await allReady();
      assert.equal((await send()).status, 202);
      await world.until(() => count(onlyThread(world.slack).texts, 'Answer.') === 1, 'the answer');
      await reply(world.botUrl, 'Twice.');
      await world.until(() => count(toldTo(world.slack, ALICE), 'AWS has your reply') === 1, 'the reply');
      await quiet(world);
      assert.deepEqual(
        atAws().map((body) => body.split('\n')[0]),
        ['Opening.', 'Answer.', 'Twice.'],
      );
    } finally {
      control.disconnect();
    }
  });

  it('takes what is written to it when Slack sends it again', async () => {
    await start();
    const { slack, bots } = world;
    await redis.kill();
    const threadTs = onlyThread(slack).card.ts;
    const mention = `<@${slack.app.botUser}> reply Once.`;
    const { ts, text } = slack.say({ user: ALICE, channel: CHANNEL, threadTs, text: mention });
    const event = { type: 'app_mention', user: ALICE, channel: CHANNEL, ts, text, thread_ts: threadTs };
    const send = async (index: number, retryNum: number) => {
      const eventId = 'Ev0REDISGONE';
      const url = String(bots[index]?.url);
      return (await slack.event(url, { ...event, event_ts: ts }, { eventId, retryNum })).status;
    };
    assert.deepEqual(await Promise.all([send(0, 0), send(1, 1)]), [503, 503]);
    await redis.restart();
    await allReady();
    assert.equal(await send(0, 2), 200);
    await world.until(() => count(toldTo(slack, ALICE), 'AWS has your reply') === 1, 'word that AWS has it');
    assert.equal(await send(1, 3), 200);
    await quiet(world);
    assert.equal(count(atAws(), 'Once.'), 1);
    assert.equal(count(toldTo(slack, ALICE), 'AWS has your reply'), 1);
  });

  it('keeps the button and the words of whoever presses it meanwhile, and sends once', async () => {
    await start();
    const { aws, slack, botUrl } = world;
    aws.fault('AddCommunicationToCase', { kind: 'hangup-before' });
    await reply(botUrl, 'Once.');
    const back = () => slack.ephemerals.find((each) => shownText(each).includes('it is not on the case'));
    await world.until(() => back() !== undefined, 'word that it is not there');
    const ephemeral = back();
    assert.ok(ephemeral);
    const click = () => slack.click(botUrl, { ephemeral, actionId: 'outbox_send_again', user: ALICE });
    await quiet(world);
    await redis.kill();
    await click();
    await world.until(() => count(toldTo(slack, ALICE), 'nothing was done. Try again') === 1, 'what to do');
    await slack.command(botUrl, { command: '/support', text: 'list', user: ALICE, channel: CHANNEL });
    await world.until(() => count(toldTo(slack, ALICE), 'cannot reach its store') === 2, 'why');
    assert.ok(back());
    await redis.restart();
    await allReady();
    await click();
    await world.until(
      () => toldTo(slack, ALICE).at(-1)?.includes('AWS has your reply'),
      'word that AWS has it',
    );
    await quiet(world);
    assert.equal(aws.callsOf('AddCommunicationToCase').length, 2);
    assert.equal(count(atAws(), 'Once.'), 1);
  });

  it('sends a reply within two rounds that was kept, and not marked, when Redis was killed', async () => {
    await start({ timing: { roundMs: 1_000 } });
    const front = await startRedisFront(redis.port);
    try {
      await world.restart({ REDIS_URL: front.url });
      // Key of the inbox, key of the mark.
      const mark = new RegExp(`inbox:replies\\r\\n\\$\\d+\\r\\n\\d+/${caseId}\\r\\n`);
      const killed = front.cutAt(mark).then(() => redis.kill());
      const command = reply(world.botUrl, 'Once.');
      await killed;
      await command;
      await redis.restart();
      await world.until(() => count(toldTo(world.slack, ALICE), 'AWS has your reply') === 1, 'word of it');
      await quiet(world);
      assert.equal(count(atAws(), 'Once.'), 1);
      assert.equal(count(toldTo(world.slack, ALICE), 'Sending your reply'), 1);
      assert.equal(count(onlyThread(world.slack).texts, 'Once.'), 1);
    } finally {
      await world.stopBot();
      await front.stop();
    }
  });
});
