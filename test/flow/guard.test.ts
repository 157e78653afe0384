import assert from 'node:assert/strict';
import { WebClient } from '@slack/web-api';
import { secretsQuestion, secretsView } from '../../src/commands/secrets-question.js';
import { shownText } from '../../src/sandbox/slack/start-slack.js';
import { openStorage } from '../../src/storage/open-storage.js';
import type { OutboxMessage } from '../../src/store/outbox-message.js';
import type { Store } from '../../src/store/store.js';
import { createLog } from '../../src/telemetry/log.js';
import { message } from '../contract/store/samples.js';
import { signed } from '../fuzz/signed.js';
import { directsTo } from '../world/on-card.js';
import { count, onlyThread, toldTo } from '../world/reading.js';
import { ACCOUNT, ALICE, BOB, BOT_TOKEN, CHANNEL, startWorld, type World } from '../world/world.js';

const SECRET = 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY';
const LEAKY = `I use aws_secret_access_key = ${SECRET} and my card 4111 1111 1111 1111.`;
/** AWS takes out some of it itself, once it has it. */
const AS_AWS_KEEPS_IT =
  'I use aws_secret_access_key = [REDACTED_BY_AWS_SUPPORT] and my card [REDACTED_BY_AWS_SUPPORT]-1111.';
const CLEAN = 'I use aws_secret_access_key = [removed: AWS secret key] and my card [removed: card …1111].';
const DAY_MS = 86_400_000;

