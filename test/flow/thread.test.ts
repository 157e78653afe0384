import assert from 'node:assert/strict';
import { deliver } from '../../src/sandbox/aws/event-bridge.js';
import { linksOf, mentionsOf, shownText } from '../../src/sandbox/slack/start-slack.js';
import { Database } from '../../src/sqlite/database.js';
import { linksIn } from '../slack/layout/seen.js';
import { count, entries, fixture, onlyThread } from '../world/reading.js';
import { CHANNEL, EVENT_KEY, startWorld, type World, type WorldOptions } from '../world/world.js';

describe('flow: a case is a thread', () => {
  let world: World;
  const start = async (options?: WorldOptions) => {
    world = await startWorld(options);
    return world;
  };
  afterEach(() => world.stop());

  it('shows the card, the opening text, what each side says, and how it ends', async () => {
    const { aws, slack, until } = await start();
    const { caseId, displayId } = aws.openCase({
      subject: 'Instance does not start',
      body: 'Insufficient capacity.',
      severity: 'urgent',
    });
    await until(() => onlyThread(slack).texts.length === 1, 'the opening text');
    aws.reply(caseId, { from: 'aws', body: 'Which instance type is it?' });
    await until(() => onlyThread(slack).texts.length === 2, 'the answer from AWS');
    await until(() => shownText(onlyThread(slack).card).includes('Waiting for us'), 'our turn');
    aws.reply(caseId, { from: 'customer', body: 'It is m7i.large.' });
    await until(() => onlyThread(slack).texts.length === 3, 'the reply in the console');
    await until(() => shownText(onlyThread(slack).card).includes('Waiting for AWS'), "AWS's turn");
    assert.ok(shownText(onlyThread(slack).card).includes('Production system down (urgent)'));
    aws.resolve(caseId);
    await until(() => onlyThread(slack).texts.length === 4, 'the resolving');
    await until(() => shownText(onlyThread(slack).card).includes('Reopen by replying'), 'the card at rest');

    const { card, texts } = onlyThread(slack);
    assert.match(
      texts[0] ?? '',
      /^janedoe@example\.com \(AdminRole\), outside Slack · .*\nInsufficient capacity\.$/,
    );
    assert.match(texts[1] ?? '', /^AWS Support · .*\nWhich instance type is it\?$/);
    assert.match(texts[2] ?? '', /outside Slack · .*\nIt is m7i\.large\.$/);
    assert.match(texts[3] ?? '', /Resolved · /);
    for (const fact of ['Instance does not start', `Case ${displayId}`, '111122223333']) {
      assert.ok(shownText(card).includes(fact), fact);
    }
    assert.ok(!shownText(card).includes('Insufficient capacity'), 'the card repeats no communication');
  });

  it('takes one Support call and one post for a new communication on a known case', async () => {
    const { aws, slack, until } = await start();
    const { caseId } = aws.openCase({ subject: 'Known', body: 'Known.' });
    for (let i = 0; i < 7; i++) {
      aws.reply(caseId, { from: 'aws', body: `answer ${i}`, at: Date.now() - 100_000 + i * 10_000 });
    }
    await until(() => onlyThread(slack).texts.length === 8, 'the conversation so far');
    await quiet(world);
    const [calls, posts] = [aws.calls.length, slack.callsOf('chat.postMessage').length];
    aws.reply(caseId, { from: 'aws', body: 'one more' });
    await until(() => onlyThread(slack).texts.length === 9, 'the new entry');
    assert.equal(aws.calls.length - calls, 1);
    assert.equal(slack.callsOf('chat.postMessage').length - posts, 1);
  });

  it('ends in the same threads for the documented events in order, reversed, and each three times', async () => {
    const events = (['CreateCase', 'AddCommunicationToCase', 'ResolveCase', 'ReopenCase'] as const).map(
      fixture,
    );
    const finished: string[][][] = [];
    for (const order of [events, events.toReversed(), events.flatMap((event) => [event, event, event])]) {
      const { aws, slack, until, botUrl } = await start({ bridge: false, aws: { retentionMonths: 'off' } });
      const [created, added, resolved, reopened] = events.map((event) => Date.parse(event.time));
      const first = aws.openCase({
        subject: 'From the documentation',
        body: 'Opening text.',
        caseId: events[0]?.detail['case-id'],
        displayId: events[0]?.detail['display-id'],
        at: created,
        silent: true,
      });
      aws.reply(first.caseId, { from: 'aws', body: 'Answer.', at: added, silent: true });
      aws.resolve(first.caseId, { at: resolved, silent: true });
      const second = aws.openCase({
        subject: 'The other one',
        body: 'Other text.',
        caseId: events[3]?.detail['case-id'],
        displayId: events[3]?.detail['display-id'],
        at: (reopened ?? 0) - 86_400_000,
        silent: true,
      });
      aws.setStatus(second.caseId, 'reopened');
      for (const event of order) {
        assert.equal((await deliver(`${botUrl}/aws/events`, EVENT_KEY, event)).status, 202);
      }
      await until(() => entries(slack).flat().length === 5, 'two threads');
      // What the last events add is only known once nothing is in work.
      await until(() => !entries(slack).flat().join().includes('· seen '), 'the time of the resolving');
      finished.push(entries(slack).sort((a, b) => b.length - a.length));
      await world.stop();
    }
    assert.equal(finished[0]?.length, 2);
    assert.match(
      finished[0]?.[0]?.join('\n') ?? '',
      /Opening text\.[\s\S]*AWS Support[\s\S]*Answer\.[\s\S]*Resolved/,
    );
    assert.match(finished[0]?.[1]?.join('\n') ?? '', /Other text\.[\s\S]*Reopened/);
    assert.deepEqual(finished[1], finished[0]);
    assert.deepEqual(finished[2], finished[0]);
    world = await startWorld();
  });

  it('shows both of two replies in the same second, also when they say the same', async () => {
    const { aws, slack, until } = await start();
    const at = Date.now() - 5_000;
    const { caseId } = aws.openCase({ subject: 'Ties', body: 'Opening.', at: at - 60_000 });
    await until(() => onlyThread(slack).texts.length === 1, 'the opening text');
    aws.reply(caseId, { from: 'aws', body: 'Done.', at });
    aws.reply(caseId, { from: 'aws', body: 'Done.', at });
    aws.reply(caseId, { from: 'aws', body: 'Another.', at });
    await until(() => onlyThread(slack).texts.length === 4, 'three entries');
    const { texts } = onlyThread(slack);
    assert.deepEqual([count(texts, 'Done.'), count(texts, 'Another.')], [2, 1]);
    assert.match(texts[3] ?? '', /Another\.$/);
  });

  it('opens a thread with the conversation so far, oldest first, on whatever event comes first', async () => {
    const { aws, slack, until } = await start();
    const began = Date.now() - 86_400_000;
    const { caseId } = aws.openCase({ subject: 'Old', body: 'message 0', at: began, silent: true });
    for (let i = 1; i < 30; i++) {
      const from = i % 2 === 0 ? 'customer' : 'aws';
      aws.reply(caseId, { from, body: `message ${i}`, at: began + i * 60_000, silent: true });
    }
    aws.reply(caseId, { from: 'aws', body: 'message 30' });
    await until(() => onlyThread(slack).texts.length === 31, 'the whole conversation');
    assert.deepEqual(
      onlyThread(slack).texts.map((text) => text.split('\n').at(-1)),
      Array.from({ length: 31 }, (_, i) => `message ${i}`),
    );
  });

  it('shows a long text whole, in several messages', async () => {
    const { aws, slack, until } = await start();
    const body = Array.from({ length: 700 }, (_, i) => `<${i}> & so`)
      .join('\n')
      .slice(0, 7_999);
    const { caseId } = aws.openCase({ subject: 'Long', body: 'Opening.' });
    aws.reply(caseId, { from: 'aws', body });
    await until(() => /· (\d) of \1/.test(onlyThread(slack).texts.at(-1) ?? ''), 'the last part');
    const parts = onlyThread(slack)
      .texts.slice(1)
      .map((text) => text.slice(text.indexOf('\n') + 1));
    // The stand-in puts blocks on lines of their own, so line ends at the seams do not count.
    assert.equal(parts.join('').replaceAll('\n', ''), body.replaceAll('\n', ''));
    for (const { text } of onlyThread(slack).replies) assert.ok(text.length <= 3_900);
  });

  it('lets the text of a case mention nobody and forge no link', async () => {
    const { aws, slack, until } = await start();
    const hostile =
      'Hi <!channel> @here <@U0ALICE0001> <!subteam^S1|@ops> <https://evil.example|AWS console> ```x``` *b*';
    const { caseId } = aws.openCase({ subject: hostile, body: hostile, submittedBy: '<!everyone> *Eve*' });
    aws.reply(caseId, { from: 'aws', body: hostile });
    await until(() => onlyThread(slack).texts.length === 2, 'both entries');
    const { card, replies, texts } = onlyThread(slack);
    for (const message of [card, ...replies]) {
      assert.deepEqual(mentionsOf(message), []);
      assert.deepEqual(
        linksOf(message).filter((link) => !link.startsWith('https://console.aws.amazon.com/support/')),
        // In a text, the address itself leads where it says.
        message === card ? [] : ['https://evil.example'],
      );
      for (const { url, text } of linksIn(message.blocks).filter(({ url }) => url.includes('evil')))
        assert.equal(text, url);
    }
    for (const text of [shownText(card), ...texts]) assert.ok(text.includes(hostile), text);
  });

  it('follows a case that AWS knows by another case id in one thread', async () => {
    const { aws, slack, until, bridge } = await start();
    const { caseId } = aws.openCase({ subject: 'Renamed', body: 'Opening.' });
    await until(() => onlyThread(slack).texts.length === 1, 'the thread');
    const event = aws.events[0];
    const newId = caseId.replace('-muen-', '-mufr-');
    aws.rename(caseId, newId);
    aws.reply(newId, { from: 'aws', body: 'Bonjour.' });
    bridge.send({
      ...event,
      time: new Date().toISOString(),
      detail: { ...event?.detail, 'event-name': 'ResolveCase' },
    });
    await until(() => count(onlyThread(slack).texts, 'Bonjour.') === 1, 'the answer in the same thread');
  });

  it('shows a resolving, the reopening within its second, and the reply that did it, in this order', async () => {
    const { aws, slack, until } = await start();
    const { caseId } = aws.openCase({ subject: 'At once', body: 'Opening.', at: Date.now() - 60_000 });
    await until(() => onlyThread(slack).texts.length === 1, 'the thread');
    const at = Date.now() - 10_000;
    aws.resolve(caseId, { at, silent: true });
    aws.reply(caseId, { from: 'customer', body: 'Still broken!', at, silent: true });
    const time = new Date(Math.floor(at / 1000) * 1000).toISOString();
    const events = aws.events.slice(0, 1).flatMap((event) =>
      (['ReopenCase', 'ResolveCase'] as const).map((name) => ({
        ...event,
        time,
        detail: { ...event.detail, 'event-name': name },
      })),
    );
    assert.equal((await deliver(`${world.botUrl}/aws/events`, EVENT_KEY, events)).status, 202);
    await until(() => onlyThread(slack).texts.length === 4, 'all of it');
    const order = onlyThread(slack).texts.map(
      (text) => /Opening|Resolved|Reopened|Still broken/.exec(text)?.[0],
    );
    assert.deepEqual(order, ['Opening', 'Resolved', 'Reopened', 'Still broken']);
  });

  it('keeps a case that another account calls by the same number apart', async () => {
    const { aws, slack, until, bridge } = await start({ timing: { appearsWithinMs: 300 } });
    aws.openCase({ subject: 'Ours', body: 'Opening.', displayId: '1234563851' });
    await until(() => onlyThread(slack).texts.length === 1, 'our thread');
    const detail = {
      ...fixture('AddCommunicationToCase').detail,
      'case-id': 'case-444455556666-muen-2026-1',
    };
    bridge.send({ ...fixture('AddCommunicationToCase'), account: '444455556666', detail });
    await until(() => slack.threads(CHANNEL).length === 2, 'the other thread');
    const cards = slack.threads(CHANNEL).map(({ card }) => shownText(card));
    assert.equal(count(cards, 'Ours'), 1);
    assert.match(cards[1] ?? '', /account 444455556666[\s\S]*AWS does not show this case/);
  });

  it('lives from the events alone when AWS may not be asked, says so, and catches up', async () => {
    const { aws, slack, until } = await start();
    const account = aws.account('111122223333');
    account.plan = 'none';
    const { caseId, displayId } = aws.openCase({ subject: 'No plan', body: 'Secret opening.' });
    aws.reply(caseId, { from: 'aws', body: 'The answer.' });
    aws.resolve(caseId);
    await until(() => onlyThread(slack).texts.length === 2, 'what events tell');
    const { card, texts } = onlyThread(slack);
    assert.match(shownText(card), /no support plan that includes the AWS Support API/);
    assert.ok(shownText(card).includes(`Case ${displayId}`));
    assert.match(texts[0] ?? '', /AWS Support wrote on this case/);
    assert.match(texts[1] ?? '', /Resolved/);

    account.plan = 'business';
    aws.reply(caseId, { from: 'customer', body: 'Thank you.' });
    await until(() => count(onlyThread(slack).texts, 'Thank you.') === 1, 'the texts');
    await until(() => shownText(onlyThread(slack).card).includes('No plan'), 'the subject on the card');
    const after = onlyThread(slack).texts;
    for (const text of ['Secret opening.', 'The answer.', 'Thank you.'])
      assert.equal(count(after, text), 1, text);
    assert.equal(count(after, 'wrote on this case'), 0);
    assert.ok(!shownText(onlyThread(slack).card).includes('no support plan'));
  });

  it('goes on in its thread after a kill between the two writes that say where it is', async () => {
    const { aws, slack, until, environment, stopBot, restart } = await start({ store: 'sqlite' });
    const { caseId } = aws.openCase({ subject: 'Killed', body: 'Opening.' });
    await until(() => onlyThread(slack).texts.length === 1, 'the opening text');
    await quiet(world);
    await stopBot();
    // The ledger has the card already, and the record no thread yet.
    const db = await Database.open(environment.DATABASE_PATH ?? '');
    assert.equal(await db.write(() => db.run('UPDATE cases SET thread_ts = NULL, shown = NULL')), 1);
    db.close();
    await restart();
    aws.reply(caseId, { from: 'aws', body: 'Answer.' });
    await until(
      () => slack.messages(CHANNEL).length > 1 || onlyThread(slack).texts.length === 2,
      'the answer',
    );
    assert.deepEqual(
      onlyThread(slack).texts.map((text) => text.split('\n').at(-1)),
      ['Opening.', 'Answer.'],
    );
  });
});

/** Waits until no case is waiting or in work. */
async function quiet(world: World): Promise<void> {
  for (;;) {
    const text = await (await fetch(`${world.botUrl}/metrics`)).text();
    if (/^casethread_inbox_depth 0$/m.test(text)) return;
  }
}
