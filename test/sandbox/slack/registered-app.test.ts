import assert from 'node:assert/strict';
import type { App, SlashCommand } from '@slack/bolt';
import { type AppManifest, type Slack, shownText } from '../../../src/sandbox/slack/start-slack.js';
import { boltApp } from './testing/bolt-app.js';
import { ALICE, CHANNEL, refused, smallWorkspace, webClient } from './testing/web-client.js';

const MANIFEST: AppManifest = {
  displayName: 'Help Desk',
  commands: [
    { command: '/go', description: 'Goes', usageHint: '', shouldEscape: true },
    { command: '/plain', description: 'Goes as typed', usageHint: '', shouldEscape: false },
  ],
  shortcuts: [{ name: 'Send', type: 'message', callbackId: 'send', description: 'Sends it' }],
  scopes: ['chat:write', 'commands', 'app_mentions:read'],
  events: ['app_mention', 'app_home_opened'],
  hasHome: true,
  messagesTab: 'read-only',
  interactivity: true,
  unfurlDomains: [],
};

const home = (text: string) =>
  ({ type: 'home', blocks: [{ type: 'header', text: { type: 'plain_text', text } }] }) as never;

describe('Slack stand-in: an app as its manifest has it, with Bolt', () => {
  let slack: Slack;
  let bot: Awaited<ReturnType<typeof boltApp>>;

  async function start(change: Partial<AppManifest>, configure: (app: App) => void): Promise<void> {
    slack = await smallWorkspace({ manifest: { ...MANIFEST, ...change } });
    bot = await boltApp(slack, configure);
  }

  const said = (text = 'please look') => slack.say({ user: ALICE, channel: CHANNEL, text });

  afterEach(async () => {
    await bot.stop();
    await slack.stop();
  });

  it('has its name, its scopes and its commands', async () => {
    const got: SlashCommand[] = [];
    await start({}, (app) =>
      app.command(/.*/, async ({ ack, command }) => {
        got.push(command);
        await ack();
      }),
    );
    const web = webClient(slack);
    const who = await web.auth.test();
    assert.equal(who.user, 'helpdesk');
    assert.deepEqual(who.response_metadata?.scopes, MANIFEST.scopes);
    assert.equal(slack.users.find(({ id }) => id === who.user_id)?.displayName, 'Help Desk');
    await refused(web.users.info({ user: ALICE }), 'missing_scope');
    const type = (command: string) =>
      slack.command(bot.url, { command, text: '@alice <b>', user: ALICE, channel: CHANNEL });
    await type('/go');
    await type('/plain');
    assert.deepEqual(
      got.map(({ text }) => text),
      [`<@${ALICE}|alice> &lt;b&gt;`, '@alice <b>'],
    );
    assert.throws(() => type('/foo'), /^Error: \/foo is not a valid command\.$/);
    assert.deepEqual(
      slack.commands.map(({ command }) => command),
      ['/go', '/plain'],
    );
  });

  it('has its shortcuts, on the surface they are for', async () => {
    let runs = 0;
    await start({}, (app) =>
      app.shortcut('send', async ({ ack }) => {
        runs += 1;
        await ack();
      }),
    );
    const message = said();
    const use = (callbackId: string, on: object) =>
      slack.shortcut(bot.url, { callbackId, user: ALICE, ...on });
    assert.equal((await use('send', { message })).status, 200);
    assert.equal(runs, 1);
    await assert.rejects(use('send', {}), /no global shortcut send/);
    await assert.rejects(use('other', { message }), /no message shortcut other/);
  });

  it('takes no clicks without interactivity', async () => {
    await start({ interactivity: false }, () => {});
    const message = said();
    await assert.rejects(
      slack.click(bot.url, { message, actionId: 'a', user: ALICE }),
      /not configured to handle interactive responses/,
    );
  });

  it('is sent the events that it has subscribed to', async () => {
    const got: string[] = [];
    await start({ events: ['message.channels'] }, (app) => {
      app.event('app_mention', async () => void got.push('mention'));
      app.message(async ({ message }) => {
        got.push(message.type);
        slack.nudge();
      });
    });
    const { deliveries, message } = await slack.mention(bot.url, {
      user: ALICE,
      channel: CHANNEL,
      text: 'show',
    });
    assert.deepEqual([deliveries, message.text], [[], `<@${slack.app.botUser}> show`]);
    assert.deepEqual(slack.messages(CHANNEL).length, 1);
    const written = await slack.write(bot.url, { user: ALICE, channel: CHANNEL, text: '@helpdesk show' });
    assert.deepEqual(
      written.deliveries.map(({ status }) => status),
      [200],
    );
    await slack.until(() => got.length > 0);
    assert.deepEqual(got, ['message']);
  });

  it('is told who opens its page, with the view that stands there', async () => {
    const got: unknown[] = [];
    await start({}, (app) =>
      app.event('app_home_opened', async ({ event, client }) => {
        got.push([event.user, event.channel, event.tab, event.view?.blocks.length]);
        if (event.tab === 'home') await client.views.publish({ user_id: event.user, view: home('Hello') });
        slack.nudge();
      }),
    );
    await slack.openHome(bot.url, { user: ALICE });
    const shown = await slack.until(() => slack.homeOf(ALICE));
    assert.equal(shownText(shown.view), 'Hello');
    await slack.openHome(bot.url, { user: ALICE });
    await slack.openHome(bot.url, { user: ALICE, tab: 'messages' });
    await slack.until(() => got.length === 3);
    const direct = slack.channels.find(({ im }) => im === ALICE)?.id;
    assert.deepEqual(got, [
      [ALICE, direct, 'home', undefined],
      [ALICE, direct, 'home', 1],
      [ALICE, direct, 'messages', undefined],
    ]);
  });

  it('has no page that its manifest turns off', async () => {
    await start({ hasHome: false, messagesTab: 'off', events: [] }, () => {});
    const web = webClient(slack);
    await refused(web.views.publish({ user_id: ALICE, view: home('Hello') }), 'not_enabled');
    await refused(web.chat.postMessage({ channel: ALICE, text: 'psst' }), 'messages_tab_disabled');
    await assert.rejects(slack.openHome(bot.url, { user: ALICE }), /no Home tab/);
    await assert.rejects(slack.openHome(bot.url, { user: ALICE, tab: 'messages' }), /no Messages tab/);
  });

  it('hears nothing of its page unless it has subscribed', async () => {
    await start({ events: [] }, () => {});
    assert.equal(await slack.openHome(bot.url, { user: ALICE }), undefined);
  });

  it('lets nobody write where messages are turned off', async () => {
    await start({}, () => {});
    const { channel = '' } = await webClient(slack).chat.postMessage({ channel: ALICE, text: 'psst' });
    assert.throws(() => slack.say({ user: ALICE, channel, text: 'what?' }), /has been turned off/);
  });
});