describe('flow: what looks like a secret is asked about before it leaves', () => {
  let world: World;
  let caseId: string;
  beforeEach(async () => {
    world = await startWorld();
    ({ caseId } = world.aws.openCase({ subject: 'Broken', body: 'Opening.', displayId: '1234563851' }));
    await world.until(() => onlyThread(world.slack).texts.length === 1, 'the thread');
  });
  afterEach(() => world.stop());

  const type = (text: string, user = ALICE) =>
    world.slack.command(world.botUrl, { command: '/support', text, user, channel: CHANNEL });
  const told = (part: string | RegExp, user = ALICE) =>
    world.until(
      () => toldTo(world.slack, user).find((text) => text.match(part) !== null),
      `"${part}" to ${user}`,
    );
  const atAws = () => world.aws.case(caseId).communications.map((each) => each.body);
  const words = () => atAws().map((body) => body.replace(/\n\n— .*$/su, ''));
  /** The question, as it stands on the person's screen. */
  const question = () => {
    const shown = world.slack.ephemerals.findLast((each) => JSON.stringify(each.blocks).includes('secrets_'));
    assert.ok(shown, 'nobody was asked');
    return shown;
  };
  const reference = () => /"value":"([a-z0-9]{10})"/.exec(JSON.stringify(question().blocks))?.[1] ?? '';
  const press = (actionId: string, ephemeral = question()) =>
    world.slack.click(world.botUrl, { ephemeral, actionId, user: ALICE });
  /** What the bot has stored; the bot is away meanwhile. */
  const inStore = async <T>(work: (store: Store) => Promise<T>): Promise<T> => {
    await world.stopBot();
    const storage = await openStorage(
      {
        redisUrl: world.redis?.url ?? null,
        databasePath: String(world.environment.DATABASE_PATH),
        slackChannel: CHANNEL,
        awsAccounts: [],
      },
      { parkedMs: 1_000, settlesWithinMs: 50, log: createLog('error', () => undefined) },
    );
    const result = await work(storage.store);
    await storage.close();
    await world.restart();
    return result;
  };
  /** A reply that goes through: nothing of what came before is under way any more. */
  const another = async () => {
    const before = atAws().length;
    await type('reply 1234563851 Another one.');
    await world.until(() => atAws().length === before + 1, 'another reply');
  };

  it('asks with the places, masked, and sends nothing meanwhile, also after a restart', async () => {
    await type(`reply 1234563851 Hello,\n${LEAKY}`);
    assert.equal(
      shownText(question()),
      [
        ':lock: Your text for Case 1234563851 was not sent yet: it holds what looks like an AWS secret key and a card number. Once sent, it cannot be taken back, and whoever can read the case can read it.',
        ':mag: Where it stands:',
        'AWS secret key, line 2: I use aws_secret_access_key = wJal…EKEY and my card …',
        'card number, line 2: … and my card …1111.',
        'What you typed is kept for 24 hours, until you choose. A key that others may have seen should be replaced by a new one.',
      ].join('\n'),
    );
    await world.restart();
    await another();
    assert.deepEqual(words(), ['Opening.', 'Another one.']);
    await press('secrets_send');
    await told('AWS has your reply');
    await world.until(() => words().includes(`Hello,\n${AS_AWS_KEEPS_IT}`), 'the reply');
    assert.ok(world.log.every((line) => !line.includes(SECRET.slice(0, 10))));
  });

  it('removes it and sends the rest, once, however often the buttons are pressed', async () => {
    await type(`reply 1234563851 ${LEAKY}`);
    const asked = reference();
    await press('secrets_remove');
    await told('with notes in the place of what was found');
    await told('AWS has your reply');
    assert.deepEqual(words(), ['Opening.', CLEAN]);
    // A client that still shows what has been replaced.
    for (const actionId of ['secrets_send', 'secrets_remove', 'secrets_cancel']) await forge(actionId, asked);
    await world.until(
      () => count(toldTo(world.slack, ALICE), 'AWS has your reply on Case 1234563851') === 4,
      'answers to all clicks',
    );
    await another();
    assert.deepEqual(words(), ['Opening.', CLEAN, 'Another one.']);
    await world.until(
      () => count(onlyThread(world.slack).texts, '[removed: AWS secret key]') === 1,
      'the entry',
    );
  });

  it('gives back the text and keeps nothing of it when the person cancels', async () => {
    const long = `${LEAKY}\n${'A long line of a log. '.repeat(300)}`.trim();
    await type(`reply 1234563851 ${long}`);
    const asked = reference();
    await press('secrets_cancel');
    await told('Not sent. Nothing was changed on Case 1234563851.');
    await world.until(() => {
      const shown = toldTo(world.slack, ALICE).join('');
      return shown.includes(LEAKY) && shown.split('A long line of a log.').length === 301;
    }, 'the whole text');
    const kept = await inStore((store) => store.getFromOutbox(asked));
    assert.deepEqual([kept?.state, kept?.text], ['cancelled', '']);
    await another();
    assert.deepEqual(words(), ['Opening.', 'Another one.']);
  });

  it('asks in the thread where the bot is mentioned, once, also when Slack sends the event again', async () => {
    const threadTs = onlyThread(world.slack).card.ts;
    await world.slack.mention(world.botUrl, {
      user: ALICE,
      channel: CHANNEL,
      threadTs,
      text: `reply ${LEAKY}`,
    });
    await told('was not sent yet');
    assert.equal(question().threadTs, threadTs);
    const again = world.slack.lastRequest;
    assert.ok(again);
    await world.slack.resend(again);
    await press('secrets_remove');
    await told('AWS has your reply');
    assert.deepEqual(words(), ['Opening.', CLEAN]);
    assert.equal(count(toldTo(world.slack, ALICE), 'was not sent yet'), 0);
  });

  it('asks for what was kept when the process died before it could ask', async () => {
    const threadTs = onlyThread(world.slack).card.ts;
    const said = world.slack.say({
      user: ALICE,
      channel: CHANNEL,
      threadTs,
      text: `<@${world.slack.app.botUser}> reply ${LEAKY}`,
    });
    const { ts } = said;
    await inStore((store) =>
      store.addToOutbox(
        message({
          ...mine(),
          reference: 'keptbefore',
          request: `mention ${CHANNEL} ${ts}`,
          createdAt: Date.now(),
        }),
      ),
    );
    await world.slack.event(world.botUrl, {
      type: 'app_mention',
      user: ALICE,
      channel: CHANNEL,
      ts,
      thread_ts: threadTs,
      event_ts: ts,
      text: said.text,
    });
    await told('was not sent yet');
    assert.equal(reference(), 'keptbefore');
    await press('secrets_remove');
    await told('AWS has your reply');
    assert.deepEqual(words(), ['Opening.', CLEAN]);
  });

  it('is nobody else’s to decide', async () => {
    await type(`reply 1234563851 ${LEAKY}`);
    const asked = question();
    for (const actionId of ['secrets_send', 'secrets_remove', 'secrets_cancel'])
      await forge(actionId, reference(), BOB);
    await told('Only the person who wrote this can do that', BOB);
    await another();
    assert.deepEqual(words(), ['Opening.', 'Another one.']);
    await press('secrets_remove', asked);
    await told('AWS has your reply');
  });

  it('asks whether to reopen as well, when it is sent all the same to a resolved case', async () => {
    world.aws.resolve(caseId);
    await type(`reply 1234563851 ${LEAKY}`);
    const asked = reference();
    await press('secrets_send');
    await told('it would reopen the case');
    assert.deepEqual(words(), ['Opening.']);
    const reopen = world.slack.ephemerals.findLast((each) => each.text.includes('reopen'));
    assert.ok(reopen);
    // The answer to the first question is none to the second.
    await forge('secrets_send', asked);
    await forge('secrets_remove', asked);
    await told('settled already');
    assert.deepEqual(words(), ['Opening.']);
    await press('reply_reopen', reopen);
    await world.until(() => words().includes(AS_AWS_KEEPS_IT), 'the reply');
    await told('AWS has your reply');
  });

  it('empties what nobody has decided about for a day, and says so to a late click', async () => {
    await type(`reply 1234563851 ${LEAKY}`);
    const asked = reference();
    const old = message({ ...mine(), createdAt: Date.now() - DAY_MS - 1_000 });
    const failed = message({
      ...old,
      reference: 'itsfailed1',
      request: 'b',
      state: 'failed',
      asks: 'reopen',
    });
    const harmless = message({ ...failed, reference: 'harmless01', request: 'c', text: 'No secret.' });
    const references = [old, failed, harmless].map((each) => each.reference);
    await inStore(async (store) => {
      for (const each of [old, failed, harmless]) await store.addToOutbox(each);
    });
    const back = await world.until(() => directsTo(world, ALICE)[0], 'the words, given back');
    assert.ok(back);
    assert.match(shownText(back), /Nobody chose within 24 hours .* so it was not sent/);
    assert.ok(shownText(back).endsWith(CLEAN));
    const kept = await inStore((store) =>
      Promise.all([...references, asked].map((each) => store.getFromOutbox(each))),
    );
    assert.deepEqual(
      kept.map((each) => [each?.state, each?.text]),
      [
        ['cancelled', ''],
        ['cancelled', ''],
        ['failed', 'No secret.'],
        ['asking', LEAKY],
      ],
    );
    await forge('secrets_send', old.reference);
    await told('Nobody chose within 24 hours');
    assert.deepEqual(words(), ['Opening.']);
  });

  it('asks about the name of a file, which stays as it is', async () => {
    const threadTs = onlyThread(world.slack).card.ts;
    const files = [{ name: 'card 4111111111111111.txt', data: Buffer.from('a') }];
    const text = `<@${world.slack.app.botUser}> reply See the file.`;
    await world.slack.mention(world.botUrl, { user: ALICE, channel: CHANNEL, threadTs, text, files });
    await told('it holds what looks like a card number');
    const shown = shownText(question());
    assert.match(shown, /card number, name of a file: card …1111\.txt/);
    assert.match(shown, /name of a file cannot be changed here/);
    assert.doesNotMatch(JSON.stringify(question().blocks), /secrets_remove/);
    // A button that was never shown.
    await forge('secrets_remove', reference());
    await another();
    assert.deepEqual(words(), ['Opening.', 'Another one.']);
    await press('secrets_send');
    await world.until(() => words().includes('See the file.'), 'the reply');
  });

  it('takes a text that nobody can see for none', async () => {
    await type('reply 1234563851 \u200b\u2060');
    await world.until(() => world.slack.modalOf(ALICE) !== undefined, 'the form');
    const view = world.slack.modalOf(ALICE);
    assert.ok(view);
    await world.slack.submitView(world.botUrl, {
      view,
      user: ALICE,
      values: { 'text-1': { text: '\u200b' } },
    });
    assert.match(world.slack.modalOf(ALICE)?.errors['text-1'] ?? '', /no text and no file/);
    await another();
    assert.deepEqual(words(), ['Opening.', 'Another one.']);
  });

  describe('in a form', () => {
    it('sends what stands in it now, when the question was lost and the secret was taken out', async () => {
      await type('reply 1234563851');
      const view = world.slack.modalOf(ALICE);
      assert.ok(view);
      const values = { 'text-1': { text: LEAKY } };
      await world.slack.submitView(world.botUrl, { view, user: ALICE, values });
      const sent = world.slack.lastRequest;
      assert.ok(sent);
      // The person's client never saw the answer.
      const payload = JSON.parse(new URLSearchParams(sent.body).get('payload') ?? '');
      for (const text of [`${LEAKY} More.`, 'Without it.', 'Without it.']) {
        payload.view.state.values['text-1'].text.value = text;
        await deliver(payload);
      }
      await told('I have this one for');
      await told('AWS has your reply');
      assert.deepEqual(words(), ['Opening.', 'Without it.']);
    });

    /** As a form of a reply shows it in its place. */
    const openForm = async () => {
      await type(`reply 1234563851 ${LEAKY}`);
      const trigger = new URLSearchParams(world.slack.lastRequest?.body ?? '').get('trigger_id') ?? '';
      const client = new WebClient(BOT_TOKEN, { slackApiUrl: world.slack.url });
      const kept: OutboxMessage = message({ ...mine(), reference: reference() });
      await client.views.open({ trigger_id: trigger, view: secretsView(secretsQuestion(kept)) });
      const view = world.slack.views.at(-1);
      assert.ok(view);
      return view;
    };

    it('shows the places, and sends without them unless another choice is made', async () => {
      const view = await openForm();
      assert.match(
        shownText(view.view),
        /AWS secret key, line 1: .* = wJal…EKEY and my card …\n.*: … and my card …1111/,
      );
      assert.ok(!JSON.stringify(view.view).includes(SECRET));
      const { failed } = await world.slack.submitView(world.botUrl, { view, user: ALICE });
      assert.equal(failed, undefined);
      await told('with notes in the place of what was found');
      await told('AWS has your reply');
      assert.deepEqual(words(), ['Opening.', CLEAN]);
    });

    it('sends it all the same', async () => {
      const view = await openForm();
      await world.slack.submitView(world.botUrl, { view, user: ALICE, values: { secrets_choice: 'send' } });
      await told('AWS has your reply');
      assert.deepEqual(words(), ['Opening.', AS_AWS_KEEPS_IT]);
    });

    for (const [how, act] of [
      [
        'the person chooses so',
        (view: never) =>
          world.slack.submitView(world.botUrl, { view, user: ALICE, values: { secrets_choice: 'keep' } }),
      ],
      ['the form is closed', (view: never) => world.slack.closeView(world.botUrl, { view, user: ALICE })],
    ] as const) {
      it(`gives back the text when ${how}`, async () => {
        await act((await openForm()) as never);
        await told('Not sent. Nothing was changed');
        assert.ok(toldTo(world.slack, ALICE).at(-1)?.includes(LEAKY));
        await another();
        assert.deepEqual(words(), ['Opening.', 'Another one.']);
      });
    }
  });

  function mine(): Partial<OutboxMessage> {
    return {
      key: { account: ACCOUNT, caseId },
      user: ALICE,
      channel: CHANNEL,
      text: LEAKY,
      state: 'asking',
      asks: 'secrets',
      told: true,
    };
  }

  /** A click on a button that the person's screen does not show any more, or never showed. */
  async function forge(actionId: string, value: string, user = ALICE): Promise<void> {
    const payload = {
      type: 'block_actions',
      user: { id: user, name: 'somebody', team_id: world.slack.app.teamId },
      team: { id: world.slack.app.teamId, domain: 'acme' },
      api_app_id: world.slack.app.appId,
      trigger_id: '1.1.forged',
      channel: { id: CHANNEL, name: 'aws-cases' },
      container: { type: 'message', message_ts: '1.1', channel_id: CHANNEL, is_ephemeral: true },
      actions: [{ type: 'button', action_id: actionId, block_id: 'b', value, action_ts: '1.2' }],
    };
    await deliver(payload);
  }

  async function deliver(payload: object): Promise<void> {
    const body = new URLSearchParams({ payload: JSON.stringify(payload) }).toString();
    const headers = { 'content-type': 'application/x-www-form-urlencoded', ...signed(body) };
    const { status } = await fetch(`${world.botUrl}/slack/events`, { method: 'POST', body, headers });
    assert.equal(status, 200);
  }
});
