import assert from 'node:assert/strict';
import { shownText } from '../../src/sandbox/slack/start-slack.js';
import { until } from '../until.js';
import { quiet } from '../world/quiet.js';
import { caseThreads, count, entries, onlyThread, toldTo } from '../world/reading.js';
import { describeWithRedis } from '../world/redis-server.js';
import { ALICE, CHANNEL, QUICK, startWorld, type World, type WorldOptions } from '../world/world.js';

const NUMBER = '1234563851';
const SENT = 'AWS has your reply';
const NOT_THERE = 'it is not on the case';

describeWithRedis('flow: several replicas on one Redis', () => {
  let world: World;
  afterEach(() => world.stop());
  const start = async (options: WorldOptions) => {
    world = await startWorld({ store: 'redis', replicas: 3, ...options });
    return world;
  };
  const bot = (index: number) => {
    const found = world.bots[index];
    assert.ok(found);
    return found;
  };
  const openCase = async () => {
    const { caseId } = world.aws.openCase({ subject: 'Broken', body: 'Opening.', displayId: NUMBER });
    await world.until(() => onlyThread(world.slack).texts.length === 1, 'the thread');
    return caseId;
  };
  const told = async (part: string) => {
    const find = () => world.slack.ephemerals.findLast((each) => shownText(each).includes(part));
    await world.until(() => find() !== undefined, part);
    const found = find();
    assert.ok(found);
    return found;
  };
  const timesAtAws = (caseId: string, text: string) =>
    count(
      world.aws.case(caseId).communications.map((each) => each.body),
      text,
    );
  const attempts = () => world.aws.callsOf('AddCommunicationToCase').length;
  /** That many words to the person, and none more after everything has come to rest. */
  const toldTimes = (part: string, times: number) =>
    assert.equal(count(toldTo(world.slack, ALICE), part), times, toldTo(world.slack, ALICE).join('\n'));

  it('shows one thread, and each entry once and in order, whichever replica gets which event how often', async () => {
    const { aws, bridge, slack, until } = await start({});
    bridge.shuffle(true);
    bridge.repeat = 3;
    const { caseId } = aws.openCase({ subject: 'Spread', body: 'Opening.' });
    const said = Array.from({ length: 10 }, (_, i) => `Message ${i}.`);
    for (const [i, body] of said.entries())
      aws.reply(caseId, { from: i % 2 === 0 ? 'aws' : 'customer', body });
    aws.resolve(caseId);
    await until(() => onlyThread(slack).texts.length === 12, 'the thread');
    await quiet(world);
    const lines = onlyThread(slack).texts.map((text) => text.split('\n').at(-1));
    assert.deepEqual(lines.slice(0, 11), ['Opening.', ...said]);
    assert.equal(lines.length, 12);
  });

  it('shares the work on a hundred cases, and never works on one of them twice at a time', async () => {
    const { aws, bridge, slack, until } = await start({});
    const holdMs = 40;
    const posts = new Map<string, number[]>();
    slack.fault('chat.postMessage', {
      kind: 'slow',
      ms: holdMs,
      times: Number.POSITIVE_INFINITY,
      when: ({ metadata }) => {
        const { event_payload } = metadata as unknown as { event_payload: { case: string } };
        posts.set(event_payload.case, [...(posts.get(event_payload.case) ?? []), performance.now()]);
        return true;
      },
    });
    bridge.shuffle(true, 100);
    bridge.repeat = 2;
    const subjects = Array.from({ length: 100 }, (_, i) => `Number ${i}`);
    for (const subject of subjects) {
      const { caseId } = aws.openCase({ subject, body: `Opening of ${subject}.` });
      aws.reply(caseId, { from: 'aws', body: `Answer to ${subject}.` });
    }
    await until(() => [...posts.values()].flat().length === 300, 'all posts');
    await quiet(world);
    const shown = entries(slack).map((texts) => texts.map((text) => text.split('\n').at(-1)));
    assert.deepEqual(
      shown.sort(),
      subjects.map((each) => [`Opening of ${each}.`, `Answer to ${each}.`]).sort(),
    );
    assert.equal(posts.size, 100);
    for (const times of posts.values()) {
      assert.equal(times.length, 3);
      // Whoever posts waits for the answer: what comes sooner comes from somebody else.
      for (const [i, at] of times.entries()) assert.ok(i === 0 || at - (times[i - 1] ?? 0) > holdMs - 5);
    }
    for (const { log } of world.bots) assert.ok(count(log, '"reconcile done"') > 10);
  });

  it("keeps together to Slack's pace in a channel and to AWS's pace in an account", async () => {
    const { aws, slack } = await start({
      slack: { pace: { perSecond: 10, burst: 4 } },
      aws: { callsPerSecond: 12 },
      timing: { posts: { perSecond: 9.5, burst: 3 }, calls: { calls: 12, perMs: 1_100 } },
    });
    for (let i = 0; i < 15; i++) aws.openCase({ subject: `Case ${i}`, body: 'Opening.' });
    await world.until(() => entries(slack).flat().length === 15, 'all threads');
    const limited = slack.calls.filter(({ result }) => result?.error === 'ratelimited');
    assert.deepEqual(limited, []);
    assert.deepEqual(
      aws.calls.filter(({ result }) => result !== 'ok'),
      [],
    );
    for (const bot of world.bots)
      await until(() => count(bot.log, '"reconcile done"') > 0, 'work on each replica');
  });

  it('sweeps on one replica at a time, and goes on with another when that one is stopped', async () => {
    const sweepMs = 300;
    const { aws, until } = await start({ bridge: false, timing: { sweepMs } });
    const at: number[] = [];
    aws.fault('DescribeCases', {
      kind: 'slow',
      ms: 1,
      times: Number.POSITIVE_INFINITY,
      when: () => at.push(performance.now()) > 0,
    });
    const sweepers = () => world.bots.filter(({ isUp, log }) => isUp && count(log, '"sweep done"') > 0);
    await until(() => at.length === 4, 'four sweeps');
    const first = sweepers();
    assert.equal(first.length, 1);
    const stoppedAt = at.length;
    await first[0]?.stop();
    // One that was under way is done over by the next, at once.
    const handedOver = at.length;
    await until(() => sweepers().length === 1 && at.length >= handedOver + 4, 'sweeps of another');
    for (const [i, each] of at.entries())
      assert.ok([0, stoppedAt, handedOver].includes(i) || each - (at[i - 1] ?? 0) > sweepMs * 0.8, `${at}`);
    assert.equal(sweepers().length, 1);
  });

  it('sends a command once that two replicas get at the same time', async () => {
    const { slack } = await start({});
    const caseId = await openCase();
    const command = { command: '/support', text: `reply ${NUMBER} Once.`, user: ALICE, channel: CHANNEL };
    const triggerId = '1234.5678.abcdef';
    await Promise.all([0, 1, 2].map((i) => slack.command(bot(i).url, { ...command, triggerId })));
    await told(SENT);
    await slack.command(bot(1).url, { ...command, triggerId });
    await quiet(world);
    toldTimes('Sending your reply', 1);
    toldTimes('It goes to AWS once', 3);
    toldTimes(SENT, 1);
    assert.deepEqual([attempts(), timesAtAws(caseId, 'Once.')], [1, 1]);
  });

  it('sends once more, once, on a click that two replicas get at the same time', async () => {
    const { aws, slack, until } = await start({});
    const caseId = await openCase();
    aws.fault('AddCommunicationToCase', { kind: 'hangup-before' });
    const text = `reply ${NUMBER} Once.`;
    await slack.command(bot(0).url, { command: '/support', text, user: ALICE, channel: CHANNEL });
    const back = await told(NOT_THERE);
    const click = { ephemeral: back, actionId: 'outbox_send_again', user: ALICE };
    await Promise.all([0, 1].map((i) => slack.click(bot(i).url, click)));
    await until(() => toldTo(slack, ALICE).at(-1)?.includes(SENT), 'word that AWS has it');
    await quiet(world);
    toldTimes(SENT, 1);
    assert.deepEqual([attempts(), timesAtAws(caseId, 'Once.')], [2, 1]);
  });

  it("answers Slack's event once that two replicas get at the same time, and again after a restart", async () => {
    const { slack } = await start({});
    const caseId = await openCase();
    const threadTs = onlyThread(slack).card.ts;
    const mention = `<@${slack.app.botUser}> reply Once.`;
    const { ts, text } = slack.say({ user: ALICE, channel: CHANNEL, threadTs, text: mention });
    const event = { type: 'app_mention', user: ALICE, channel: CHANNEL, ts, text, thread_ts: threadTs };
    const send = async (index: number, retryNum: number) => {
      const eventId = 'Ev0REPLICAS';
      const { status } = await slack.event(bot(index).url, { ...event, event_ts: ts }, { eventId, retryNum });
      assert.equal(status, 200);
    };
    await Promise.all([send(0, 0), send(1, 1)]);
    await told(SENT);
    await bot(1).stop();
    await bot(1).start();
    await send(1, 2);
    await send(2, 3);
    await quiet(world);
    toldTimes('Sending your reply', 1);
    toldTimes(SENT, 1);
    assert.deepEqual([attempts(), timesAtAws(caseId, 'Once.')], [1, 1]);
  });

  it('goes on in the same threads on an empty Redis after it was on a file', async () => {
    const { aws, slack, until } = await start({ replicas: 1, timing: { ...QUICK, sweepMs: 100 } });
    const { REDIS_URL = '' } = world.environment;
    await world.restart({ REDIS_URL: '' });
    const caseId = await openCase();
    aws.reply(caseId, { from: 'aws', body: 'Answer.' });
    aws.openCase({ subject: 'Another', body: 'Opening.' });
    await until(() => entries(slack).flat().length === 3, 'both threads');
    await quiet(world);
    const before = entries(slack);
    await world.restart({ REDIS_URL });
    const from = aws.calls.length;
    await until(() => aws.calls.length > from + 6, 'some sweeps');
    await quiet(world);
    assert.deepEqual(entries(slack), before);
    aws.reply(caseId, { from: 'aws', body: 'News.' });
    await until(() => entries(slack).flat().length === 4, 'what is new');
    assert.equal(caseThreads(slack).length, 2);
  });
});
