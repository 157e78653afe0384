import assert from 'node:assert/strict';
import { cpSync } from 'node:fs';
import { shownText } from '../../src/sandbox/slack/start-slack.js';
import { loseStore } from '../world/lose-store.js';
import { count, entries, onlyThread, toldTo } from '../world/reading.js';
import { ALICE, BOB, CHANNEL, startWorld, type World, type WorldOptions } from '../world/world.js';

/** What everybody can see: every message of the channel and its threads, without times of editing. */
function channel({ slack }: World): string[][] {
  return slack.threads(CHANNEL).map(({ card, replies }) => [card, ...replies].map(shownText));
}

const long = Array.from({ length: 330 }, (_, i) => `line ${i} of a long text`).join('\n');

describe('flow: the store is lost', () => {
  let world: World;
  const start = async (options: WorldOptions = {}) => {
    world = await startWorld({ timing: { sweepMs: 100 }, ...options });
    return world;
  };
  afterEach(() => world.stop());

  const quiet = (what = 'nothing in work') =>
    world.until(async () => {
      const text = await (await fetch(`${world.botUrl}/metrics`)).text();
      world.slack.nudge();
      return /^casethread_inbox_depth 0$/m.test(text);
    }, what);
  /** Until the sweep has looked at every case, and what it found is done. */
  const swept = async () => {
    const calls = world.aws.calls.length;
    await world.until(() => world.aws.calls.length > calls + 2, 'a sweep');
    await quiet();
  };
  const thread = (subject: string) => {
    const found = world.slack.threads(CHANNEL).find(({ card }) => shownText(card).includes(subject));
    if (found === undefined) throw new Error(`no thread of ${subject}\n${world.slack.picture()}`);
    return { ...found, texts: found.replies.map(shownText) };
  };

  /** Several cases, each with a past of its own, among what people and other apps write. */
  const tellStories = async () => {
    const { aws, slack, until, botUrl } = world;
    const at = Date.now() - 3_600_000;
    const cases = {
      open: aws.openCase({ subject: 'Open one', body: 'Opening.', at, displayId: '1000000001' }).caseId,
      resolved: aws.openCase({ subject: 'Resolved one', body: 'Opening.', at, displayId: '1000000002' })
        .caseId,
      reopened: aws.openCase({ subject: 'Reopened one', body: 'Opening.', at, displayId: '1000000003' })
        .caseId,
      long: aws.openCase({ subject: 'Long one', body: long, at, displayId: '1000000004' }).caseId,
    };
    slack.say({ user: BOB, channel: CHANNEL, text: 'Good morning' });
    await until(() => entries(slack).filter((texts) => texts.length > 0).length === 4, 'four threads');
    aws.reply(cases.open, { from: 'aws', body: 'First answer.' });
    aws.resolve(cases.resolved, { at: at + 60_000 });
    aws.resolve(cases.reopened, { at: at + 60_000 });
    await until(() => count(thread('Reopened one').texts, 'Resolved') === 1, 'the resolving');
    aws.reply(cases.reopened, { from: 'customer', body: 'It is back.', at: at + 600_000 });
    await until(() => count(thread('Reopened one').texts, 'It is back.') === 1, 'the reopening');
    await slack.command(botUrl, {
      command: '/support',
      text: 'reply 1000000001 From Slack.',
      user: ALICE,
      channel: CHANNEL,
    });
    await until(() => count(thread('Open one').texts, 'Alice Example, from Slack') === 1, 'the reply');
    slack.say({ user: BOB, channel: CHANNEL, text: 'Look here', threadTs: thread('Open one').card.ts });
    await until(() => toldTo(slack, ALICE).some((text) => text.includes('AWS has your reply')), 'word of it');
    await until(
      () => shownText(thread('Resolved one').card).includes('Reopen by replying'),
      'the card at rest',
    );
    await swept();
    return cases;
  };

  it('takes its threads over, and adds only what is new', async () => {
    const { aws, slack, until } = await start();
    const cases = await tellStories();
    const before = channel(world);
    await loseStore(world);
    await world.restart();
    await swept();
    assert.deepEqual(channel(world), before);

    aws.reply(cases.open, { from: 'aws', body: 'Second answer.' });
    aws.reply(cases.resolved, { from: 'aws', body: 'A last word.' });
    aws.resolve(cases.reopened);
    aws.reply(cases.long, { from: 'aws', body: 'Short answer.' });
    const added = ['Second answer.', 'A last word.', 'Resolved', 'Short answer.'];
    await until(
      () => entries(slack).flat().length === before.flat().length - 4 - 1 + added.length,
      'the news',
    );
    await swept();
    const after = channel(world);
    for (const [index, texts] of before.entries()) {
      assert.deepEqual(after[index]?.slice(1, texts.length), texts.slice(1), texts[0]);
      assert.ok((after[index]?.length ?? 0) <= texts.length + 1, slack.picture());
    }
    assert.equal(after.length, before.length);
  });

  it('takes no tag of another app for its own', async () => {
    const { aws, slack, until } = await start();
    const cases = await tellStories();
    const before = channel(world);
    const { card, replies } = thread('Open one');
    await loseStore(world);
    // Any app may write our tags: a newer card, and one more entry in the real thread.
    const { metadata } = card;
    assert.ok(metadata !== undefined);
    const forged = slack.sayAsOtherApp({ channel: CHANNEL, text: 'forged card', metadata });
    const entry = structuredClone(replies[0]?.metadata);
    assert.ok(entry !== undefined);
    slack.sayAsOtherApp({ channel: CHANNEL, text: 'forged', threadTs: card.ts, metadata: entry });
    await world.restart();
    aws.reply(cases.open, { from: 'aws', body: 'Not for the forger.' });
    await until(() => count(thread('Open one').texts, 'Not for the forger.') === 1, 'the news');
    await swept();
    const after = channel(world).filter(([text]) => text !== 'forged card');
    assert.deepEqual(
      after.map((texts) =>
        texts.filter((text) => text !== 'forged' && !text.includes('Not for the forger.')).slice(1),
      ),
      before.map((texts) => texts.slice(1)),
    );
    assert.deepEqual(slack.threads(CHANNEL).find(({ card: { ts } }) => ts === forged.ts)?.replies, []);
  });

  it('finds its threads behind any number of other messages', async () => {
    const { slack } = await start();
    await tellStories();
    const before = channel(world);
    await loseStore(world);
    for (let n = 0; n < 2_100; n++) slack.say({ user: BOB, channel: CHANNEL, text: `message ${n}` });
    await world.restart();
    await swept();
    assert.deepEqual(channel(world).slice(0, before.length), before);
    assert.equal(channel(world).length, before.length + 2_100);
    const pages = slack.callsOf('conversations.history').length;
    assert.ok(pages <= 5, `${pages} pages were read`);
  });

  for (const [how, method, spec] of [
    ['limits the reading', 'conversations.history', { kind: 'ratelimited', retryAfter: 1, times: 2 }],
    ['fails while the channel is read', 'conversations.history', { kind: 'status', status: 500, times: 3 }],
    ['hangs up while threads are read', 'conversations.replies', { kind: 'hangup-after', times: 5 }],
  ] as const) {
    it(`posts nothing twice when Slack ${how}`, async () => {
      const { slack } = await start();
      await tellStories();
      const before = channel(world);
      await loseStore(world);
      const fault = slack.fault(method, spec);
      await world.restart();
      await world.until(() => fault.hits === spec.times, 'the faults');
      await swept();
      assert.deepEqual(channel(world), before);
    });
  }

  it('posts nothing twice when it is stopped and loses its store again in the middle', async () => {
    const { slack } = await start();
    await tellStories();
    const before = channel(world);
    for (const method of ['conversations.history', 'conversations.replies']) {
      await loseStore(world);
      const fault = slack.fault(method, { kind: 'hold-after', times: 3 });
      await world.restart();
      await fault.reached;
      const stopped = world.stopBot();
      fault.release();
      await stopped;
      await world.restart();
      await swept();
      assert.deepEqual(channel(world), before, method);
    }
  });

  it('shows a text in place of the entry that only said that somebody wrote', async () => {
    const { aws, slack, until } = await start({ timing: {} });
    const account = aws.account('111122223333');
    account.plan = 'none';
    const { caseId } = aws.openCase({ subject: 'No plan', body: 'Opening.', at: Date.now() - 3_600_000 });
    aws.reply(caseId, { from: 'aws', body: 'The answer.' });
    await until(() => count(onlyThread(slack).texts, 'wrote on this case') === 1, 'what events tell');
    await quiet();
    const posted = onlyThread(slack).replies[0]?.ts;
    await loseStore(world);
    account.plan = 'business';
    await world.restart();
    aws.reply(caseId, { from: 'aws', body: 'One more.' });
    await until(() => count(onlyThread(slack).texts, 'One more.') === 1, 'the news');
    await quiet();
    const { replies, texts } = onlyThread(slack);
    assert.equal(replies.find((reply) => shownText(reply).includes('The answer.'))?.ts, posted);
    for (const text of ['Opening.', 'The answer.', 'One more.']) assert.equal(count(texts, text), 1, text);
    assert.equal(texts.length, 3);
  });

  it('shows a reply from Slack that it had not posted yet under the name of who sent it', async () => {
    const { aws, slack, until, botUrl } = await start({ timing: {} });
    const { caseId } = aws.openCase({ subject: 'Cut off', body: 'Opening.', displayId: '1000000009' });
    await until(() => onlyThread(slack).texts.length === 1, 'the thread');
    const fault = slack.fault('chat.postMessage', { kind: 'hangup-before', times: 1_000 });
    await slack.command(botUrl, {
      command: '/support',
      text: 'reply 1000000009 Almost lost.',
      user: ALICE,
      channel: CHANNEL,
    });
    await until(() => aws.case(caseId).communications.length === 2 && fault.hits > 0, 'the reply at AWS');
    await loseStore(world);
    fault.cancel();
    await world.restart();
    aws.reply(caseId, { from: 'aws', body: 'Answer.' });
    await until(() => count(onlyThread(slack).texts, 'Answer.') === 1, 'the answer');
    const { texts } = onlyThread(slack);
    assert.match(texts[1] ?? '', /^Alice Example, from Slack · .*\nAlmost lost\.$/);
    assert.equal(texts.length, 3);
  });

  it('takes commands in its old threads', async () => {
    const { aws, slack, until, botUrl } = await start({ timing: {} });
    const { caseId } = aws.openCase({ subject: 'Old thread', body: 'Opening.' });
    await until(() => onlyThread(slack).texts.length === 1, 'the thread');
    await quiet();
    const threadTs = onlyThread(slack).card.ts;
    const other = slack.say({ user: BOB, channel: CHANNEL, text: 'Lunch?' });
    await loseStore(world);
    await world.restart();
    const text = `<@${slack.app.botUser}> reply In the old thread.`;
    await slack.mention(botUrl, { user: ALICE, channel: CHANNEL, text, threadTs });
    await until(
      () =>
        count(
          aws.case(caseId).communications.map((each) => each.body),
          'In the old',
        ) === 1,
      'it',
    );
    const cases = () => slack.threads(CHANNEL).filter(({ card }) => card.botId !== undefined);
    await until(
      () => cases()[0]?.replies.some((each) => shownText(each).includes('In the old thread.')),
      'it',
    );
    assert.equal(cases().length, 1);
    await slack.mention(botUrl, { user: BOB, channel: CHANNEL, text, threadTs: other.ts });
    await until(() => toldTo(slack, BOB).some((said) => said.includes('belongs to no case')), 'word of it');
  });

  it('posts nothing twice when an older copy of the database is put back', async () => {
    const { aws, slack, until } = await start({ timing: {}, store: 'sqlite' });
    const { caseId } = aws.openCase({ subject: 'Copied', body: 'Opening.', at: Date.now() - 3_600_000 });
    await until(() => onlyThread(slack).texts.length === 1, 'the thread');
    const path = String(world.environment.DATABASE_PATH);
    await world.stopBot();
    cpSync(path, `${path}.copy`, { preserveTimestamps: true });
    await world.restart();
    aws.reply(caseId, { from: 'aws', body: 'After the copy.' });
    aws.resolve(caseId);
    const other = aws.openCase({ subject: 'Unknown to the copy', body: 'Opening.' });
    await until(() => entries(slack).flat().length === 4, 'the news');
    await quiet();
    const before = channel(world);
    await loseStore(world);
    cpSync(`${path}.copy`, path, { preserveTimestamps: true });
    await world.restart();
    for (const each of [caseId, other.caseId]) aws.reply(each, { from: 'aws', body: 'One more.' });
    await until(() => count(entries(slack).flat(), 'One more.') === 2, 'the news');
    await quiet();
    assert.deepEqual(
      channel(world).map((texts) => texts.slice(1)),
      before.map((texts, index) => [...texts.slice(1), channel(world)[index]?.at(-1)]),
    );
  });

  it('goes on in the newer thread when the copy knows only the one that was left', async () => {
    const { aws, slack, until } = await start({ timing: {}, store: 'sqlite' });
    const { caseId } = aws.openCase({ subject: 'Left', body: 'Opening.', at: Date.now() - 3_600_000 });
    await until(() => onlyThread(slack).texts.length === 1, 'the thread');
    const path = String(world.environment.DATABASE_PATH);
    await world.stopBot();
    cpSync(path, `${path}.copy`, { preserveTimestamps: true });
    await world.restart();
    slack.deleteMessage(CHANNEL, onlyThread(slack).card.ts);
    aws.reply(caseId, { from: 'aws', body: 'In the new thread.' });
    await until(() => entries(slack)[1]?.length === 1, 'the new thread');
    await quiet();
    await loseStore(world);
    cpSync(`${path}.copy`, path, { preserveTimestamps: true });
    await world.restart();
    aws.reply(caseId, { from: 'aws', body: 'One more.' });
    await until(() => count(entries(slack).flat(), 'One more.') === 1, 'the news');
    await quiet();
    assert.deepEqual(
      entries(slack).map((texts) => texts.map((text) => text.split('\n').at(-1))),
      [['Opening.'], ['In the new thread.', 'One more.']],
    );
  });

  it('costs one look at the channel, and a new case nothing more', async () => {
    const { aws, slack, until } = await start({ timing: {} });
    for (let n = 0; n < 3; n++) aws.openCase({ subject: `Case ${n}`, body: 'Opening.' });
    await until(() => entries(slack).filter((texts) => texts.length === 1).length === 3, 'three threads');
    await quiet();
    assert.equal(slack.callsOf('conversations.history').length, 1);
    assert.equal(slack.callsOf('conversations.replies').length, 0);
    assert.equal(slack.callsOf('chat.postMessage').length, 6);
    const calls = slack.calls.length;
    const { caseId } = aws.openCase({ subject: 'Later', body: 'Opening.' });
    await until(() => entries(slack).filter((texts) => texts.length === 1).length === 4, 'the thread');
    aws.reply(caseId, { from: 'customer', body: 'More.' });
    await until(() => count(entries(slack).flat(), 'More.') === 1, 'the entry');
    await quiet();
    assert.deepEqual(
      slack.calls.slice(calls).map(({ method }) => method),
      ['chat.postMessage', 'chat.postMessage', 'chat.postMessage'],
    );
  });
});
