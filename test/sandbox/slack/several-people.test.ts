import assert from 'node:assert/strict';
import type { App, SlackViewAction } from '@slack/bolt';
import { type Slack, shownText } from '../../../src/sandbox/slack/start-slack.js';
import { boltApp } from './testing/bolt-app.js';
import { ALICE, CHANNEL, refused, smallWorkspace, webClient } from './testing/web-client.js';

const BOB = 'U0BOB';
const plain = (text: string) => ({ type: 'plain_text' as const, text });
const modal = (blocks: object[], more: object = {}) =>
  ({
    type: 'modal',
    callback_id: 'form',
    title: plain('Form'),
    submit: plain('Send'),
    blocks,
    ...more,
  }) as never;
const field = (element: object) => ({
  type: 'input',
  block_id: 'field',
  label: plain('Field'),
  element: { action_id: 'field', ...element },
});
const deeper = {
  type: 'actions',
  elements: [{ type: 'button', action_id: 'deeper', text: plain('Deeper') }],
};

describe('Slack stand-in: several people, views in views, with Bolt', () => {
  let slack: Slack;
  let bot: Awaited<ReturnType<typeof boltApp>>;

  async function start(configure: (app: App) => void): Promise<void> {
    slack = await smallWorkspace();
    slack.addUser({ id: BOB, name: 'bob', realName: 'Bob Brown' });
    bot = await boltApp(slack, configure);
  }

  const type = (user: string, text = '') =>
    slack.command(bot.url, { command: '/support', text, user, channel: CHANNEL });

  afterEach(async () => {
    await bot.stop();
    await slack.stop();
  });

  it('each has a form of their own', async () => {
    const got: SlackViewAction[] = [];
    await start((app) => {
      app.command('/support', async ({ ack, body, client }) => {
        await ack();
        const view = modal([field({ type: 'plain_text_input' })]);
        await client.views.open({ trigger_id: body.trigger_id, view });
      });
      app.view('form', async ({ ack, body }) => {
        got.push(body);
        await ack();
      });
    });
    await Promise.all([type(ALICE), type(BOB)]);
    const hers = await slack.until(() => slack.modalOf(ALICE));
    const his = await slack.until(() => slack.modalOf(BOB));
    const submit = (user: string, view: typeof hers) =>
      slack.submitView(bot.url, { user, view, values: { field: user } });
    await assert.rejects(submit(BOB, hers), /no such view open/);
    await submit(BOB, his);
    assert.equal(slack.modalOf(BOB), undefined);
    assert.equal(slack.modalOf(ALICE)?.id, hers.id, 'hers is still there');
    await submit(ALICE, hers);
    assert.deepEqual(
      got.map(({ user, view }) => [user.id, view.state.values.field?.field?.value]),
      [
        [BOB, BOB],
        [ALICE, ALICE],
      ],
    );
  });

  it('answers stand among messages in the order of time, each for one person', async () => {
    await start((app) => app.command('/support', ({ ack, command }) => ack(`to ${command.user_id}`)));
    const first = slack.say({ user: ALICE, channel: CHANNEL, text: 'first' });
    await type(ALICE);
    const second = slack.say({ user: BOB, channel: CHANNEL, text: 'second' });
    await type(BOB);
    const [hers, his] = slack.ephemerals;
    assert.deepEqual(
      [hers, his].map((each) => [each?.user, each && shownText(each)]),
      [
        [ALICE, `to ${ALICE}`],
        [BOB, `to ${BOB}`],
      ],
    );
    const order = [first.ts, hers?.ts, second.ts, his?.ts];
    assert.deepEqual(order, [...order].sort());
    assert.equal(new Set(order).size, 4);
    const web = webClient(slack);
    const gone = { channel: CHANNEL, ts: hers?.ts ?? '' };
    await refused(web.chat.update({ ...gone, text: 'x' }), 'message_not_found');
    await refused(web.chat.delete(gone), 'message_not_found');
    const { messages } = await web.conversations.history({ channel: CHANNEL });
    assert.equal(messages?.length, 2, 'the app does not find what one person was shown');
  });

  it('pushes two views over the first, and goes back', async () => {
    const refusals: unknown[] = [];
    await start((app) => {
      app.command('/support', async ({ ack, body, client }) => {
        await ack();
        await client.views.open({ trigger_id: body.trigger_id, view: modal([deeper]) });
      });
      app.action('deeper', async ({ ack, body, client }) => {
        await ack();
        const { trigger_id } = body as unknown as { trigger_id: string };
        await client.views.push({ trigger_id, view: modal([deeper]) }).catch((error) => {
          refusals.push(error.data.error);
        });
        slack.nudge();
      });
    });
    await type(ALICE);
    const stack = () => slack.views.filter(({ state }) => state === 'open');
    for (const depth of [2, 3]) {
      const view = await slack.until(() => slack.modalOf(ALICE));
      await slack.click(bot.url, { view, actionId: 'deeper', user: ALICE });
      await slack.until(() => stack().length === depth);
    }
    const [first, second, third] = stack();
    assert.ok(second && third);
    assert.deepEqual([second.previousId, third.previousId, third.rootId], [first?.id, second.id, first?.id]);
    await slack.click(bot.url, { view: third, actionId: 'deeper', user: ALICE });
    await slack.until(() => refusals.length === 1);
    assert.deepEqual([refusals, stack().length], [['push_limit_reached'], 3]);
    await slack.closeView(bot.url, { view: third, user: ALICE });
    assert.equal(slack.modalOf(ALICE)?.id, second.id);
  });

  it('pushes nothing where there is no modal', async () => {
    await start((app) => app.command('/support', ({ ack }) => ack()));
    await slack.command(bot.url, { command: '/support', user: ALICE, channel: CHANNEL, triggerId: '1.2.a' });
    const web = webClient(slack);
    await refused(web.views.push({ trigger_id: '1.2.a', view: modal([]) }), 'not_found');
  });

  it('gives the app the files that somebody chose in a form', async () => {
    const got: SlackViewAction[] = [];
    await start((app) => {
      app.command('/support', async ({ ack, body, client }) => {
        await ack();
        const view = modal([field({ type: 'file_input', filetypes: ['txt'], max_files: 1 })]);
        await client.views.open({ trigger_id: body.trigger_id, view });
      });
      app.view('form', async ({ ack, body }) => {
        got.push(body);
        await ack();
      });
    });
    await type(ALICE);
    const view = await slack.until(() => slack.modalOf(ALICE));
    const upload = (name: string) => slack.upload(ALICE, { name, data: Buffer.from(name) }).id;
    const [one, two, image] = [upload('1.txt'), upload('2.txt'), upload('3.png')];
    const submit = (...field: string[]) =>
      slack.submitView(bot.url, { user: ALICE, view, values: { field } });
    const web = webClient(slack);
    await refused(web.files.info({ file: one }), 'file_not_found');
    await assert.rejects(submit(), /must be filled in/);
    await assert.rejects(submit(one, two), /takes 1 files/);
    await assert.rejects(submit(image), /3.png cannot be chosen: txt can/);
    await assert.rejects(submit('F0NONE'), /no file F0NONE/);
    await submit(one);
    const [file] = got[0]?.view.state.values.field?.field?.files ?? [];
    assert.deepEqual([file?.id, file?.name], [one, '1.txt']);
    assert.equal((await web.files.info({ file: one })).file?.name, '1.txt');
  });

  it('asks the app for options in a message, too', async () => {
    await start((app) =>
      app.options('service', async ({ ack, payload }) => {
        await ack({ options: [{ text: plain('EC2'), value: `${payload.value}-2` }] });
      }),
    );
    const select = { type: 'external_select', action_id: 'service', placeholder: plain('Service') };
    const blocks = [{ type: 'actions', elements: [select] }];
    await webClient(slack).chat.postMessage({ channel: CHANNEL, text: 'choose', blocks } as never);
    const [message] = slack.messages(CHANNEL);
    assert.ok(message);
    const { options } = await slack.suggest(bot.url, {
      message,
      actionId: 'service',
      typed: 'ec',
      user: ALICE,
    });
    assert.deepEqual(
      options.map(({ value }) => value),
      ['ec-2'],
    );
  });
});
