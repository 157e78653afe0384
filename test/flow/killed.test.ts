import assert from 'node:assert/strict';
import { SEND_TIMING } from '../../src/outbox/send.js';
import { deliver } from '../../src/sandbox/aws/event-bridge.js';
import { shownText } from '../../src/sandbox/slack/start-slack.js';
import { REPLICA } from '../world/process.js';
import { type ProcessStage, startProcessStage } from '../world/process-stage.js';
import { caseThreads, count } from '../world/reading.js';
import { ALICE, CHANNEL, EVENT_KEY } from '../world/world.js';

/**
 * The bot waits for seconds before it does again what Slack may be about to show, and looks at a case for half a minute
 * before it says that a reply has not arrived; here for a moment.
 */
const QUICK = JSON.stringify({
  settlesWithinMs: 400,
  send: { ...SEND_TIMING, lookAfterMs: [100, 200, 300] },
});

/** The bot as a process of its own, killed as a power cut would at the worst moments: one bot, a case for each test. */
describe('flow: the process is killed', () => {
  let stage: ProcessStage;
  let cases = 0;
  let number: string;
  let caseId: string;
  /** What there was before this test. */
  let earlier: { readonly events: number; readonly told: number };

  before(async () => {
    stage = await startProcessStage();
  });
  after(() => stage.stop());
  beforeEach(() => {
    const { aws, slack } = stage;
    cases += 1;
    number = `20000000${10 + cases}`;
    earlier = { events: aws.events.length, told: slack.ephemerals.length };
    ({ caseId } = aws.openCase({ subject: 'Killed', body: 'Opening.', displayId: number }));
  });
  // What is still in work would be what the next test kills.
  afterEach(() =>
    until(async () => {
      const text = await (await fetch(`${stage.bot.url}/metrics`)).text();
      stage.slack.nudge();
      return /^casethread_inbox_depth 0$/m.test(text);
    }, 'nothing in work'),
  );

  const until = <T>(condition: () => T | Promise<T>, what: string) => stage.slack.until(condition, { what });
  const sendEvents = async () => {
    for (const event of stage.aws.events.slice(earlier.events))
      await deliver(`${stage.bot.url}/aws/events`, EVENT_KEY, event);
  };
  /** The entries of this test's case, whose thread is the only one. */
  const texts = (): string[] => {
    const threads = caseThreads(stage.slack).filter(({ card }) => shownText(card).includes(`Case ${number}`));
    const [thread] = threads;
    if (thread === undefined || threads.length > 1)
      throw new Error(`there are ${threads.length} threads\n${stage.slack.picture()}`);
    return thread.replies.map((reply) => shownText(reply));
  };
  const lastLines = () => texts().map((text) => text.split('\n').at(-1));
  const shows = (entries: number, what: string) => until(() => texts().length === entries, what);
  const told = () =>
    stage.slack.ephemerals
      .slice(earlier.told)
      .filter((each) => each.user === ALICE && !each.deleted)
      .map((each) => shownText(each));
  const type = (text: string) =>
    stage.slack.command(stage.bot.url, { command: '/support', text, user: ALICE, channel: CHANNEL });
  const onCase = (text: string) =>
    count(
      stage.aws.case(caseId).communications.map((each) => each.body),
      text,
    );
  const killAndRestartQuick = () => stage.restart({ TIMING: QUICK }, REPLICA);

  for (const [moment, method, kind] of [
    ['before the card is posted', 'chat.postMessage', 'hold-before'],
    ['after the card is posted', 'chat.postMessage', 'hold-after'],
    ['while AWS is asked', 'DescribeCases', 'hold-before'],
  ] as const) {
    it(`shows everything once when it is killed ${moment}`, async () => {
      const { aws, slack } = stage;
      const fault = method === 'DescribeCases' ? aws.fault(method, { kind }) : slack.fault(method, { kind });
      await sendEvents();
      await fault.reached;
      await stage.restart();
      fault.release();
      await shows(1, 'the thread');
      await sendEvents();
      assert.deepEqual(lastLines(), ['Opening.']);
    });
  }

  for (const kind of ['hold-before', 'hold-after'] as const) {
    it(`shows an entry once when it is killed at ${kind} of its post`, async () => {
      const { aws, slack } = stage;
      await sendEvents();
      await shows(1, 'the thread');
      const fault = slack.fault('chat.postMessage', { kind });
      aws.reply(caseId, { from: 'aws', body: 'Answer.' });
      aws.reply(caseId, { from: 'aws', body: 'Second answer.' });
      await sendEvents();
      await fault.reached;
      await killAndRestartQuick();
      fault.release();
      await shows(3, 'both answers');
      assert.deepEqual(lastLines(), ['Opening.', 'Answer.', 'Second answer.']);
    });
  }

  const sayOnCase = async (text: string) => {
    await sendEvents();
    await shows(1, 'the thread');
    return type(`reply ${number} ${text}`);
  };

  it('has a reply once when it is killed after AWS took it', async () => {
    const fault = stage.aws.fault('AddCommunicationToCase', { kind: 'hold-after' });
    await sayOnCase('Once.');
    await fault.reached;
    await stage.restart();
    fault.release();
    await until(() => count(told(), 'AWS has your reply') === 1, 'word that AWS has it');
    await shows(2, 'the entry');
    assert.equal(onCase('Once.'), 1);
    assert.match(texts()[1] ?? '', /^Alice Example, from Slack/);
  });

  it('asks the person, and sends once more on a click, when it is killed before AWS took a reply', async () => {
    const { aws, slack } = stage;
    const fault = aws.fault('AddCommunicationToCase', { kind: 'hold-before' });
    await sayOnCase('Once.');
    await fault.reached;
    await killAndRestartQuick();
    fault.release();
    const back = await until(
      () => slack.ephemerals.slice(earlier.told).find((each) => each.text.includes('it is not on the case')),
      'word that it is not on the case',
    );
    assert.ok(back);
    assert.equal(onCase('Once.'), 0);
    await slack.click(stage.bot.url, { ephemeral: back, actionId: 'outbox_send_again', user: ALICE });
    await until(() => told().at(-1)?.includes('AWS has your reply'), 'word that AWS has it');
    await shows(2, 'the entry');
    assert.equal(onCase('Once.'), 1);
    assert.match(texts()[1] ?? '', /^Alice Example, from Slack/);
  });

  it('does not resolve again what a colleague has reopened, when it is killed after AWS resolved it', async () => {
    const { aws } = stage;
    await sendEvents();
    await shows(1, 'the thread');
    const fault = aws.fault('ResolveCase', { kind: 'hold-after' });
    const { length } = aws.callsOf('ResolveCase');
    await type(`resolve ${number}`);
    await fault.reached;
    aws.reply(caseId, { from: 'customer', body: 'Not over yet.' });
    await killAndRestartQuick();
    fault.release();
    await until(() => count(told(), 'the case is not resolved') > 0, 'word that it is not resolved');
    assert.equal(aws.callsOf('ResolveCase').length - length, 1);
    assert.equal(aws.case(caseId).status, 'reopened');
  });

  it('sends a reply that was kept and not yet sent', async () => {
    await sendEvents();
    await shows(1, 'the thread');
    const fault = stage.aws.fault('DescribeCases', { kind: 'hold-before' });
    await type(`reply ${number} Kept.`);
    await fault.reached;
    await stage.restart();
    fault.release();
    await until(() => count(told(), 'AWS has your reply') > 0, 'word that AWS has it');
    assert.equal(onCase('Kept.'), 1);
  });
});
