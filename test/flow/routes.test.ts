import assert from 'node:assert/strict';
import type { Milestone } from '../../src/case/milestone.js';
import type { Route } from '../../src/case/route.js';
import { mentionsOf, shownText } from '../../src/sandbox/slack/start-slack.js';
import { loseStore } from '../world/lose-store.js';
import { quiet } from '../world/quiet.js';
import { caseThreads, count, notices } from '../world/reading.js';
import { ACCOUNT, ALICE, CHANNEL, startWorld, type World, type WorldOptions } from '../world/world.js';

const URGENT = 'C0URGENT001';
const DATABASES = 'C0DATABASE1';
const ONCALL = 'S0ONCALL001';

function route(channel: string, more: Partial<Route> = {}): Route {
  const any = { accounts: [], severities: [], services: [], categories: [] };
  return { ...any, mention: [], broadcast: null, channel, ...more };
}

const ROUTES = [
  route(URGENT, { severities: ['urgent', 'critical'], mention: [ONCALL, ALICE] }),
  route(DATABASES, { services: ['amazon-rds'], broadcast: new Set<Milestone>(['resolved']) }),
];
const RDS = { service: 'amazon-rds', category: 'other' };

describe('flow: routes', () => {
  let world: World;
  const start = async ({ file, ...options }: WorldOptions = {}) => {
    world = await startWorld({ file: { routes: ROUTES, ...file }, ...options });
    world.slack.addChannel({ id: URGENT, name: 'urgent' });
    world.slack.addChannel({ id: DATABASES, name: 'databases', isPrivate: true });
    return world;
  };
  afterEach(() => world.stop());

  /** The first lines of the cards in each channel, and how many entries stand below. */
  const picture = () =>
    Object.fromEntries(
      [CHANNEL, URGENT, DATABASES].map((channel) => [
        channel,
        caseThreads(world.slack, channel).map(
          ({ card, replies }) =>
            `${shownText(card)
              .split('\n')[0]
              ?.replace(/^:\w+: /, '')} ${replies.length}`,
        ),
      ]),
    );
  const shows = (expected: Record<string, readonly string[]>) =>
    world
      .until(() => JSON.stringify(picture()) === JSON.stringify(expected), 'the threads')
      .catch((error: unknown) => {
        assert.deepEqual(picture(), expected);
        throw error;
      });
  const [cardIn, repliesIn] = [
    (channel: string) => caseThreads(world.slack, channel)[0]?.card,
    (channel: string) => caseThreads(world.slack, channel)[0]?.replies ?? [],
  ];
  /** Messages that were posted and call somebody. */
  const calling = () =>
    world.slack.calls.filter(
      ({ method, args }) => method === 'chat.postMessage' && JSON.stringify(args).includes(ONCALL),
    ).length;

  it('send a new thread by severity and service, and leave the rest where they were', async () => {
    const { aws } = await start();
    aws.openCase({ subject: 'Any', body: 'x' });
    aws.openCase({ subject: 'Down', body: 'x', severity: 'urgent' });
    aws.openCase({ subject: 'Slow', body: 'x', ...RDS });
    await shows({ [CHANNEL]: ['Any 1'], [URGENT]: ['Down 1'], [DATABASES]: ['Slow 1'] });
  });

  it('hold for new threads as soon as they have changed; a thread stays where it is', async () => {
    const { aws } = await start();
    const { caseId } = aws.openCase({ subject: 'Down', body: 'x', severity: 'urgent' });
    await shows({ [CHANNEL]: [], [URGENT]: ['Down 1'], [DATABASES]: [] });
    world.reload({ routes: [route(DATABASES, { accounts: [ACCOUNT] })] });
    aws.setSeverity(caseId, 'low');
    aws.reply(caseId, { from: 'aws', body: 'Answer.' });
    aws.openCase({ subject: 'New', body: 'x', severity: 'urgent' });
    await shows({ [CHANNEL]: [], [URGENT]: ['Down 3'], [DATABASES]: ['New 1'] });
  });

  it('show in the channel what they say themselves', async () => {
    const { aws, until } = await start({ environment: { BROADCAST: 'opened' } });
    const { caseId } = aws.openCase({ subject: 'Slow', body: 'Opening.', ...RDS });
    await until(() => repliesIn(DATABASES).length === 1, 'the thread');
    aws.resolve(caseId);
    aws.openCase({ subject: 'Down', body: 'Opening.', severity: 'urgent' });
    await until(() => repliesIn(DATABASES).length === 2 && repliesIn(URGENT).length === 1, 'all');
    const broadcast = (channel: string) => repliesIn(channel).map((reply) => reply.broadcast === true);
    assert.deepEqual([broadcast(DATABASES), broadcast(URGENT)], [[false, true], [true]]);
  });

  it('send a case on once its channel cannot take it and they lead elsewhere', async () => {
    const { aws, slack, until } = await start();
    slack.changeChannel(URGENT, { isMember: false });
    aws.openCase({ subject: 'Down', body: 'x', severity: 'urgent' });
    await until(() => notices(slack).length === 1, 'word of it');
    world.reload({ routes: [route(DATABASES, { severities: ['urgent'] })] });
    await shows({ [CHANNEL]: [], [URGENT]: [], [DATABASES]: ['Down 1'] });
  });

  describe('that mention people', () => {
    it('call them with the card, once, and nobody whom the case names', async () => {
      const { aws, until } = await start();
      const subject = 'Down <!subteam^S0OTHERS001> @here';
      const { caseId } = aws.openCase({ subject, body: 'x <@U0BOB000001>', severity: 'urgent' });
      await until(() => repliesIn(URGENT).length === 1, 'the thread');
      const called = () => mentionsOf(cardIn(URGENT) ?? assert.fail('no card'));
      assert.deepEqual(called(), [`<!subteam^${ONCALL}>`, `<@${ALICE}>`]);
      assert.match(shownText(cardIn(URGENT) ?? assert.fail()), new RegExp(`For: @${ONCALL} @${ALICE}`));
      aws.reply(caseId, { from: 'aws', body: 'Answer.' });
      await until(() => shownText(cardIn(URGENT) ?? assert.fail()).includes('Last word: AWS'), 'the card');
      // Whom it called is to find it again.
      assert.deepEqual(called(), [`<!subteam^${ONCALL}>`, `<@${ALICE}>`]);
      assert.equal(calling(), 1);
      assert.deepEqual(repliesIn(URGENT).flatMap(mentionsOf), []);
    });

    it('call nobody to a case on which nothing has happened for a day', async () => {
      const { aws, until } = await start();
      aws.openCase({ subject: 'Old', body: 'x', severity: 'urgent', at: Date.now() - 25 * 3_600_000 });
      await until(() => repliesIn(URGENT).length === 1, 'the thread');
      assert.equal(calling(), 0);
    });

    it('call nobody a second time when the card is deleted, or the store is lost', async () => {
      const { aws, slack, until } = await start();
      const { caseId } = aws.openCase({ subject: 'Down', body: 'x', severity: 'urgent' });
      await until(() => repliesIn(URGENT).length === 1, 'the thread');
      await loseStore(world);
      await world.restart();
      aws.reply(caseId, { from: 'aws', body: 'Answer.' });
      await until(() => repliesIn(URGENT).length === 2, 'the answer');
      await until(() => shownText(cardIn(URGENT) ?? assert.fail()).includes('Last word: AWS'), 'the card');
      assert.match(shownText(cardIn(URGENT) ?? assert.fail()), /For: @/);
      assert.equal(calling(), 1);
      slack.deleteMessage(URGENT, cardIn(URGENT)?.ts ?? '');
      aws.reply(caseId, { from: 'aws', body: 'Another.' });
      const texts = () => caseThreads(slack, URGENT).flatMap(({ replies }) => replies.map(shownText));
      await until(() => count(texts(), 'Another.') === 1, 'the new thread');
      assert.equal(calling(), 1);
    });
  });

  describe('when the store is lost', () => {
    const tellStories = async () => {
      const { aws } = world;
      const ids = {
        any: aws.openCase({ subject: 'Any', body: 'x' }).caseId,
        down: aws.openCase({ subject: 'Down', body: 'x', severity: 'urgent' }).caseId,
        slow: aws.openCase({ subject: 'Slow', body: 'x', ...RDS }).caseId,
      };
      await shows({ [CHANNEL]: ['Any 1'], [URGENT]: ['Down 1'], [DATABASES]: ['Slow 1'] });
      await quiet(world);
      return ids;
    };
    const answerAll = (ids: Record<string, string>) => {
      for (const caseId of Object.values(ids)) world.aws.reply(caseId, { from: 'aws', body: 'Answer.' });
    };
    const GONE_ON = { [CHANNEL]: ['Any 2'], [URGENT]: ['Down 2'], [DATABASES]: ['Slow 2'] };

    it('find their threads in all channels', async () => {
      await start();
      const ids = await tellStories();
      await loseStore(world);
      await world.restart();
      answerAll(ids);
      await shows(GONE_ON);
      await quiet(world);
      assert.deepEqual(picture(), GONE_ON);
    });

    it('find them also where they lead elsewhere by now', async () => {
      const { aws } = await start();
      const ids = await tellStories();
      await loseStore(world);
      world.reload({ routes: [route(URGENT, { services: ['amazon-rds'] }), route(DATABASES)] });
      await world.restart();
      aws.setSeverity(ids.down, 'low');
      answerAll(ids);
      await shows(GONE_ON);
      await quiet(world);
      assert.deepEqual(picture(), GONE_ON);
    });

    it('open no second thread for one in a channel that cannot be read, and hold up no other', async () => {
      const { slack, until } = await start();
      const ids = await tellStories();
      await loseStore(world);
      slack.changeChannel(URGENT, { isMember: false });
      await world.restart();
      answerAll({ any: ids.any, slow: ids.slow });
      await shows({ ...GONE_ON, [URGENT]: ['Down 1'] });
      // By now it would be routed elsewhere, but it is not.
      world.aws.setSeverity(ids.down, 'low');
      answerAll({ down: ids.down });
      await until(
        () => notices(slack).some((text) => text.includes(`may be in channel ${URGENT}`)),
        'word of it',
      );
      slack.changeChannel(URGENT, { isMember: true });
      await shows(GONE_ON);
      assert.equal(calling(), 1);
    });
  });
});
