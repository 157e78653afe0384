import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { type Message, type ScreenView, shownText } from '../../src/sandbox/slack/start-slack.js';
import { count, onlyThread, toldTo } from '../world/reading.js';
import {
  ACCOUNT,
  ALICE,
  BOB,
  BOT_TOKEN,
  CHANNEL,
  SIGNING_SECRET,
  startWorld,
  type World,
} from '../world/world.js';

const SHORTCUT = 'send_to_aws';

describe('flow: the reply form', () => {
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

  const atAws = () => world.aws.case(caseId).communications.map((each) => each.body);
  const told = (part: string | RegExp, user = ALICE) =>
    world.until(
      () => toldTo(world.slack, user).find((text) => text.match(part) !== null),
      `"${part}" to ${user}`,
    );
  /** A message of the bot's with buttons, as the card has them. */
  const withButtons = async (thread = threadTs): Promise<Message> => {
    const text = { type: 'plain_text', text: 'Press' };
    const value = `${ACCOUNT}/${caseId}`;
    const elements = ['card_reply', 'card_resolve'].map((action_id) => ({
      type: 'button',
      text,
      action_id,
      value,
    }));
    const response = await fetch(`${world.slack.url}chat.postMessage`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${BOT_TOKEN}` },
      body: JSON.stringify({
        channel: CHANNEL,
        thread_ts: thread,
        text: 'Buttons',
        blocks: [{ type: 'actions', elements }],
      }),
    });
    const { ts } = (await response.json()) as { ts: string };
    const found = onlyThread(world.slack).replies.find((each) => each.ts === ts);
    assert.ok(found);
    return found;
  };
  const press = async (actionId: string, user = ALICE) =>
    world.slack.click(world.botUrl, { message: await withButtons(), actionId, user });
  const form = (user = ALICE): ScreenView => {
    const view = world.slack.modalOf(user);
    assert.ok(view, 'no form is open');
    return view;
  };
  const shown = (view = form()) => shownText({ text: '', blocks: view.view.blocks } as never);
  const open = async (): Promise<ScreenView> => {
    await press('card_reply');
    return form();
  };
  const send = (values: Parameters<typeof world.slack.submitView>[1]['values'], view = form()) =>
    world.slack.submitView(world.botUrl, { view, values: values ?? {}, user: view.user });
  const say = (text: string, more: { user?: string; thread?: string | null; files?: string[] } = {}) => {
    const { user = BOB, thread = threadTs, files = [] } = more;
    return world.slack.say({
      user,
      channel: CHANNEL,
      text,
      ...(thread === null ? {} : { threadTs: thread }),
      ...(files.length === 0
        ? {}
        : { files: files.map((name) => ({ name, data: Buffer.from(`in ${name}`) })) }),
    });
  };
  const choose = (message: Message, user = ALICE) =>
    world.slack.shortcut(world.botUrl, { callbackId: SHORTCUT, user, message });
  /** What an input begins with. */
  const inputs = (view = form()) =>
    view.view.blocks.flatMap((block) => {
      const element = block.element as { action_id?: string; initial_value?: string } | undefined;
      return block.type === 'input' && element?.action_id === 'text' ? [element.initial_value ?? ''] : [];
    });

  it('opens from the card before any call to AWS, and shows the case and what AWS will see', async () => {
    const { aws } = world;
    const before = aws.calls.length;
    await open();
    assert.equal(aws.calls.length, before);
    assert.match(shown(), /Case 1234563851.*Broken/);
    assert.match(shown(), /— Alice Example, via Slack · ref …/);
    assert.doesNotMatch(shown(), /reopens/);
    assert.equal(toldTo(world.slack, ALICE).length, 0);
  });

  it('sends 8,000 characters as one communication with the stamp, and tells only the person, in the thread', async () => {
    const { slack, botUrl } = world;
    const stamp = '\n\n— Alice Example, via Slack · ref 0123456789'.length;
    await open();
    for (const _ of [2, 3])
      await slack.click(botUrl, {
        view: form(),
        actionId: 'reply_more_room',
        user: ALICE,
        values: { 'text-1': { text: 'a'.repeat(3_000) } },
      });
    assert.deepEqual(inputs(), ['a'.repeat(3_000), '', '']);
    // There are three, and no button for a fourth.
    assert.equal(JSON.stringify(form().view).includes('reply_more_room'), false);
    const [one, two] = ['a'.repeat(3_000), 'b'.repeat(3_000)];
    const three = 'c'.repeat(8_000 - stamp - 6_002);
    await send({ 'text-1': { text: one }, 'text-2': { text: two }, 'text-3': { text: three } });
    assert.equal(slack.modalOf(ALICE), undefined);
    await told('Sending your reply on Case 1234563851');
    await told('AWS has your reply');
    const sent = atAws()[1] ?? '';
    assert.equal(sent.length, 8_000);
    assert.ok(sent.startsWith(`${one}\n${two}\n${three}\n\n— Alice Example, via Slack · ref `));
    assert.equal(atAws().length, 2);
    assert.ok(slack.ephemerals.every((each) => each.user === ALICE && each.threadTs === threadTs));
  });

  it('says under the inputs what is wrong, keeps the form, and sends nothing', async () => {
    const { slack } = world;
    const view = await open();
    await send({});
    assert.match(form().errors['text-1'] ?? '', /no text and no file, so nothing was sent/);
    await send({ text: '  \n ', cc: 'ops@example.com, nobody' });
    assert.deepEqual(Object.keys(form().errors), ['text-1', 'cc']);
    assert.match(form().errors.cc ?? '', /“nobody” is not an e-mail address/);
    await slack.click(world.botUrl, { view, actionId: 'reply_more_room', user: ALICE });
    await slack.click(world.botUrl, { view, actionId: 'reply_more_room', user: ALICE });
    const full = { text: 'x'.repeat(3_000) };
    await send({ 'text-1': full, 'text-2': full, 'text-3': full });
    assert.match(form().errors['text-1'] ?? '', /9,002 characters, so nothing was sent.* 7,9\d\d are left/);
    assert.equal(form().id, view.id);
    await send({ 'text-1': { text: 'Now it is right.' }, cc: 'ops@example.com' });
    assert.equal(slack.modalOf(ALICE), undefined);
    await told('AWS has your reply');
    assert.equal(atAws().length, 2);
  });

  it('is one reply however often it is sent', async () => {
    const { slack } = world;
    await open();
    await send({ 'text-1': { text: 'Only once.' } });
    const sent = slack.lastRequest;
    assert.ok(sent);
    await Promise.all([slack.resend(sent), slack.resend(sent)]);
    await told('I have this one for');
    await told('AWS has your reply');
    assert.equal(count(atAws(), 'Only once.'), 1);
  });

  it('is sent once when the bot dies before Slack has heard that it is kept', async () => {
    const { slack, aws } = world;
    const view = await open();
    const busy = aws.fault('AddCommunicationToCase', { kind: 'throttle', times: 1_000 });
    await send({ 'text-1': { text: 'Survives.' } }, view);
    const sent = slack.lastRequest;
    await busy.reached;
    await world.restart();
    busy.cancel();
    assert.ok(sent);
    // To Slack it looks as if it had failed, and the person presses once more.
    await slack.resend(sent);
    await told('I have this one for');
    await world.until(() => count(atAws(), 'Survives.') === 1, 'the reply');
  });

  it('asks before it reopens a case that was resolved meanwhile', async () => {
    const view = await open();
    world.aws.resolve(caseId);
    await world.until(() => count(onlyThread(world.slack).texts, 'Resolved') > 0, 'the entry');
    await send({ 'text-1': { text: 'It is back.' } }, view);
    await told('it would reopen the case');
    assert.equal(atAws().length, 1);
  });

  it('says of a resolved case that sending reopens it, and does not ask once more', async () => {
    world.aws.resolve(caseId);
    await world.until(() => count(onlyThread(world.slack).texts, 'Resolved') > 0, 'the entry');
    const view = await open();
    assert.match(shown(), /This case is resolved\. Sending your reply reopens it/);
    assert.match(JSON.stringify(view.view.submit), /Send and reopen/);
    await send({ 'text-1': { text: 'It is back.' } });
    await told('AWS has your reply');
    assert.equal(world.aws.case(caseId).status, 'reopened');
    assert.equal(count(toldTo(world.slack, ALICE), 'would reopen'), 0);
  });

  it('says what to do when the trigger has expired or Slack fails, and opens at the next press', async () => {
    const { slack } = world;
    for (const [error, said] of [
      ['expired_trigger_id', /did not open, because your click reached me too late or twice/],
      ['internal_error', /Slack did not open the form, so nothing was sent/],
    ] as const) {
      slack.fault('views.open', { kind: 'error', error });
      await press('card_reply');
      await told(said);
    }
    slack.fault('views.open', { kind: 'ratelimited', retryAfter: 5 });
    await press('card_reply');
    await world.until(() => count(toldTo(slack, ALICE), 'Slack did not open the form') === 2, 'words');
    assert.equal(slack.modalOf(ALICE), undefined);
    assert.ok(slack.ephemerals.every((each) => each.threadTs === threadTs));
    await open();
  });

  it('is not sent when somebody has changed what it remembers', async () => {
    const { slack } = world;
    const other = world.aws.openCase({ subject: 'Other', body: 'Other opening.', displayId: '9990001112' });
    const view = await open();
    await send({ 'text-1': { text: 'Elsewhere.' } }, view);
    const body = slack.lastRequest?.body ?? '';
    const payload = JSON.parse(new URLSearchParams(body).get('payload') ?? '{}');
    const metadata: string = payload.view.private_metadata;
    assert.ok(metadata.includes(caseId));
    await told('AWS has your reply');
    const deliver = (change: object) =>
      deliverForm(world, { ...payload, view: { ...payload.view, id: 'V0OTHER', ...change } });
    for (const private_metadata of [metadata.replace(caseId, other.caseId), '', '{}', '[]'])
      assert.match((await deliver({ private_metadata })).errors?.['text-1'] ?? '', /so nothing was sent/);
    // Nor by somebody else whose form it is not.
    const { errors } = await deliverForm(world, { ...payload, user: { id: BOB, name: 'bob' } });
    assert.match(errors?.['text-1'] ?? '', /so nothing was sent/);
    assert.equal(world.aws.case(other.caseId).communications.length, 1);
    assert.equal(atAws().length, 2);
  });

  describe('from the shortcut of a message', () => {
    it('takes the text with the names of people and channels, and the files, all on', async () => {
      const { slack } = world;
      const message = say(`<@${ALICE}> in <#${CHANNEL}>: a &lt; b`, { files: ['app.log', 'trace.txt'] });
      const before = world.aws.calls.length;
      await choose(message);
      assert.deepEqual(inputs(), ['@Alice Example in #aws-cases: a < b']);
      assert.match(shown(), /Case 1234563851/);
      const files = form().view.blocks.find(({ block_id }) => block_id === 'given-files')?.element;
      const { options, initial_options } = files as { options: object[]; initial_options: object[] };
      assert.deepEqual(options, initial_options);
      assert.match(JSON.stringify(options), /app\.log.*trace\.txt/);
      assert.equal(world.aws.calls.length, before);
      await send({});
      await told('AWS has your reply');
      assert.match(atAws()[1] ?? '', /^@Alice Example in #aws-cases: a < b\n\n— Alice Example, via Slack/);
      assert.equal(slack.ephemerals.at(-1)?.threadTs, threadTs);
    });

    it('cuts a long text at the ends of lines, and sends it as it was', async () => {
      const text = Array.from({ length: 380 }, (_, line) => `line ${line} of a log`).join('\n');
      await choose(say(text));
      const boxes = inputs();
      assert.equal(boxes.length, 3);
      assert.ok(boxes.every((box) => box.startsWith('line') && box.endsWith('log')));
      await send({});
      await world.until(() => atAws().length === 2, 'the reply');
      assert.equal((atAws()[1] ?? '').split('\n\n— ')[0], text);
    });

    it('opens empty from the card, with an entry of the bot, and says of an empty message that it is empty', async () => {
      await choose(onlyThread(world.slack).card);
      assert.deepEqual(inputs(), ['']);
      assert.match(shown(), /Case 1234563851/);
      await choose(onlyThread(world.slack).replies[0] as Message);
      assert.match(inputs().join(''), /Opening\./);
      await choose(world.slack.sayAsOtherApp({ channel: CHANNEL, text: '', threadTs }));
      assert.match(shown(), /no text and no files/);
    });

    it('sends files alone with a line that names them', async () => {
      await choose(say('', { files: ['app.log'] }));
      await send({});
      await world.until(() => atAws().length === 2, 'the reply');
      assert.match(atAws()[1] ?? '', /^Attached: app\.log\n\n— Alice Example/);
      // The form may have had any file of theirs: what AWS got is shown with the entry.
      const files = () => onlyThread(world.slack).replies.filter((each) => each.botId && each.files);
      await world.until(() => files().length === 1, 'the file below the entry');
    });

    it('says so in a thread of no case', async () => {
      const lunch = say('Lunch?', { thread: null });
      await choose(lunch);
      await world.until(() => /not in the thread of a case/.test(shown()), 'words');
      assert.equal(form().view.submit, undefined);
      assert.equal(atAws().length, 1);
    });

    it('opens at once although Slack is slow to say of which case a thread is', async () => {
      const { slack } = world;
      const lunch = say('Lunch?', { thread: null });
      const held = slack.fault('conversations.replies', { kind: 'hold-before' });
      const chosen = choose(lunch);
      await held.reached;
      await world.until(() => /One moment/.test(shown()), 'the form that waits');
      held.release();
      await world.until(() => /not in the thread of a case/.test(shown()), 'words');
      await chosen;
    });

    it('does not mind a form that was closed while it waited', async () => {
      const { slack } = world;
      const held = slack.fault('conversations.replies', { kind: 'hold-before' });
      const chosen = choose(say('Lunch?', { thread: null }));
      await held.reached;
      await world.until(() => slack.modalOf(ALICE) !== undefined, 'the form that waits');
      await slack.closeView(world.botUrl, { view: form(), user: ALICE });
      held.release();
      await chosen;
      assert.equal(toldTo(slack, ALICE).length, 0);
    });
  });

  it('opens from a mention without a text, by a button', async () => {
    const { slack, botUrl } = world;
    await slack.mention(botUrl, { user: ALICE, channel: CHANNEL, text: 'reply', threadTs });
    await told('text is missing, so nothing was sent');
    const ephemeral = slack.ephemerals.at(-1);
    assert.ok(ephemeral);
    await slack.click(botUrl, { ephemeral, actionId: 'write_reply', user: ALICE });
    assert.match(shown(), /Case 1234563851/);
    await send({ 'text-1': { text: 'Written.' } });
    await told('AWS has your reply');
    assert.equal(slack.ephemerals.at(-1)?.threadTs, threadTs);
  });

  it('opens from /support reply without a text, for a case that AWS has to be asked for as well', async () => {
    const { slack, aws, botUrl } = world;
    const reply = (rest: string) =>
      slack.command(botUrl, { command: '/support', text: `reply ${rest}`, user: ALICE, channel: CHANNEL });
    await reply('1234563851');
    assert.match(shown(), /Broken/);
    const other = aws.openCase({ subject: 'Unknown', body: 'Old.', displayId: '9990001112', silent: true });
    const held = aws.fault('DescribeCases', { kind: 'hold-before' });
    const answered = reply('9990001112');
    await held.reached;
    await world.until(() => /One moment/.test(shown()), 'the form that waits');
    held.release();
    await world.until(() => /Case 9990001112/.test(shown()), 'the form');
    await answered;
    await send({ 'text-1': { text: 'Found.' } });
    await world.until(() => aws.case(other.caseId).communications.length === 2, 'the reply');
    await told('AWS has your reply');
    assert.equal(slack.ephemerals.at(-1)?.threadTs, undefined);
    await reply('what');
    assert.match(shown(), /“what” is not a case/);
  });

  it('resolves from the card, and says in the thread how it ended', async () => {
    await press('card_resolve');
    await told('is resolved');
    assert.equal(world.aws.case(caseId).status, 'resolved');
    assert.ok(world.slack.ephemerals.every((each) => each.user === ALICE && each.threadTs === threadTs));
    // The buttons of a message that somebody still has before them.
    await press('card_resolve', BOB);
    await told('was resolved already. Nothing was changed', BOB);
  });

  it('sends nothing of what people say in the thread', async () => {
    const { slack, botUrl } = world;
    for (const text of [
      'Thanks, all good',
      'reply not to the bot',
      '/support reply 1234563851 no',
      'resolve',
    ])
      await slack.write(botUrl, { user: BOB, channel: CHANNEL, threadTs, text });
    await open();
    await slack.closeView(botUrl, { view: form(), user: ALICE });
    await press('card_reply', BOB);
    await send({ 'text-1': { text: 'Only this.' } }, form(BOB));
    await told('AWS has your reply', BOB);
    assert.deepEqual(
      atAws().map((body) => body.split('\n')[0]),
      ['Opening.', 'Only this.'],
    );
  });
});

/** A form or a shortcut with what no client of the stand-in says. */
async function deliverForm({ botUrl }: World, payload: object): Promise<{ errors?: Record<string, string> }> {
  const body = new URLSearchParams({ payload: JSON.stringify(payload) }).toString();
  const seconds = String(Math.floor(Date.now() / 1_000));
  const hash = createHmac('sha256', SIGNING_SECRET).update(`v0:${seconds}:${body}`).digest('hex');
  const response = await fetch(`${botUrl}/slack/events`, {
    method: 'POST',
    body,
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      'x-slack-request-timestamp': seconds,
      'x-slack-signature': `v0=${hash}`,
    },
  });
  assert.equal(response.status, 200);
  const answer = await response.text();
  return answer === '' ? {} : (JSON.parse(answer) as { errors?: Record<string, string> });
}
