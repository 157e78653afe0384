import assert from 'node:assert/strict';
import { linksOf, shownText } from '../../src/sandbox/slack/start-slack.js';
import { loseStore } from '../world/lose-store.js';
import { count, toldTo } from '../world/reading.js';
import { ALICE, BOB, CHANNEL, startWorld, type World, type WorldOptions } from '../world/world.js';

const SAYS_SO = 'was deleted in Slack, so the case goes on here';

describe('flow: somebody deletes messages of a thread', () => {
  let world: World;
  let caseId: string;
  /** A case with two entries in its thread, and a bot at rest. */
  const start = async (options?: WorldOptions) => {
    world = await startWorld(options);
    const { aws, slack, until } = world;
    const at = Date.now() - 3_600_000;
    ({ caseId } = aws.openCase({ subject: 'Deleted', body: 'Opening.', displayId: '1234563851', at }));
    aws.reply(caseId, { from: 'aws', body: 'First answer.', at: at + 60_000 });
    await until(() => threads()[0]?.texts.length === 2, 'the thread');
    await until(() => threads()[0]?.card.includes('Waiting for us'), 'the card at rest');
    await quiet();
    return { ...world, cardTs: slack.threads(CHANNEL)[0]?.card.ts ?? '' };
  };
  afterEach(() => world.stop());

  const threads = () =>
    world.slack.threads(CHANNEL).map(({ card, replies }) => ({
      ts: card.ts,
      card: shownText(card),
      links: linksOf(card),
      texts: replies.map((reply) => shownText(reply)),
      last: replies.at(-1)?.ts,
    }));
  const quiet = () =>
    world.until(async () => {
      const text = await (await fetch(`${world.botUrl}/metrics`)).text();
      world.slack.nudge();
      return /^casethread_inbox_depth 0$/m.test(text);
    }, 'nothing in work');
  const said = (what: string) =>
    count(
      threads().flatMap(({ texts }) => texts),
      what,
    );

  it('the first message: what is new is said in a new thread, which says why and links to the earlier one', async () => {
    const { aws, slack, until, cardTs } = await start();
    slack.deleteMessage(CHANNEL, cardTs);
    aws.reply(caseId, { from: 'aws', body: 'Second answer.' });
    await until(() => threads()[1]?.texts.length === 1, 'the new thread');
    await quiet();
    const [old, fresh] = threads();
    assert.ok(fresh !== undefined);
    assert.ok(fresh.card.includes(SAYS_SO), fresh.card);
    assert.ok(fresh.card.includes('Case 1234563851'));
    const digits = old?.last?.replace('.', '');
    const link = `https://acme.slack.com/archives/${CHANNEL}/p${digits}?thread_ts=${cardTs}&cid=${CHANNEL}`;
    assert.ok(fresh.links.includes(link), fresh.links.join());
    assert.match(fresh.texts[0] ?? '', /Second answer\.$/);
    for (const text of ['Opening.', 'First answer.', 'Second answer.']) assert.equal(said(text), 1, text);

    aws.resolve(caseId);
    await until(() => threads()[1]?.texts.length === 2, 'the resolving');
    await until(() => threads()[1]?.card.includes('Reopen by replying'), 'the card');
    await quiet();
    assert.equal(threads().length, 2);
    assert.ok(threads()[1]?.card.includes(SAYS_SO));
  });

  it('the first message, and nothing happens: no new thread, also after a restart', async () => {
    const { slack, cardTs } = await start();
    slack.deleteMessage(CHANNEL, cardTs);
    await world.restart();
    await quiet();
    assert.equal(threads().length, 1);
  });

  it('the first message, and then the status changes: a new card says how it stands, and an entry what changed', async () => {
    const { aws, slack, until, cardTs } = await start({ timing: { sweepMs: 50 } });
    slack.deleteMessage(CHANNEL, cardTs);
    aws.setStatus(caseId, 'work-in-progress');
    await until(
      () => threads()[1]?.card.includes('Waiting for AWS') && threads()[1]?.texts.length === 1,
      'the new thread',
    );
    await quiet();
    assert.ok(threads()[1]?.card.includes(SAYS_SO));
    assert.deepEqual(
      threads().map(({ texts }) => texts.length),
      [2, 1],
    );
  });

  for (const orphanReplies of ['refused', 'in-channel'] as const) {
    it(`a whole thread, where replies to it are ${orphanReplies}: what is new is said in a new one`, async () => {
      const { aws, slack, until, cardTs } = await start({ slack: { orphanReplies } });
      for (const { ts } of slack.threads(CHANNEL)[0]?.replies ?? []) slack.deleteMessage(CHANNEL, ts);
      slack.deleteMessage(CHANNEL, cardTs);
      assert.equal(threads().length, 0);
      aws.reply(caseId, { from: 'aws', body: 'Second answer.' });
      await until(() => threads()[0]?.texts.length === 1, 'the new thread');
      await quiet();
      assert.equal(threads().length, 1);
      assert.match(threads()[0]?.texts[0] ?? '', /Second answer\.$/);
      assert.ok(threads()[0]?.card.includes(SAYS_SO));
      assert.equal(said('First answer.'), 0);
    });
  }

  it('a whole thread, and Slack does not confirm what it has put into the channel instead', async () => {
    const { aws, slack, until, cardTs } = await start({ slack: { orphanReplies: 'in-channel' } });
    for (const { ts } of slack.threads(CHANNEL)[0]?.replies ?? []) slack.deleteMessage(CHANNEL, ts);
    slack.deleteMessage(CHANNEL, cardTs);
    slack.fault('chat.postMessage', { kind: 'hangup-after' });
    aws.reply(caseId, { from: 'aws', body: 'Second answer.' });
    await until(() => threads()[0]?.texts.length === 1, 'the new thread');
    await quiet();
    assert.equal(threads().length, 1);
    assert.equal(said('Second answer.'), 1);
  });

  it('the first message of the new thread, too: one more', async () => {
    const { aws, slack, until, cardTs } = await start();
    slack.deleteMessage(CHANNEL, cardTs);
    aws.reply(caseId, { from: 'aws', body: 'Second answer.' });
    await until(() => threads()[1]?.texts.length === 1, 'the second thread');
    await quiet();
    slack.deleteMessage(CHANNEL, threads()[1]?.ts ?? '');
    aws.reply(caseId, { from: 'aws', body: 'Third answer.' });
    await until(() => threads()[2]?.texts.length === 1, 'the third thread');
    await quiet();
    assert.equal(threads().length, 3);
    for (const text of ['Opening.', 'First answer.', 'Second answer.', 'Third answer.'])
      assert.equal(said(text), 1, text);
  });

  it('an entry: it stays deleted, whatever happens afterwards', async () => {
    const { aws, slack, until } = await start();
    slack.deleteMessage(CHANNEL, slack.threads(CHANNEL)[0]?.replies[1]?.ts ?? '');
    aws.reply(caseId, { from: 'aws', body: 'Second answer.' });
    await until(() => said('Second answer.') === 1, 'the news');
    await world.restart();
    aws.resolve(caseId);
    await until(() => said('Resolved') === 1, 'the resolving');
    await quiet();
    assert.equal(said('First answer.'), 0);
    assert.equal(threads().length, 1);
  });

  for (const which of ['First answer.', 'The last one.']) {
    it(`an entry (${which}), and the store is lost: it stays deleted`, async () => {
      const { aws, slack, until } = await start();
      aws.reply(caseId, { from: 'customer', body: 'The last one.' });
      await until(() => threads()[0]?.card.includes('Waiting for AWS'), 'the card');
      await quiet();
      const entry = slack.threads(CHANNEL)[0]?.replies.find((reply) => shownText(reply).includes(which));
      slack.deleteMessage(CHANNEL, entry?.ts ?? '');
      await loseStore(world);
      await world.restart();
      aws.reply(caseId, { from: 'aws', body: 'Second answer.' });
      await until(() => said('Second answer.') === 1, 'the news');
      await quiet();
      assert.equal(said(which), 0);
      assert.equal(threads().length, 1);
      assert.equal(threads()[0]?.texts.length, 3);
    });
  }

  it('commands in what is left of the earlier thread are for the same case', async () => {
    const { aws, slack, until, cardTs } = await start();
    slack.deleteMessage(CHANNEL, cardTs);
    aws.reply(caseId, { from: 'aws', body: 'Second answer.' });
    await until(() => threads()[1]?.texts.length === 1, 'the new thread');
    const text = `<@${slack.app.botUser}> reply From the earlier thread.`;
    await slack.mention(world.botUrl, { user: ALICE, channel: CHANNEL, text, threadTs: cardTs });
    await until(() => count(threads()[1]?.texts ?? [], 'From the earlier thread.') === 1, 'the reply');
    const link = `https://acme.slack.com/archives/${CHANNEL}/p${cardTs.replace('.', '')}`;
    await slack.command(world.botUrl, {
      command: '/support',
      text: `show ${link}`,
      user: BOB,
      channel: CHANNEL,
    });
    await until(() => toldTo(slack, BOB).some((told) => told.includes('Case 1234563851')), 'the answer');
  });

  for (const isContinued of [false, true]) {
    it(`the first message, and the store is lost${isContinued ? ', after the case went on' : ''}: nothing is said again`, async () => {
      const { aws, slack, until, cardTs } = await start();
      slack.deleteMessage(CHANNEL, cardTs);
      if (isContinued) {
        aws.reply(caseId, { from: 'aws', body: 'Second answer.' });
        await until(() => threads()[1]?.texts.length === 1, 'the new thread');
        await quiet();
      }
      await loseStore(world);
      await world.restart();
      aws.reply(caseId, { from: 'customer', body: 'One more.' });
      await until(() => said('One more.') === 1, 'the news');
      await quiet();
      assert.equal(threads().length, 2);
      assert.match(threads()[1]?.texts.at(-1) ?? '', /One more\.$/);
      assert.ok(threads()[1]?.card.includes(SAYS_SO));
      for (const text of ['Opening.', 'First answer.', 'One more.']) assert.equal(said(text), 1, text);
    });
  }
});
