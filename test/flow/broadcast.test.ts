import assert from 'node:assert/strict';
import { type Message, shownText } from '../../src/sandbox/slack/start-slack.js';
import { loseStore } from '../world/lose-store.js';
import { count, entries, onlyThread } from '../world/reading.js';
import { CHANNEL, startWorld, type World, type WorldOptions } from '../world/world.js';

const ALL = 'opened,first-answer,resolved,reopened';
const HOUR = 3_600_000;

describe('flow: what is also shown outside threads', () => {
  let world: World;
  const start = async (broadcast: string, options: WorldOptions = {}) => {
    world = await startWorld({ ...options, environment: { BROADCAST: broadcast, ...options.environment } });
    return world;
  };
  afterEach(() => world.stop());

  /** What stands in the channel besides the cards: the last line of each. */
  const inChannel = () =>
    world.slack
      .threads(CHANNEL)
      .flatMap(({ replies }) => replies)
      .filter((reply: Message) => reply.broadcast === true)
      .map((reply) => shownText(reply).split('\n').at(-1)?.replace(/ · .*/, ''));
  const texts = () => onlyThread(world.slack).texts;

  it('is nothing unless somebody asks for it', async () => {
    const { aws, until } = await start('');
    const { caseId } = aws.openCase({ subject: 'Quiet', body: 'Opening.' });
    await until(() => texts().length === 1, 'the opening text');
    aws.reply(caseId, { from: 'aws', body: 'Answer.' });
    aws.resolve(caseId);
    await until(() => texts().length === 3, 'all of it');
    assert.deepEqual(inChannel(), []);
  });

  it('is what was asked for, once each', async () => {
    const { aws, until } = await start(ALL);
    const at = Date.now() - 300_000;
    const { caseId } = aws.openCase({ subject: 'Loud', body: 'Opening.', at });
    await until(() => texts().length === 1, 'the opening text');
    aws.reply(caseId, { from: 'customer', body: 'One more thing.', at: at + 10_000 });
    await until(() => texts().length === 2, 'what we added');
    aws.reply(caseId, { from: 'aws', body: 'First answer.', at: at + 20_000 });
    await until(() => texts().length === 3, 'the first answer');
    aws.reply(caseId, { from: 'aws', body: 'Second answer.', at: at + 30_000 });
    await until(() => texts().length === 4, 'the second answer');
    aws.resolve(caseId, { at: at + 40_000 });
    await until(() => count(texts(), 'Resolved') === 1, 'the resolving');
    aws.reply(caseId, { from: 'customer', body: 'It is back.', at: at + 200_000 });
    await until(() => count(texts(), 'It is back.') === 1, 'the reopening');
    assert.deepEqual(inChannel(), [
      'Opening.',
      'First answer.',
      ':white_check_mark: Resolved',
      ':arrows_counterclockwise: Reopened',
    ]);
  });

  it('is another choice in another channel', async () => {
    const { aws, until } = await start(`${CHANNEL}=resolved;${ALL}`);
    const { caseId } = aws.openCase({ subject: 'Some', body: 'Opening.' });
    await until(() => texts().length === 1, 'the opening text');
    aws.reply(caseId, { from: 'aws', body: 'Answer.' });
    await until(() => texts().length === 2, 'the answer');
    aws.resolve(caseId);
    await until(() => texts().length === 3, 'the resolving');
    assert.deepEqual(inChannel(), [':white_check_mark: Resolved']);
  });

  it('is only the first message of a long text', async () => {
    const { aws, until } = await start(ALL);
    aws.openCase({ subject: 'Long', body: 'A line of a long text.\n'.repeat(330) });
    await until(() => texts().length === 3, 'the opening text');
    const replies = onlyThread(world.slack).replies;
    assert.deepEqual(
      replies.map(({ broadcast = false }) => broadcast),
      [true, false, false],
    );
  });

  it('is nothing of the backlog of a case that is followed late', async () => {
    const { aws, until } = await start(ALL, { bridge: false, timing: { sweepMs: 100 } });
    const at = Date.now() - 5 * HOUR;
    const old = aws.openCase({ subject: 'Old', body: 'Opening.', at });
    aws.reply(old.caseId, { from: 'aws', body: 'Answer.', at: at + HOUR });
    await until(() => entries(world.slack)[0]?.length === 2, 'the backlog');
    assert.deepEqual(inChannel(), []);
    aws.resolve(old.caseId);
    await until(() => count(texts(), 'Resolved') === 1, 'the resolving');
    assert.deepEqual(inChannel(), [':white_check_mark: Resolved']);
  });

  it('calls no later answer the first where one look does not bring the whole case', async () => {
    const { aws, until } = await start(ALL, { bridge: false, timing: { sweepMs: 100 } });
    const at = Date.now() - 5 * HOUR;
    const { caseId } = aws.openCase({ subject: 'Long talk', body: 'Opening.', at });
    aws.reply(caseId, { from: 'aws', body: 'First answer.', at: at + 1_000 });
    for (let n = 1; n <= 9; n += 1)
      aws.reply(caseId, { from: 'customer', body: `Ours ${n}.`, at: at + n * 60_000 });
    await until(() => texts().length === 11, 'the backlog');
    aws.reply(caseId, { from: 'aws', body: 'Not the first.' });
    await until(() => count(texts(), 'Not the first.') === 1, 'the answer');
    assert.deepEqual(inChannel(), []);
  });

  it('finds the first answer behind many messages of ours', async () => {
    const { aws, until } = await start(ALL, { bridge: false, timing: { sweepMs: 100 } });
    const at = Date.now() - 5 * HOUR;
    const { caseId } = aws.openCase({ subject: 'Patience', body: 'Opening.', at });
    for (let n = 1; n <= 9; n += 1)
      aws.reply(caseId, { from: 'customer', body: `Ours ${n}.`, at: at + n * 60_000 });
    await until(() => texts().length === 10, 'the backlog');
    aws.reply(caseId, { from: 'aws', body: 'At last.' });
    await until(() => count(texts(), 'At last.') === 1, 'the answer');
    assert.deepEqual(inChannel(), ['At last.']);
  });

  it('is not shown again when the store is lost, and hides no card', async () => {
    const { aws, slack, until, botUrl } = await start(ALL, { timing: { sweepMs: 100 } });
    const { caseId } = aws.openCase({ subject: 'Lost', body: 'Opening.' });
    await until(() => texts().length === 1, 'the opening text');
    aws.reply(caseId, { from: 'aws', body: 'First answer.' });
    await until(() => texts().length === 2, 'the answer');
    const before = inChannel();
    assert.equal(before.length, 2);
    await loseStore(world);
    await world.restart();
    aws.reply(caseId, { from: 'aws', body: 'Second answer.' });
    await until(() => texts().length === 3, 'the next answer');
    await until(async () => {
      const metrics = await (await fetch(`${world.bots[0]?.url ?? botUrl}/metrics`)).text();
      slack.nudge();
      return /^casethread_inbox_depth 0$/m.test(metrics);
    }, 'nothing in work');
    assert.deepEqual(inChannel(), before);
    assert.equal(slack.threads(CHANNEL).length, 1);
    assert.equal(texts().length, 3);
  });

  it('is shown once when Slack answers a post with a failure after it has taken it', async () => {
    const { aws, slack, until } = await start(ALL);
    const { caseId } = aws.openCase({ subject: 'Unsure', body: 'Opening.' });
    await until(() => texts().length === 1, 'the opening text');
    const answer = slack.fault('chat.postMessage', { kind: 'hangup-after' });
    aws.reply(caseId, { from: 'aws', body: 'First answer.' });
    await answer.reached;
    aws.reply(caseId, { from: 'aws', body: 'Second answer.' });
    await until(() => texts().length === 3, 'both answers');
    assert.deepEqual(inChannel(), ['Opening.', 'First answer.']);

    // A card is looked for in the channel, where these stand as well.
    const card = slack.fault('chat.postMessage', { kind: 'hangup-after' });
    aws.openCase({ subject: 'Another', body: 'Another opening.' });
    await card.reached;
    await until(() => entries(slack).length === 2 && entries(slack)[1]?.length === 1, 'the other thread');
    assert.deepEqual(inChannel(), ['Opening.', 'First answer.', 'Another opening.']);
  });
});

describe('flow: previews of links', () => {
  for (const [value, unfurls] of [
    ['', false],
    ['true', true],
  ] as const) {
    it(`are ${unfurls ? 'shown' : 'not shown'} with UNFURL_LINKS=${value}`, async () => {
      const world = await startWorld({ environment: { UNFURL_LINKS: value } });
      try {
        world.aws.openCase({ subject: 'Links', body: 'See https://docs.aws.amazon.com/x.' });
        await world.until(() => onlyThread(world.slack).texts.length === 1, 'the opening text');
        const posts = world.slack.calls.filter(({ method }) => method === 'chat.postMessage');
        assert.equal(posts.length, 2);
        for (const { args } of posts)
          assert.deepEqual([args.unfurl_links, args.unfurl_media].map(String), [
            String(unfurls),
            String(unfurls),
          ]);
      } finally {
        await world.stop();
      }
    });
  }
});
