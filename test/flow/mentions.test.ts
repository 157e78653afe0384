import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { mentionsOf } from '../../src/sandbox/slack/start-slack.js';
import { readTrail } from '../audit/read-trail.js';
import { count, onlyThread, toldTo } from '../world/reading.js';
import { ALICE, BOB, CHANNEL, SIGNING_SECRET, startWorld, type World } from '../world/world.js';

interface Sent {
  readonly event: Record<string, string>;
  readonly event_id: string;
}

describe('flow: @Casethread in a thread', () => {
  let world: World;
  let caseId: string;
  let threadTs: string;
  beforeEach(async () => {
    world = await startWorld();
    ({ caseId } = world.aws.openCase({ subject: 'Broken', body: 'Opening.', displayId: '1234563851' }));
    await world.until(() => onlyThread(world.slack).texts.length === 1, 'the thread');
    threadTs = onlyThread(world.slack).card.ts;
  });
  afterEach(() => world.stop());

  const bot = () => `<@${world.slack.app.botUser}>`;
  /** Writes to the bot, in the case's thread unless told otherwise. */
  const write = (text: string, { user = ALICE, thread = threadTs as string | null } = {}) =>
    world.slack.mention(world.botUrl, {
      user,
      channel: CHANNEL,
      text,
      ...(thread === null ? {} : { threadTs: thread }),
    });
  /** What Slack sent last: the event and its id. */
  const lastEvent = (): Sent => JSON.parse(world.slack.lastRequest?.body ?? '{}') as Sent;
  const sendAgain = async ({ event, event_id }: Sent, retryNum: number) => {
    const { status } = await world.slack.event(world.botUrl, event, { eventId: event_id, retryNum });
    return status;
  };
  /** A message of Alice's of which the bot has not been told yet. */
  const unsent = (text: string): Sent => {
    const said = world.slack.say({ user: ALICE, channel: CHANNEL, threadTs, text: `${bot()} ${text}` });
    const { user, channel, ts, text: full } = said;
    const event = { type: 'app_mention', user, channel, ts, text: full, thread_ts: threadTs, event_ts: ts };
    return { event, event_id: 'Ev0UNSENT' };
  };
  /** A request of Slack's with what the stand-in never says. */
  const deliver = async (payload: object) => {
    const body = JSON.stringify(payload);
    const seconds = String(Math.floor(Date.now() / 1_000));
    const hash = createHmac('sha256', SIGNING_SECRET).update(`v0:${seconds}:${body}`).digest('hex');
    const headers = { 'x-slack-request-timestamp': seconds, 'x-slack-signature': `v0=${hash}` };
    const { status } = await fetch(`${world.botUrl}/slack/events`, {
      method: 'POST',
      body,
      headers: { 'content-type': 'application/json', ...headers },
    });
    assert.equal(status, 200);
  };
  const told = (part: string | RegExp, user = ALICE) =>
    world.until(
      () => toldTo(world.slack, user).find((text) => text.match(part) !== null),
      `"${part}" to ${user}`,
    );
  const atAws = () => world.aws.case(caseId).communications.map((each) => each.body);
  const nothingHappened = () => {
    assert.deepEqual(atAws(), ['Opening.']);
    assert.equal(world.aws.case(caseId).status === 'resolved', false);
  };

  it('sends a reply once, line breaks and all, and answers only the person, in the thread', async () => {
    const { slack, until } = world;
    await write('reply Please look at\n\n  log line 7.');
    await told('Sending your reply on Case 1234563851');
    await told('AWS has your reply');
    await until(() => onlyThread(slack).replies.length === 3, 'the entry');
    const [, typed, entry] = onlyThread(slack).texts;
    assert.match(typed ?? '', /reply Please look at/);
    assert.match(entry ?? '', /^Alice Example, from Slack · .*\nPlease look at\n\n {2}log line 7\.$/);
    assert.match(
      atAws()[1] ?? '',
      /^Please look at\n\n {2}log line 7\.\n\n— Alice Example, via Slack · ref [a-z0-9]{10}$/,
    );
    assert.equal(atAws().length, 2);
    assert.deepEqual(
      slack.ephemerals.map((each) => [each.user, each.threadTs]),
      [
        [ALICE, threadTs],
        [ALICE, threadTs],
      ],
    );
  });

  it('takes the bot by its label, a colon, and words in capitals', async () => {
    await write(`<@${world.slack.app.botUser}|casethread>: REPLY: It is back.`);
    await world.until(() => atAws().length === 2, 'the reply');
    assert.match(atAws()[1] ?? '', /^It is back\.\n\n—/);
  });

  it('turns mentions, channels, links and escapes into what people read', async () => {
    await write(
      `${bot()} reply <@${BOB}> in <#${CHANNEL}> says a &lt; b &amp;&amp; c, see <https://example.com/?a=1&amp;b=2|here>, ask ${bot()}`,
    );
    await world.until(() => atAws().length === 2, 'the reply');
    assert.match(
      atAws()[1] ?? '',
      /^@Bob Sample in #aws-cases says a < b && c, see here \(https:\/\/example\.com\/\?a=1&b=2\), ask @\S+\n\n—/i,
    );
  });

  it('sends and says nothing again when Slack sends the event again, also after a restart', async () => {
    await write('reply Only once.');
    const event = lastEvent();
    for (const retryNum of [1, 2, 3]) assert.equal(await sendAgain(event, retryNum), 200);
    await told('AWS has your reply');
    await world.until(() => count(onlyThread(world.slack).texts, 'Alice Example, from Slack') === 1, 'entry');
    await world.restart();
    assert.equal(await sendAgain(event, 3), 200);
    // What comes behind has been answered: nothing of what came before is under way.
    await write('help');
    await told(/@Casethread reply <text>/);
    assert.equal(toldTo(world.slack, ALICE).length, 3);
    assert.equal(count(atAws(), 'Only once.'), 1);
  });

  it('shows a case once, although the event comes again, with another id, and after a restart', async () => {
    await write('show');
    await told('Opening.');
    const { length } = toldTo(world.slack, ALICE);
    const sent = lastEvent();
    assert.equal(await sendAgain(sent, 1), 200);
    await world.restart();
    assert.equal(await sendAgain(sent, 2), 200);
    // One message may come as two events, even with different times.
    assert.equal(await sendAgain({ ...sent, event_id: 'Ev0OTHER' }, 1), 200);
    const later = { ...sent.event, ts: '1700000000.000100', event_ts: '1700000000.000100' };
    assert.equal(await sendAgain({ event: later, event_id: 'Ev0THIRD' }, 1), 200);
    await write('help');
    await told(/@Casethread reply <text>/);
    assert.equal(toldTo(world.slack, ALICE).length, length + 1);
  });

  it('sends one reply when the event comes several times at once', async () => {
    const sent = unsent('reply At once.');
    const statuses = await Promise.all([1, 2, 3].map((retryNum) => sendAgain(sent, retryNum)));
    assert.deepEqual(statuses, [200, 200, 200]);
    await told('AWS has your reply');
    assert.equal(toldTo(world.slack, ALICE).length, 2);
    assert.equal(count(atAws(), 'At once.'), 1);
  });

  it('answers at the second delivery when nobody could be told at the first', async () => {
    const { slack } = world;
    const faults = ['chat.postEphemeral', 'chat.postMessage'].map((method) =>
      slack.fault(method, { kind: 'error', error: 'internal_error', times: 100 }),
    );
    const sent = unsent('show');
    assert.equal(await sendAgain(sent, 0), 503);
    assert.equal(toldTo(slack, ALICE).length, 0);
    for (const fault of faults) fault.cancel();
    assert.equal(await sendAgain(sent, 1), 200);
    assert.equal(count(toldTo(slack, ALICE), 'Opening.'), 1);
  });

  it('does not send an event again of which nobody can be told at all', async () => {
    const { slack } = world;
    for (const method of ['chat.postEphemeral', 'chat.postMessage'])
      slack.fault(method, { kind: 'error', error: 'channel_not_found', times: 100 });
    assert.equal(await sendAgain(unsent('show'), 0), 200);
  });

  it('takes two messages with the same words as two replies', async () => {
    await write('reply Ping.');
    await write('reply Ping.');
    await world.until(() => count(atAws(), 'Ping.') === 2, 'both');
  });

  it('resolves, and names the person in the thread', async () => {
    await write('resolve.');
    await told('is resolved');
    await world.until(() => count(onlyThread(world.slack).texts, 'Resolved by Alice Example') === 1, 'entry');
    assert.equal(world.aws.case(caseId).status, 'resolved');
    assert.equal(world.slack.ephemerals.at(-1)?.threadTs, threadTs);
  });

  it('shows the case as it stands at AWS now', async () => {
    world.aws.reply(caseId, { from: 'aws', body: 'Not told of yet.', silent: true });
    await write('show');
    await told(/Broken[\s\S]*Waiting for us/);
    await told('Not told of yet.');
    assert.ok(world.slack.ephemerals.every((each) => each.threadTs === threadTs));
  });

  for (const [text, expected] of [
    ['', /@Casethread reply <text>/],
    ['help', /:eyes: on it: the case is yours.*Follow and Mute .*Who is on this/],
    ['Help', /@Casethread reply <text>/],
    ['relpy It works.', /“relpy”, so nothing was done.* Did you mean @Casethread reply\?/],
    ['thank you!', /don't know “thank”, so nothing was done.*@Casethread reply and your text/],
    ['constructor', /don't know “constructor”/],
    ['<!channel> reply x', /nothing was done/],
    ['list', /type \/support list in a channel/],
    ['reply', /text is missing, so nothing was sent.*@Casethread reply and your text/],
    ['reply  \n ', /text is missing/],
    ['resolve 9876543210', /take nothing behind them, so nothing was done/],
    ['resolve it tomorrow', /nothing was done/],
    ['show 9876543210', /take nothing behind them/],
    [`reply ${'x'.repeat(8_001)}`, /8,001 characters, so nothing was sent/],
  ] as const) {
    it(`"${text.slice(0, 30)}" is answered with what to do, and nothing is sent`, async () => {
      await write(text);
      await told(expected);
      assert.deepEqual(world.slack.ephemerals.flatMap(mentionsOf), []);
      assert.equal(world.slack.ephemerals.at(-1)?.threadTs, threadTs);
      nothingHappened();
    });
  }

  it('sends nothing of talk about the bot', async () => {
    for (const text of [`ask ${bot()} reply later`, `<@${BOB}> ${bot()} resolve`, `&gt; ${bot()} resolve`]) {
      await write(text);
    }
    await world.until(
      () => count(toldTo(world.slack, ALICE), 'messages that begin with my name') === 3,
      'hints',
    );
    nothingHappened();
  });

  it('does nothing outside of threads, and in the thread of no case', async () => {
    const other = world.slack.say({ user: BOB, channel: CHANNEL, text: 'Lunch?' });
    await write('reply Where am I?', { thread: null });
    await told(/not in the thread of a case, so nothing was done/);
    assert.equal(world.slack.ephemerals.at(-1)?.threadTs, undefined);
    await write('list', { thread: null });
    await told(/list goes with the slash command only: type \/support list here/);
    await write('resolve', { thread: other.ts });
    await told(/belongs to no case, so nothing was done/);
    assert.equal(world.slack.ephemerals.at(-1)?.threadTs, other.ts);
    await write(`hello ${bot()} reply foo`, { thread: other.ts });
    await told(/belongs to no case, and I act only on messages that begin with my name, so nothing was sent/);
    nothingHappened();
  });

  it('asks before a reply reopens a resolved case, and sends it after the click', async () => {
    const { aws, slack, until, botUrl } = world;
    // Resolved without an event: what is remembered would say that it is open.
    aws.resolve(caseId, { silent: true });
    await write('reply It is back.');
    await told('it would reopen the case');
    assert.equal(atAws().length, 1);
    const asked = slack.ephemerals.find((each) => each.text.includes('reopen'));
    assert.equal(asked?.threadTs, threadTs);
    await slack.click(botUrl, { ephemeral: asked, actionId: 'reply_reopen', user: ALICE });
    await told('AWS has your reply');
    assert.equal(atAws().length, 2);
    assert.equal(aws.case(caseId).status, 'reopened');
    await until(() => count(onlyThread(slack).texts, 'Reopened by Alice Example, from Slack') === 1, 'entry');
    // The question has given way to what became of it, and the end is told in the thread.
    assert.equal(count(toldTo(slack, ALICE), 'reopen the case'), 0);
    assert.equal(slack.ephemerals.at(-1)?.threadTs, threadTs);
  });

  it('sends nothing when the person cancels', async () => {
    world.aws.resolve(caseId);
    await write('reply Never mind.');
    await told('it would reopen the case');
    const asked = world.slack.ephemerals.find((each) => each.text.includes('reopen'));
    assert.ok(asked);
    await world.slack.click(world.botUrl, { ephemeral: asked, actionId: 'outbox_cancel', user: ALICE });
    await told('Not sent');
    assert.equal(atAws().length, 1);
  });

  it('ignores bots, its own messages, and edited ones', async () => {
    const { slack, botUrl } = world;
    const event = {
      type: 'app_mention',
      channel: CHANNEL,
      thread_ts: threadTs,
      text: `${bot()} reply By nobody.`,
      team: slack.app.teamId,
      user: ALICE,
    };
    const changes = [
      { bot_id: 'B0OTHER' },
      { subtype: 'bot_message', user: undefined },
      { user: slack.app.botUser, bot_id: slack.app.botId },
      { user: slack.app.botUser },
      { edited: { user: ALICE, ts: '1.2' } },
    ];
    for (const [index, change] of changes.entries()) {
      const ts = `17000000${index}0.000100`;
      const inner = JSON.parse(JSON.stringify({ ...event, ts, event_ts: ts, ...change }));
      assert.equal((await slack.event(botUrl, inner)).status, 200);
    }
    // What comes behind has been done: nothing of those before is under way.
    await write('reply By Alice.');
    await told('AWS has your reply');
    assert.equal(atAws().length, 2);
    assert.equal(toldTo(slack, ALICE).length, 2);
    assert.equal(slack.ephemerals.length, 2);
  });

  it('lets nobody of another company act who shares the channel', async () => {
    const { slack } = world;
    await write('show', { user: BOB });
    await told('Opening.', BOB);
    const envelope = JSON.parse(slack.lastRequest?.body ?? '{}');
    const event = { ...envelope.event, text: `${bot()} resolve`, team: 'T0FOREIGN', ts: '1700000000.000100' };
    delete event.client_msg_id;
    await deliver({
      ...envelope,
      event_id: 'Ev0FOREIGN',
      team_id: 'T0FOREIGN',
      event,
      is_ext_shared_channel: true,
    });
    await told('Only people of the workspace', BOB);
    nothingHappened();
    const [refusal] = await readTrail(world.environment);
    assert.deepEqual(
      [refusal?.user, refusal?.deed, refusal?.result, refusal?.why, refusal?.caseId],
      [BOB, 'resolve', 'refused', 'other-company', caseId],
    );
  });

  it('takes files with a text, and files alone with a line that names them', async () => {
    const { slack, botUrl } = world;
    const mention = (text: string, ...names: string[]) =>
      slack.mention(botUrl, {
        user: ALICE,
        channel: CHANNEL,
        threadTs,
        text,
        files: names.map((name) => ({ name, data: Buffer.from(`in ${name}`) })),
      });
    await mention('reply See the log.', 'app.log');
    await world.until(() => count(atAws(), 'See the log.') === 1, 'the reply with a text');
    await mention('reply', 'app.log', 'trace.txt');
    await world.until(() => count(atAws(), 'Attached: app.log, trace.txt') === 1, 'the reply without');
    assert.equal(count(toldTo(slack, ALICE), 'stay in Slack'), 0);
    const many = Array.from({ length: 11 }, (_, index) => `${index}.log`);
    await mention('reply Too many.', ...many);
    await told(/These are 11 files.*takes 10 with one reply/);
    assert.equal(atAws().length, 3);
  });

  it('does not show files again that came with the mention', async () => {
    const { slack, botUrl } = world;
    const files = [{ name: 'a.log', data: Buffer.from('in a.log') }];
    await slack.mention(botUrl, {
      user: ALICE,
      channel: CHANNEL,
      threadTs,
      text: 'reply See the log.',
      files,
    });
    const entry = 'Attached: a.log (in the message above)';
    await world.until(() => count(onlyThread(slack).texts, entry) === 1, 'the entry');
    world.aws.reply(caseId, { from: 'aws', body: 'Thank you.' });
    await world.until(() => count(onlyThread(slack).texts, 'Thank you.') === 1, 'the answer');
    const shown = onlyThread(slack).replies.filter((reply) => reply.files !== undefined);
    assert.deepEqual(
      shown.map(({ user }) => user),
      [ALICE],
    );
  });

  it('tells the person elsewhere when the thread takes no message', async () => {
    const { slack } = world;
    slack.fault('chat.postEphemeral', {
      kind: 'error',
      error: 'thread_not_found',
      times: 2,
      when: (args) => args.thread_ts !== undefined,
    });
    await write('reply Anyhow.');
    await told('Sending your reply');
    await told('AWS has your reply');
    assert.deepEqual(
      slack.ephemerals.map((each) => each.threadTs),
      [undefined, undefined],
    );
    slack.fault('chat.postEphemeral', { kind: 'error', error: 'user_not_in_channel', times: 2 });
    await write('help');
    const direct = () => slack.channels.find((channel) => channel.im === ALICE)?.id ?? '';
    await world.until(() => slack.messages(direct()).length === 1, 'the direct message');
  });

  it('acknowledges in time although AWS or Slack are slow', async () => {
    const { aws, slack, until } = world;
    const held = aws.fault('DescribeCases', { kind: 'hold-before' });
    const shown = write('show');
    await held.reached;
    // A repeated delivery waits for the first one, and says nothing more.
    await Promise.all([shown, sendAgain(lastEvent(), 1)]);
    assert.equal(toldTo(slack, ALICE).length, 0);
    held.release();
    await until(() => count(toldTo(slack, ALICE), 'Opening.') === 1, 'the answer');
    slack.fault('users.info', { kind: 'slow', ms: 4_000 });
    const began = performance.now();
    await write('reply Slowly.');
    assert.ok(performance.now() - began < 3_000);
    await until(() => count(atAws(), 'Slowly.') === 1, 'the reply');
  });

  it('writes no word of it into the log', async () => {
    await write('reply The password is correct-horse.');
    await told('AWS has your reply');
    await write('correct-horse');
    await told(/don't know/);
    assert.equal(count(world.log, 'correct-horse'), 0);
  });

  it('refuses a wrong signature, and answers Slack when it checks the address', async () => {
    const { slack, botUrl } = world;
    const event = { type: 'app_mention', user: ALICE, channel: CHANNEL, ts: '1.1', text: `${bot()} resolve` };
    const { status } = await slack.event(botUrl, { ...event, thread_ts: threadTs }, { signature: 'wrong' });
    assert.equal(status, 401);
    assert.equal((await slack.urlVerification(botUrl, 'a-challenge')).body.includes('a-challenge'), true);
    nothingHappened();
  });
});
