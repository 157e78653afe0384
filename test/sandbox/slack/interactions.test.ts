import assert from 'node:assert/strict';
import type { App, BlockAction, BlockButtonAction } from '@slack/bolt';
import { type Slack, type SlackOptions, shownText } from '../../../src/sandbox/slack/start-slack.js';
import { boltApp } from './testing/bolt-app.js';
import { ALICE, CHANNEL, smallWorkspace, webClient } from './testing/web-client.js';

const plain = (text: string) => ({ type: 'plain_text' as const, text });
const button = (action_id: string, value: string, more: object = {}) => ({
  type: 'button',
  text: plain(action_id),
  action_id,
  value,
  ...more,
});
const actions = (...elements: object[]) => ({ type: 'actions', elements });
const option = (value: string) => ({ text: plain(value), value });
const modal = (blocks: object[], more: object = {}) =>
  ({
    type: 'modal',
    callback_id: 'form',
    title: plain('Form'),
    submit: plain('Send'),
    blocks,
    ...more,
  }) as never;

describe('Slack stand-in: clicks and shortcuts, with Bolt', () => {
  let slack: Slack;
  let bot: Awaited<ReturnType<typeof boltApp>>;

  async function start(configure: (app: App) => void, options: Partial<SlackOptions> = {}): Promise<void> {
    slack = await smallWorkspace(options);
    bot = await boltApp(slack, configure);
  }

  async function card(...blocks: object[]) {
    await webClient(slack).chat.postMessage({ channel: CHANNEL, text: 'card', blocks } as never);
    const message = slack.messages(CHANNEL).at(-1);
    assert.ok(message);
    return message;
  }

  const open = () => slack.command(bot.url, { command: '/support', user: ALICE, channel: CHANNEL });
  const told = () => slack.ephemerals.filter((each) => !each.deleted).map(shownText);

  afterEach(async () => {
    await bot.stop();
    await slack.stop();
  });

  it('clicks the button that is shown, with its value', async () => {
    const got: BlockButtonAction[] = [];
    await start((app) =>
      app.action<BlockButtonAction>('resolve', async ({ ack, body, respond }) => {
        got.push(body);
        await ack();
        await respond(`resolving ${body.actions[0]?.value}`);
      }),
    );
    const message = await card(
      actions(button('resolve', 'case-1')),
      actions(button('resolve', 'case-2'), button('other', 'x')),
    );
    const click = (more: object) =>
      slack.click(bot.url, { message, actionId: 'resolve', user: ALICE, ...more });
    await assert.rejects(click({ actionId: 'gone' }), /Nobody can click gone/);
    await assert.rejects(click({ value: 'case-3' }), /Nobody can click/);
    await assert.rejects(click({}), /Several/);
    assert.equal((await click({ value: 'case-2' })).status, 200);
    await slack.until(() => told().length === 1);
    assert.deepEqual(told(), ['resolving case-2']);
    const [body] = got;
    assert.deepEqual(
      [body?.container.message_ts, body?.message?.ts, body?.channel?.id, body?.user.id, body?.message?.text],
      [message.ts, message.ts, CHANNEL, ALICE, 'card'],
    );
    assert.equal(
      (await slack.click(bot.url, { message, actionId: 'other', user: ALICE, signature: 'wrong' })).status,
      401,
    );
  });

  it('replaces and deletes what was clicked', async () => {
    await start((app) => {
      app.command('/support', ({ ack }) =>
        ack({ text: 'list', blocks: [actions(button('next', '2'), button('close', ''))] as never }),
      );
      app.action('next', async ({ ack, respond }) => {
        await ack();
        await respond({
          replace_original: true,
          text: 'page 2',
          blocks: [actions(button('close', ''))] as never,
        });
      });
      app.action('close', async ({ ack, respond }) => {
        await ack();
        await respond({ delete_original: true });
      });
    });
    await open();
    const [ephemeral] = slack.ephemerals;
    assert.ok(ephemeral);
    await slack.click(bot.url, { ephemeral, actionId: 'next', user: ALICE });
    await slack.until(() => slack.ephemerals[0]?.text === 'page 2');
    await assert.rejects(
      slack.click(bot.url, { ephemeral, actionId: 'next', user: ALICE }),
      /Nobody can click/,
    );
    await assert.rejects(
      slack.click(bot.url, { ephemeral, actionId: 'close', user: slack.app.botUser }),
      /Only/,
    );
    await slack.click(bot.url, { ephemeral, actionId: 'close', user: ALICE });
    await slack.until(() => told().length === 0);
    assert.deepEqual(
      slack.ephemerals[0]?.history.map((each) => each.text),
      ['list', 'page 2'],
    );

    const message = await card(actions(button('next', '')));
    await slack.click(bot.url, { message, actionId: 'next', user: ALICE });
    await slack.until(() => slack.messages(CHANNEL)[0]?.text === 'page 2');
    await slack.click(bot.url, { message, actionId: 'close', user: ALICE });
    await slack.until(() => slack.messages(CHANNEL).length === 0);
  });

  it('chooses from menus what they offer', async () => {
    const got: BlockAction[] = [];
    await start((app) =>
      app.action<BlockAction>('pick', async ({ ack, body }) => {
        got.push(body);
        await ack();
      }),
    );
    const message = await card(
      actions({ type: 'static_select', action_id: 'pick', options: [option('a'), option('b')] }),
    );
    const pick = (selectedOption?: string) =>
      slack.click(bot.url, {
        message,
        actionId: 'pick',
        user: ALICE,
        ...(selectedOption && { selectedOption }),
      });
    await assert.rejects(pick('c'), /"c" is not offered; there are: a, b/);
    await assert.rejects(pick(), /say what is selected/);
    await pick('b');
    assert.match(JSON.stringify(got[0]?.actions), /"selected_option":\{"text":\{[^}]*\},"value":"b"\}/);
  });

  it('sends shortcuts on a message and global ones', async () => {
    const got: unknown[] = [];
    await start((app) =>
      app.shortcut('send', async ({ ack, shortcut, client }) => {
        got.push(
          shortcut.type === 'message_action'
            ? [shortcut.message.text, shortcut.message.thread_ts]
            : shortcut.type,
        );
        await ack();
        await client.views.open({ trigger_id: shortcut.trigger_id, view: modal([]) });
      }),
    );
    const parent = await card({ type: 'divider' });
    const message = slack.say({ user: ALICE, channel: CHANNEL, text: 'please send', threadTs: parent.ts });
    await slack.shortcut(bot.url, { callbackId: 'send', message, user: ALICE });
    await slack.shortcut(bot.url, { callbackId: 'send', user: ALICE });
    assert.deepEqual(got, [['please send', parent.ts], 'shortcut']);
    await slack.until(() => slack.modalOf(ALICE));
  });
});
