import assert from 'node:assert/strict';
import { stringify } from 'node:querystring';
import { mentionsOf } from '../../src/sandbox/slack/start-slack.js';
import { openSqliteStorage } from '../../src/storage/sqlite-storage.js';
import { message } from '../contract/store/samples.js';
import { signed } from '../fuzz/signed.js';
import { count, entries, onlyThread, toldTo } from '../world/reading.js';
import { ACCOUNT, ALICE, BOB, CHANNEL, startWorld, type World, type WorldOptions } from '../world/world.js';

/** Words of an option. */
const plain = (text: string) => ({ type: 'plain_text', text, emoji: false });

describe('flow: people reply and resolve from Slack', () => {
  let world: World;
  afterEach(() => world.stop());

  const start = async (options?: WorldOptions) => {
    world = await startWorld(options);
    const opened = world.aws.openCase({ subject: 'Broken', body: 'It is broken.', displayId: '1234563851' });
    await world.until(() => onlyThread(world.slack).texts.length === 1, 'the thread');
    return { ...world, ...opened };
  };
  const type = (text: string, user = ALICE) =>
    world.slack.command(world.botUrl, { command: '/support', text, user, channel: CHANNEL });
  const told = (part: string, user = ALICE) =>
    world.until(() => toldTo(world.slack, user).some((text) => text.includes(part)), `"${part}" to ${user}`);
  /** What the menu of open cases offers when that is typed into it. */
  const choices = async (typed: string) => {
    const menu = world.slack.ephemerals.findLast(({ user }) => user === ALICE);
    assert.ok(menu);
    const asked = { ephemeral: menu, actionId: 'resolve_pick', user: ALICE, typed };
    return (await world.slack.suggest(world.botUrl, asked)).options;
  };
  const atAws = (caseId: string) => world.aws.case(caseId).communications.map((each) => each.body);

  it('sends a reply, says so at once and when AWS has it, and shows it once, by name', async () => {
    const { slack, until, caseId } = await start();
    const answer = await type('reply 1234563851 Please look at log line 7.');
    assert.match(answer.body, /Sending your reply/);
    await told('AWS has your reply');
    await until(() => onlyThread(slack).texts.length === 2, 'the entry');
    assert.match(
      atAws(caseId)[1] ?? '',
      /^Please look at log line 7\.\n\n— Alice Example, via Slack · ref [a-z0-9]{10}$/,
    );
    assert.match(
      onlyThread(slack).texts[1] ?? '',
      /^Alice Example, from Slack · .*\nPlease look at log line 7\.$/,
    );
    const [done] = slack.ephemerals.filter((each) => each.text.includes('AWS has your reply'));
    assert.match(
      done?.text ?? '',
      /<https:\/\/acme\.slack\.com\/archives\/C0CASES0001\/p\d+\|Case 1234563851>/,
    );
    // The event of our own reply has come by now as well.
    await world.bridge.idle();
    assert.equal(count(onlyThread(slack).texts, 'log line 7'), 1);
  });

  it('takes a case by display id, case id, console link and link to the thread', async () => {
    const { slack, until, caseId } = await start();
    const thread = `https://acme.slack.com/archives/${CHANNEL}/p${onlyThread(slack).card.ts.replace('.', '')}`;
    const console = 'https://console.aws.amazon.com/support/home#/case/?displayId=1234563851&language=en';
    for (const [i, typed] of ['1234563851', caseId, console, thread].entries()) {
      await type(`reply ${typed} way ${i}`);
      await until(() => atAws(caseId).some((body) => body.startsWith(`way ${i}`)), typed);
    }
  });

  it('turns mentions, channels and links into plain names and addresses', async () => {
    const { until, caseId } = await start();
    await type('reply 1234563851 @bob in #aws-cases says a < b && c > d, see https://example.com/?a=1&b=2');
    await until(() => atAws(caseId).length === 2, 'the reply');
    assert.ok(
      atAws(caseId)[1]?.startsWith(
        '@bob in #aws-cases says a < b && c > d, see https://example.com/?a=1&b=2\n\n—',
      ),
      atAws(caseId)[1],
    );
    assert.deepEqual(onlyThread(world.slack).replies.flatMap(mentionsOf), []);
  });

  it('refuses more than AWS takes, with the count', async () => {
    const { caseId } = await start();
    const { body } = await type(`reply 1234563851 ${'x'.repeat(8_001)}`);
    assert.match(body, /8,001 characters, so nothing was sent/);
    assert.equal(atAws(caseId).length, 1);
  });

  it('answers a command that Slack sends twice without saying anything twice', async () => {
    const { slack, until, caseId } = await start();
    await type('reply 1234563851 Only once.');
    const request = slack.lastRequest;
    assert.ok(request);
    await slack.resend(request);
    await until(() => onlyThread(slack).texts.length === 2, 'the entry');
    await told('AWS has your reply');
    assert.equal(count(atAws(caseId), 'Only once.'), 1);
  });

  it('sends what was kept when the process was killed before it marked the case', async () => {
    const { until, caseId, environment } = await start();
    await world.stopBot();
    const storage = await openSqliteStorage({
      path: String(environment.DATABASE_PATH),
      now: Date.now,
      parkedMs: 1_000,
    });
    const key = { account: ACCOUNT, caseId };
    await storage.store.addToOutbox(message({ key, user: ALICE, channel: CHANNEL, text: 'Kept.' }));
    await storage.close();
    await world.restart();
    await told('AWS has your reply');
    await until(() => count(onlyThread(world.slack).texts, 'Kept.') === 1, 'the entry');
    assert.equal(count(atAws(caseId), 'Kept.'), 1);
  });

  it('keeps the order of two replies that follow each other at once', async () => {
    const { until, caseId } = await start();
    await Promise.all([type('reply 1234563851 first'), type('reply 1234563851 second', BOB)]);
    await until(() => atAws(caseId).length === 3, 'both');
    await until(() => onlyThread(world.slack).texts.length === 3, 'both entries');
  });

  it('asks before a reply reopens a resolved case, and sends it after the click', async () => {
    const { aws, slack, until, caseId, botUrl } = await start();
    // Resolved without an event: what we remember would say that it is open.
    aws.resolve(caseId, { silent: true });
    await type('reply 1234563851 It is back.');
    await told('it would reopen the case');
    assert.equal(atAws(caseId).length, 1);
    const asked = slack.ephemerals.find((each) => each.text.includes('reopen'));
    assert.ok(asked);
    await slack.click(botUrl, { ephemeral: asked, actionId: 'reply_reopen', user: ALICE });
    await slack.click(botUrl, { ephemeral: asked, actionId: 'reply_reopen', user: ALICE });
    await told('AWS has your reply');
    await until(() => count(onlyThread(slack).texts, 'It is back.') === 1, 'the entry');
    assert.equal(atAws(caseId).length, 2);
    assert.equal(aws.case(caseId).status, 'reopened');
    await until(
      () => count(onlyThread(slack).texts, 'Reopened by Alice Example, from Slack') === 1,
      'who reopened',
    );
  });

  it('sends nothing when the person cancels', async () => {
    const { aws, slack, caseId, botUrl } = await start();
    aws.resolve(caseId);
    await type('reply 1234563851 Never mind.');
    await told('it would reopen the case');
    const asked = slack.ephemerals.find((each) => each.text.includes('reopen'));
    assert.ok(asked);
    await slack.click(botUrl, { ephemeral: asked, actionId: 'outbox_cancel', user: ALICE });
    await told('Not sent');
    assert.equal(atAws(caseId).length, 1);
  });

  it('resolves, names the person once however often the event comes, and says when it was resolved already', async () => {
    const { aws, slack, until, bridge } = await start();
    bridge.repeat = 3;
    const answer = await type('resolve 1234563851');
    assert.match(answer.body, /Resolving/);
    await told('is resolved');
    await until(() => onlyThread(slack).texts.length === 2, 'the entry');
    await bridge.idle();
    assert.match(onlyThread(slack).texts[1] ?? '', /Resolved by Alice Example, from Slack/);
    await type('resolve 1234563851', BOB);
    await told('was resolved already', BOB);
    assert.equal(count(onlyThread(slack).texts, 'Resolved'), 1);
    assert.equal(aws.events.filter((event) => event.detail['event-name'] === 'ResolveCase').length, 1);
  });

  it('offers the open cases when no case is named', async () => {
    const { aws, slack, until, caseId, botUrl } = await start();
    await type('resolve');
    const [option] = await choices('');
    assert.equal(option?.value, `111122223333/${caseId}`);
    const menu = slack.ephemerals.at(-1);
    assert.ok(menu);
    await slack.click(botUrl, {
      ephemeral: menu,
      actionId: 'resolve_pick',
      user: ALICE,
      selectedOption: option,
    });
    await until(() => aws.case(caseId).status === 'resolved', 'the resolving');
    await told('is resolved');
  });

  it('offers open cases as one types, and none to people of another company', async () => {
    const { aws, slack, until, caseId } = await start();
    aws.openCase({ subject: 'Full disk', body: 'b', displayId: '1702000001' });
    await until(() => entries(slack).length === 2, 'the second thread');
    await type('resolve');
    const typing = async (typed: string) => (await choices(typed)).map(({ text }) => text);
    assert.deepEqual(await typing('12345'), [plain('Case 1234563851: Broken')]);
    assert.deepEqual(await typing('DISK case'), [plain('Case 1702000001: Full disk')]);
    assert.deepEqual(await typing('nothing'), []);
    aws.resolve(caseId);
    await until(() => count(entries(slack).flat(), 'Resolved') === 1, 'the resolving');
    await until(async () => (await typing('')).length === 1, 'one open case');
    const body = stringify({
      payload: JSON.stringify({
        type: 'block_suggestion',
        action_id: 'resolve_pick',
        block_id: 'b',
        value: '',
        token: 't',
        team: { id: slack.app.teamId, domain: 'acme' },
        user: { id: BOB, name: 'bob', team_id: 'T0PARTNER01' },
        api_app_id: slack.app.appId,
        container: {},
      }),
    });
    const headers = { 'content-type': 'application/x-www-form-urlencoded', ...signed(body) };
    const answer = await fetch(`${world.botUrl}/slack/events`, { method: 'POST', body, headers });
    assert.deepEqual(await answer.json(), { options: [] });
  });

  it('resolves no case that a client made up', async () => {
    const { aws, slack, until, botUrl } = await start();
    for (const value of ['111122223333/case-nosuch', '/', 'x/', 'nonsense']) {
      await type('resolve');
      const menu = slack.ephemerals.at(-1);
      assert.ok(menu);
      const selectedOption = { text: plain('x'), value };
      await slack.click(botUrl, { ephemeral: menu, actionId: 'resolve_pick', user: ALICE, selectedOption });
      await until(
        () => /is not a case|I find no case/.test(toldTo(slack, ALICE).at(-1) ?? ''),
        `an answer to ${value}`,
      );
    }
    assert.ok(aws.cases().every(({ status }) => status !== 'resolved'));
    assert.equal(count(world.log, 'a command failed'), 0);
  });

  it('sends replies past entries that are still to be posted', async () => {
    const { aws, slack, until, caseId } = await start();
    const held = slack.fault('chat.postMessage', { kind: 'hold-before' });
    aws.reply(caseId, { from: 'aws', body: 'Slow entry.' });
    await held.reached;
    await type('reply 1234563851 Quick reply.');
    await until(() => atAws(caseId).length === 3, 'the reply at AWS');
    held.release();
    await until(() => onlyThread(slack).texts.length === 3, 'both entries');
  });

  it('finds a case at AWS that it has not met yet, and follows it from then on', async () => {
    const { aws, slack, until } = await start();
    const other = aws.openCase({
      subject: 'Unmet',
      body: 'Unmet text.',
      displayId: '9876543210',
      silent: true,
    });
    await type('reply 9876543210 Hello there.');
    await until(() => atAws(other.caseId).length === 2, 'the reply');
    await until(() => slack.threads(CHANNEL).length === 2, 'its thread');
  });
});
