import assert from 'node:assert/strict';
import type { Rate } from '../../src/pace/gate.js';
import { type FaultSpec, shownText } from '../../src/sandbox/slack/start-slack.js';
import { POST_PACE, UPDATE_PACE } from '../../src/slack/paces.js';
import { count, onlyThread } from '../world/reading.js';
import { CHANNEL, startWorld, type World } from '../world/world.js';

const FAULTS: readonly (readonly [string, FaultSpec])[] = [
  ['answers 429', { kind: 'ratelimited', retryAfter: 1 }],
  ['answers 500 and did nothing', { kind: 'status', status: 500 }],
  ['answers 500 and did it', { kind: 'status-after', status: 500 }],
  ['hangs up before doing it', { kind: 'hangup-before' }],
  ['hangs up after doing it', { kind: 'hangup-after' }],
  ['says fatal_error', { kind: 'error', error: 'fatal_error' }],
  ['hangs up after doing it, twice', { kind: 'hangup-after', times: 2 }],
  ['hangs up before doing it, three times', { kind: 'hangup-before', times: 3 }],
];

describe('flow: Slack fails', () => {
  let world: World;
  beforeEach(async () => {
    world = await startWorld();
  });
  afterEach(() => world.stop());

  for (const [how, spec] of FAULTS) {
    it(`shows everything once when Slack ${how}: the card`, async () => {
      const { aws, slack, until } = world;
      const fault = slack.fault('chat.postMessage', spec);
      const { caseId } = aws.openCase({ subject: 'Card', body: 'Opening.' });
      await until(() => onlyThread(slack).texts.length === 1, 'the thread');
      aws.reply(caseId, { from: 'aws', body: 'Answer.' });
      await until(() => onlyThread(slack).texts.length === 2, 'the answer');
      assert.ok(fault.hits > 0);
      assert.equal(slack.messages(CHANNEL).length, 1);
      assert.deepEqual(
        [count(onlyThread(slack).texts, 'Opening.'), count(onlyThread(slack).texts, 'Answer.')],
        [1, 1],
      );
    });

    it(`shows everything once when Slack ${how}: an entry in the middle`, async () => {
      const { aws, slack, until } = world;
      const { caseId } = aws.openCase({ subject: 'Entry', body: 'Opening.' });
      await until(() => onlyThread(slack).texts.length === 1, 'the thread');
      const fault = slack.fault('chat.postMessage', {
        ...spec,
        when: (args) => JSON.stringify(args).includes('Two.'),
      });
      for (const body of ['One.', 'Two.', 'Three.']) aws.reply(caseId, { from: 'aws', body });
      await until(() => onlyThread(slack).texts.length === 4, 'all entries');
      await world.bridge.idle();
      assert.ok(fault.hits > 0);
      const { texts } = onlyThread(slack);
      assert.deepEqual(
        texts.map((text) => text.split('\n').at(-1)),
        ['Opening.', 'One.', 'Two.', 'Three.'],
      );
    });
  }

  it('brings a card up to date whose answer was lost, when the case was resolved meanwhile', async () => {
    const { aws, slack, until } = world;
    const fault = slack.fault('chat.postMessage', { kind: 'hangup-after' });
    const { caseId } = aws.openCase({ subject: 'Quick', body: 'Opening.' });
    await fault.reached;
    aws.resolve(caseId, { silent: true });
    await until(() => /Resolved/i.test(shownText(onlyThread(slack).card)), 'the card to say so');
    await until(() => onlyThread(slack).texts.length === 2, 'both entries');
    assert.equal(slack.messages(CHANNEL).length, 1);
  });

  it('waits as long as Slack says, and posts nothing to the channel meanwhile', async () => {
    const { aws, slack, until } = world;
    const { caseId } = aws.openCase({ subject: 'Wait', body: 'Opening.' });
    await until(() => onlyThread(slack).texts.length === 1, 'the thread');
    slack.fault('chat.postMessage', { kind: 'ratelimited', retryAfter: 1 });
    const isRefused = (call: { result?: { error?: unknown } }) => call.result?.error === 'ratelimited';
    aws.reply(caseId, { from: 'aws', body: 'Later.' });
    await until(() => slack.calls.some(isRefused), 'the refusal');
    aws.openCase({ subject: 'Another case', body: 'Opening.' });
    await until(() => slack.threads(CHANNEL).length === 2, 'the other case');
    const posts = slack.callsOf('chat.postMessage');
    const refused = posts.findIndex(isRefused);
    const early = posts.slice(refused + 1).filter((call) => call.at - (posts[refused]?.at ?? 0) < 990);
    assert.deepEqual(early, []);
    await until(() => count(onlyThreadOf(world, 'Wait'), 'Later.') === 1, 'the entry');
  });

  it('keeps to the pace that Slack allows, so that it never has to refuse', async () => {
    await world.stop();
    world = await startWorld({
      // Three times as quick as Slack and the bot are.
      slack: { pace: { perSecond: 3, burst: 4 } },
      timing: { posts: threeTimes(POST_PACE), updates: threeTimes(UPDATE_PACE) },
    });
    const { aws, slack, until } = world;
    const { caseId } = aws.openCase({ subject: 'Pace', body: 'Opening.' });
    for (let i = 0; i < 6; i++) aws.reply(caseId, { from: 'aws', body: `answer ${i}` });
    await until(() => onlyThread(slack).texts.length === 7, 'all entries');
    assert.deepEqual(
      slack.calls.filter((call) => call.result?.error === 'ratelimited'),
      [],
    );
  });

  it('parks what only a person can mend, says what to do, and goes on by itself when it is mended', async () => {
    const { aws, slack, until, botUrl } = world;
    slack.changeChannel(CHANNEL, { isMember: false });
    aws.openCase({ subject: 'No entry', body: 'Opening.' });
    const reason = async () => {
      const state = (await (await fetch(`${botUrl}/readyz`)).json()) as { parked: { reason: string }[] };
      slack.nudge();
      return state.parked[0]?.reason ?? '';
    };
    await until(async () => (await reason()).includes('/invite'), 'the reason');
    assert.match(await (await fetch(`${botUrl}/metrics`)).text(), /^casethread_parked_cases 1$/m);
    slack.changeChannel(CHANNEL, { isMember: true });
    await until(() => onlyThread(slack).texts.length === 1, 'the thread');
  });

  it('posts plain text when Slack does not take the layout', async () => {
    const { aws, slack, until } = world;
    slack.fault('chat.postMessage', {
      kind: 'error',
      error: 'invalid_blocks',
      when: (args) => 'blocks' in args,
    });
    aws.openCase({ subject: 'Layout', body: 'Opening.' });
    await until(() => onlyThread(slack).texts.length === 1, 'the thread');
    assert.match(onlyThread(slack).card.text, /Layout/);
  });
});

function threeTimes({ perSecond, burst }: Rate): Rate {
  return { perSecond: 3 * perSecond, burst };
}

function onlyThreadOf(world: World, subject: string): string[] {
  const thread = world.slack.threads(CHANNEL).find(({ card }) => card.text.includes(subject));
  return thread?.replies.map((reply) => reply.text) ?? [];
}
