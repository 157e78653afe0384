import assert from 'node:assert/strict';
import { deliver } from '../../src/sandbox/aws/event-bridge.js';
import { shownText } from '../../src/sandbox/slack/start-slack.js';
import { readTrail, stepsOf } from '../audit/read-trail.js';
import type { ProcessBot } from '../world/bot.js';
import { quiet } from '../world/quiet.js';
import { caseThreads, count, toldTo } from '../world/reading.js';
import { describeWithRedis } from '../world/redis-server.js';
import { ALICE, CHANNEL, EVENT_KEY, type ProcessWorld, startProcessWorld } from '../world/world.js';

const LEASE_MS = 700;
const SENT = 'AWS has your reply';
const NOT_THERE = 'it is not on the case';

/** Two replicas, in processes of their own; one of them stands still for longer than its lease, or is killed. */
describeWithRedis('flow: a replica is paused or killed', () => {
  let world: ProcessWorld;
  let first: ProcessBot;
  let second: ProcessBot;
  let cases = 0;
  let number: string;
  let subject: string;
  let caseId: string;
  before(async () => {
    world = await startProcessWorld({
      store: 'redis',
      replicas: 2,
      bridge: false,
      timing: { leaseMs: LEASE_MS },
    });
    const [one, other] = world.bots;
    assert.ok(one && other);
    [first, second] = [one, other];
  });
  after(() => world.stop());
  beforeEach(() => {
    cases += 1;
    number = `100000000${cases}`;
    subject = `Subject ${cases}`;
  });
  afterEach(async () => {
    await Promise.all([first, second].map((bot) => (bot.isUp ? bot.resume() : bot.start())));
  });

  const openCase = () => {
    ({ caseId } = world.aws.openCase({ subject, body: 'Opening.', displayId: number }));
  };
  /** Everything that AWS has told so far, to one replica. */
  const tell = async ({ url }: ProcessBot) => {
    for (const event of world.aws.events) await deliver(`${url}/aws/events`, EVENT_KEY, event);
  };
  /** What people read in the threads of this test's case: one list for each thread. */
  const threads = () =>
    caseThreads(world.slack)
      .filter(({ card }) => shownText(card).includes(subject))
      .map(({ replies }) => replies.map((reply) => shownText(reply).split('\n').at(-1)));
  const shows = (...lines: string[]) =>
    world.until(() => JSON.stringify(threads()) === JSON.stringify([lines]), `a thread with ${lines}`);
  const communications = () => world.aws.case(caseId).communications.map(({ body }) => body.split('\n')[0]);
  const reply = ({ url }: ProcessBot, text: string) =>
    world.slack.command(url, {
      command: '/support',
      text: `reply ${number} ${text}`,
      user: ALICE,
      channel: CHANNEL,
    });
  const told = () => toldTo(world.slack, ALICE).filter((text) => text.includes(number));
  /** Only the first can take what is told now, so that it is at work when it meets what the test has prepared. */
  const withFirst = async (work: () => Promise<unknown>, reached: Promise<void>) => {
    second.pause();
    await work();
    await reached;
    first.pause();
    second.resume();
  };
  /** The first wakes up, and comes to the end of what it was at. */
  const wakeFirst = async () => {
    const ended = () =>
      first.log.filter((line) => line.includes(caseId) && /"event":"(reconcile|outbox) /.test(line)).length;
    const before = ended();
    first.resume();
    await world.until(() => {
      setTimeout(() => world.slack.nudge(), 20);
      return ended() > before;
    }, 'the end of its turn');
    await quiet(world);
  };

  for (const [where, hold] of [
    ['AWS is asked for the case', () => world.aws.fault('DescribeCases', { kind: 'hold-after' })],
    ['Slack is asked for its card', () => world.slack.fault('conversations.history', { kind: 'hold-after' })],
  ] as const) {
    it(`posts nothing when it stood still while ${where}`, async () => {
      openCase();
      const fault = hold();
      await withFirst(() => tell(first), fault.reached);
      await shows('Opening.');
      world.aws.reply(caseId, { from: 'aws', body: 'Answer.' });
      await tell(second);
      await shows('Opening.', 'Answer.');
      fault.release();
      await wakeFirst();
      await shows('Opening.', 'Answer.');
    });
  }

  it('posts nothing again when it stood still after Slack took its card', async () => {
    openCase();
    const fault = world.slack.fault('chat.postMessage', { kind: 'hold-after' });
    await withFirst(() => tell(first), fault.reached);
    await shows('Opening.');
    world.aws.reply(caseId, { from: 'aws', body: 'Answer.' });
    await tell(second);
    await shows('Opening.', 'Answer.');
    fault.release();
    await wakeFirst();
    await shows('Opening.', 'Answer.');
  });

  it('posts nothing again when it stood still after Slack took an entry', async () => {
    openCase();
    await tell(first);
    await shows('Opening.');
    await quiet(world);
    for (const body of ['One.', 'Two.']) world.aws.reply(caseId, { from: 'aws', body });
    const fault = world.slack.fault('chat.postMessage', { kind: 'hold-after' });
    await withFirst(() => tell(first), fault.reached);
    await shows('Opening.', 'One.', 'Two.');
    fault.release();
    await wakeFirst();
    await shows('Opening.', 'One.', 'Two.');
  });

  it('posts nothing more when it stood still before Slack got its post', async () => {
    openCase();
    const fault = world.slack.fault('chat.postMessage', { kind: 'hold-before' });
    await withFirst(() => tell(first), fault.reached);
    await shows('Opening.');
    first.resume();
    world.aws.reply(caseId, { from: 'aws', body: 'Answer.' });
    await tell(second);
    await shows('Opening.', 'Answer.');
    await first.kill();
    fault.release();
    await quiet(world);
    await shows('Opening.', 'Answer.');
  });

  it('neither sends nor tells again when it stood still after AWS took a reply', async () => {
    openCase();
    await tell(first);
    await shows('Opening.');
    await quiet(world);
    const fault = world.aws.fault('AddCommunicationToCase', { kind: 'hold-after' });
    await withFirst(() => reply(first, 'Once.'), fault.reached);
    await world.until(() => count(told(), SENT) === 1, 'word that AWS has it');
    fault.release();
    await wakeFirst();
    await tell(second);
    await world.until(() => threads()[0]?.length === 2, 'the entry');
    await quiet(world);
    assert.deepEqual(communications(), ['Opening.', 'Once.']);
    assert.equal(count(told(), SENT), 1, told().join('\n'));
    assert.equal(threads()[0]?.length, 2);
  });

  it('leaves a reply to the other, which tells of it and sends it on one click, when it is killed before AWS got it', async () => {
    openCase();
    await tell(first);
    await shows('Opening.');
    await quiet(world);
    const fault = world.aws.fault('AddCommunicationToCase', { kind: 'hold-before' });
    await withFirst(() => reply(first, 'Once.'), fault.reached);
    await first.kill();
    fault.release();
    const back = () => world.slack.ephemerals.find((each) => shownText(each).includes(NOT_THERE));
    await world.until(() => back() !== undefined, 'word that it is not there');
    assert.deepEqual(communications(), ['Opening.']);
    assert.equal(count(told(), NOT_THERE), 1);
    const ephemeral = back();
    assert.ok(ephemeral);
    await world.slack.click(second.url, { ephemeral, actionId: 'outbox_send_again', user: ALICE });
    await world.until(() => told().at(-1)?.includes(SENT), 'word that AWS has it');
    await tell(second);
    await world.until(() => threads()[0]?.length === 2, 'the entry');
    await quiet(world);
    assert.deepEqual(communications(), ['Opening.', 'Once.']);
    assert.equal(count(told(), SENT), 1);
  });

  it('leaves a reply to the other when it is killed after AWS took the reply', async () => {
    openCase();
    await tell(first);
    await shows('Opening.');
    await quiet(world);
    const fault = world.aws.fault('AddCommunicationToCase', { kind: 'hold-after' });
    await withFirst(() => reply(first, 'Once.'), fault.reached);
    await first.kill();
    fault.release();
    await world.until(() => count(told(), SENT) === 1, 'word that AWS has it');
    await tell(second);
    await world.until(() => threads()[0]?.length === 2, 'the entry');
    await quiet(world);
    assert.deepEqual(communications(), ['Opening.', 'Once.']);
    assert.deepEqual([count(told(), NOT_THERE), count(told(), SENT)], [0, 1]);
  });

  it('has written each step into the audit trail once, through all of it', async () => {
    const lines = await readTrail(world.environment);
    const acts = [...new Set(lines.map(({ reference }) => reference))].map((reference) =>
      stepsOf(lines.filter((line) => line.reference === reference)).join(', '),
    );
    // What the first heard of AWS too late to write it down, the other has found on the case.
    const taken = 'reply asked, reply asked unclear, reply done shown-by-aws';
    const sentAgain =
      'reply asked, reply asked unclear, reply failed not-shown-by-aws, send-again asked, reply done';
    assert.deepEqual(acts, [taken, sentAgain, taken]);
    const inOrder = lines.map(({ time }) => time);
    assert.deepEqual([...inOrder].sort(), inOrder);
  });
});

describeWithRedis('flow: the replica that sweeps is killed', () => {
  it('leaves the sweep to another', async () => {
    const timing = { leaseMs: LEASE_MS, sweepMs: 300 };
    const world = await startProcessWorld({ store: 'redis', replicas: 2, bridge: false, timing });
    try {
      const sweeper = () => world.bots.filter(({ isUp, log }) => isUp && count(log, '"sweep done"') > 0);
      const looked = () => {
        setTimeout(() => world.slack.nudge(), 20);
        return sweeper().length === 1;
      };
      await world.until(looked, 'a sweep');
      await sweeper()[0]?.kill();
      world.aws.openCase({ subject: 'Silent', body: 'Opening.', silent: true });
      await world.until(() => caseThreads(world.slack)[0]?.replies.length === 1, 'the case found');
    } finally {
      await world.stop();
    }
  });
});
