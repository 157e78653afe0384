import assert from 'node:assert/strict';
import type { App, BlockAction, SlackViewAction } from '@slack/bolt';
import { type Slack, type SlackOptions, shownText } from '../../../src/sandbox/slack/start-slack.js';
import { boltApp } from './testing/bolt-app.js';
import { ALICE, CHANNEL, refused, smallWorkspace, webClient } from './testing/web-client.js';

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
const input = (block_id: string, element: object, more: object = {}) => ({
  type: 'input',
  block_id,
  label: plain(block_id),
  element,
  ...more,
});
const modal = (blocks: object[], more: object = {}) =>
  ({
    type: 'modal',
    callback_id: 'form',
    title: plain('Form'),
    submit: plain('Send'),
    blocks,
    ...more,
  }) as never;

describe('Slack stand-in: views, with Bolt', () => {
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
  afterEach(async () => {
    await bot.stop();
    await slack.stop();
  });

  it('opens a modal with a fresh trigger, once, within three seconds', async () => {
    let now = 1_800_000_000_000;
    await start(() => {}, { now: () => now });
    const web = webClient(slack);
    const view = modal([input('subject', { type: 'plain_text_input', action_id: 'subject' })]);
    const trigger = async (triggerId: string) => {
      const message = await card(actions(button('a', '')));
      // Nobody listens there: what the person did has made the trigger all the same.
      await slack.click('http://127.0.0.1:1', { message, actionId: 'a', user: ALICE, triggerId });
      return triggerId;
    };
    await refused(web.views.open({ trigger_id: 'made.up', view }), 'invalid_trigger_id');
    const trigger_id = await trigger('1.2.a');
    const opened = await web.views.open({ trigger_id, view });
    await refused(web.views.open({ trigger_id, view }), 'exchanged_trigger_id');
    const late = await trigger('1.2.b');
    now += 3_001;
    await refused(web.views.open({ trigger_id: late, view }), 'expired_trigger_id');
    await refused(
      web.views.open({
        trigger_id: await trigger('1.2.c'),
        view: modal([], { title: plain('x'.repeat(25)) }),
      }),
      'invalid_arguments',
    );
    const unsent = modal([input('a', { type: 'plain_text_input' })], { submit: undefined });
    await refused(web.views.open({ trigger_id: '1.2.c', view: unsent }), 'invalid_arguments');

    const view_id = opened.view?.id ?? '';
    const loaded = modal([{ type: 'section', text: plain('loaded') }]);
    await refused(web.views.update({ view_id, hash: 'old', view: loaded }), 'hash_conflict');
    await web.views.update({ view_id, hash: opened.view?.hash ?? '', view: loaded });
    await refused(web.views.update({ view_id: 'V0NONE', view: loaded }), 'not_found');
    assert.equal(shownText(slack.modalOf(ALICE)?.view ?? { blocks: [] }), 'loaded');
  });

  it('submits what the client lets through, and follows the answer', async () => {
    const got: SlackViewAction[] = [];
    await start((app) => {
      app.command('/support', async ({ ack, body, client }) => {
        await ack();
        const view = modal([
          input('subject', { type: 'plain_text_input', action_id: 'subject', max_length: 10 }),
          input('severity', {
            type: 'static_select',
            action_id: 'sev',
            options: [option('low'), option('high')],
            initial_option: option('low'),
          }),
          input('cc', { type: 'multi_users_select', action_id: 'cc' }, { optional: true }),
        ]);
        await client.views.open({ trigger_id: body.trigger_id, view });
      });
      app.view('form', async ({ ack, body, view }) => {
        got.push(body);
        const subject = view.state.values.subject?.subject?.value;
        if (subject === 'bad') await ack({ response_action: 'errors', errors: { subject: 'no good' } });
        else if (subject === 'next')
          await ack({ response_action: 'push', view: modal([], { callback_id: 'second' }) });
        else await ack();
      });
    });
    await open();
    const view = await slack.until(() => slack.modalOf(ALICE), { what: 'the form' });
    const submit = (values: { [id: string]: string | string[] }) =>
      slack.submitView(bot.url, { view, values, user: ALICE });
    await assert.rejects(submit({}), /subject must be filled in/);
    await assert.rejects(submit({ subject: 'x'.repeat(11) }), /takes 10 characters/);
    await assert.rejects(submit({ subject: 'x', colour: 'red' }), /no input colour/);
    await assert.rejects(submit({ subject: 'x', sev: 'urgent' }), /"urgent" is not offered/);
    await submit({ subject: 'bad' });
    assert.deepEqual(slack.modalOf(ALICE)?.errors, { subject: 'no good' });
    await submit({ subject: 'next' });
    const second = slack.modalOf(ALICE);
    assert.equal(second?.previousId, view.id);
    assert.ok(second);
    await slack.closeView(bot.url, { view: second, user: ALICE });
    await submit({ subject: 'good', sev: 'high', cc: [ALICE] });
    assert.equal(slack.modalOf(ALICE), undefined);
    const { values } = got.at(-1)?.view.state ?? {};
    assert.deepEqual(values?.severity?.sev?.selected_option?.value, 'high');
    assert.deepEqual(values?.cc?.cc?.selected_users, [ALICE]);
    await assert.rejects(submit({ subject: 'again' }), /no such view open/);
  });

  it('publishes a home, once per person', async () => {
    await start(() => {});
    const web = webClient(slack);
    const home = (text: string) =>
      ({ type: 'home', blocks: [{ type: 'header', text: plain(text) }] }) as never;
    await web.views.publish({ user_id: ALICE, view: home('one') });
    await web.views.publish({ user_id: ALICE, view: home('two') });
    assert.deepEqual(slack.views.length, 1);
    assert.equal(shownText(slack.homeOf(ALICE)?.view ?? { blocks: [] }), 'two');
    await refused(web.views.publish({ user_id: ALICE, view: modal([]) }), 'invalid_arguments');
  });

  it('acts within a view, and asks the app for options', async () => {
    const got: BlockAction[] = [];
    await start((app) => {
      app.command('/support', async ({ ack, body, client }) => {
        await ack();
        const service = { type: 'external_select', action_id: 'service', min_query_length: 0 };
        const blocks = [input('service', service, { dispatch_action: true }), actions(button('more', '1'))];
        await client.views.open({ trigger_id: body.trigger_id, view: modal(blocks) });
      });
      app.options('service', async ({ ack, payload }) => {
        await ack({ options: [option(`${payload.value}-1`), option(`${payload.value}-2`)] });
      });
      app.action<BlockAction>(/service|more/, async ({ ack, body, client }) => {
        got.push(body);
        await ack();
        await client.views.update({ view_id: body.view?.id ?? '', view: modal([], { submit: undefined }) });
      });
    });
    await open();
    const view = await slack.until(() => slack.modalOf(ALICE));
    const { options } = await slack.suggest(bot.url, {
      view,
      actionId: 'service',
      typed: 'ec2',
      user: ALICE,
    });
    const [first] = options;
    assert.equal(first?.value, 'ec2-1');
    await slack.click(bot.url, { view, actionId: 'service', selectedOption: first ?? {}, user: ALICE });
    await slack.until(() => slack.modalOf(ALICE)?.view.blocks.length === 0);
    assert.equal(got[0]?.view?.id, view.id);
    assert.equal(got[0]?.response_url, undefined);
    await assert.rejects(slack.click(bot.url, { view, actionId: 'more', user: ALICE }), /Nobody can click/);
  });
});
