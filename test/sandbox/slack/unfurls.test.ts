import assert from 'node:assert/strict';
import type { App } from '@slack/bolt';
import { type AppManifest, type Slack, shownText } from '../../../src/sandbox/slack/start-slack.js';
import { boltApp } from './testing/bolt-app.js';
import { ALICE, CHANNEL, refused, smallWorkspace, webClient } from './testing/web-client.js';

const MANIFEST: AppManifest = {
  displayName: 'Help Desk',
  commands: [],
  shortcuts: [],
  scopes: ['chat:write', 'links:read', 'links:write'],
  events: ['link_shared'],
  hasHome: false,
  messagesTab: 'off',
  interactivity: false,
  unfurlDomains: ['example.com'],
};
const OTHER = 'C0ELSEWHERE';
const URL_A = 'https://deep.example.com/a?x=1&y=2';
const KEY_A = 'https://deep.example.com/a?x=1&amp;y=2';
const card = (text: string) => ({
  blocks: [{ type: 'section' as const, text: { type: 'plain_text' as const, text } }],
});

interface Heard {
  readonly [field: string]: unknown;
  readonly channel: string;
  readonly message_ts: string;
  readonly unfurl_id: string;
  readonly links: { domain: string; url: string }[];
}

describe('Slack stand-in: links that apps unfurl, with Bolt', () => {
  let slack: Slack;
  let bot: Awaited<ReturnType<typeof boltApp>>;
  let heard: Heard[];
  const start = async (change: Partial<AppManifest> = {}, fails = false) => {
    heard = [];
    slack = await smallWorkspace({ manifest: { ...MANIFEST, ...change }, eventRetryMs: [] });
    slack.addChannel({ id: OTHER, name: 'elsewhere', isMember: false });
    bot = await boltApp(slack, (app: App) => {
      app.event('link_shared', async ({ event }) => {
        heard.push(event as unknown as Heard);
      });
    });
    // Nobody listens there: the event is never acknowledged.
    if (fails) await bot.stop();
  };
  afterEach(async () => {
    await bot.stop().catch(() => undefined);
    await slack.stop();
  });
  const write = (text: string, channel = CHANNEL) => slack.write(bot.url, { user: ALICE, channel, text });
  const unfurls = () => slack.messages(CHANNEL).at(-1)?.unfurls;

  it('tells the app of links to its domains and below, wherever they are, and of no others', async () => {
    await start();
    const { message } = await write(`See ${URL_A} and https://example.org/b, https://notexample.com/c`);
    await write('https://example.com/d', OTHER);
    await write('https://example.org/e');
    const [first, second] = heard;
    assert.equal(heard.length, 2);
    assert.deepEqual(first?.links, [{ domain: 'example.com', url: KEY_A }]);
    assert.deepEqual(
      [first.channel, first.message_ts, first.source, first.is_bot_user_member, first.user],
      [CHANNEL, message.ts, 'conversations_history', true, ALICE],
    );
    assert.deepEqual([second?.channel, second?.is_bot_user_member], [OTHER, false]);
  });

  it('tells an app nothing that has not asked for it', async () => {
    for (const change of [{ events: [] }, { scopes: ['chat:write'] }, { unfurlDomains: [] }]) {
      await start(change);
      await write(URL_A);
      assert.deepEqual(heard, []);
      await bot.stop();
      await slack.stop();
    }
    await start();
  });

  it('shows what the app has of a link below the message, and shows it anew', async () => {
    await start();
    const web = webClient(slack);
    const { message } = await write(`${URL_A} https://example.com/b`);
    const to = { channel: CHANNEL, ts: message.ts };
    await web.chat.unfurl({ ...to, unfurls: { [KEY_A]: card('one') } });
    await web.chat.unfurl({
      unfurl_id: String(heard[0]?.unfurl_id),
      source: 'conversations_history',
      unfurls: { [KEY_A]: card('two'), 'https://example.com/b': card('three') },
    });
    assert.deepEqual(
      unfurls()?.map((each) => [each.url, shownText(each)]),
      [
        [KEY_A, 'two'],
        ['https://example.com/b', 'three'],
      ],
    );
    slack.deleteMessage(CHANNEL, message.ts);
    await refused(web.chat.unfurl({ ...to, unfurls: { [KEY_A]: card('x') } }), 'cannot_find_message');
  });

  it('refuses what Slack refuses', async () => {
    await start();
    const web = webClient(slack);
    const { message } = await write(URL_A);
    const to = { channel: CHANNEL, ts: message.ts };
    const call = (args: object, error: string) => refused(web.apiCall('chat.unfurl', { ...args }), error);
    const good = { [KEY_A]: card('x') };
    await call({ ...to }, 'missing_unfurls');
    await call({ ...to, unfurls: '{' }, 'invalid_unfurls_format');
    await call({ ...to, unfurls: [] }, 'invalid_unfurls_format');
    await call({ ts: message.ts, unfurls: good }, 'missing_channel');
    await call({ channel: CHANNEL, unfurls: good }, 'missing_ts');
    await call({ channel: 'C0NOWHERE', ts: message.ts, unfurls: good }, 'cannot_find_channel');
    await call({ channel: CHANNEL, ts: '1700000000.000100', unfurls: good }, 'cannot_find_message');
    await call({ ...to, unfurls: { [URL_A]: card('x') } }, 'cannot_unfurl_message');
    await call({ unfurl_id: 'x', unfurls: good }, 'missing_source');
    await call({ source: 'composer', unfurls: good }, 'missing_unfurl_id');
    await call({ unfurl_id: 'x', source: 'composer', unfurls: good }, 'invalid_unfurl_id');
    await call({ unfurl_id: 'x', source: 'elsewhere', unfurls: good }, 'invalid_source');
    await call({ ...to, unfurls: { [KEY_A]: 'x' } }, 'cannot_parse_attachment');
    await call({ ...to, unfurls: { [KEY_A]: { text: 'x' } } }, 'cannot_parse_attachment');
    await call({ ...to, unfurls: { [KEY_A]: { blocks: [] } } }, 'cannot_parse_attachment');
    await call({ ...to, unfurls: { [KEY_A]: card('') } }, 'invalid_blocks');
    const section = { type: 'rich_text_section', elements: [{ type: 'text', text: 'x' }] };
    const rich = { blocks: [{ type: 'rich_text', elements: [section] }] };
    await call({ ...to, unfurls: { [KEY_A]: rich } }, 'invalid_blocks');
    slack.setScopes(['chat:write', 'links:read']);
    await call({ ...to, unfurls: good }, 'missing_scope');
    assert.equal(unfurls(), undefined);
  });

  it('refuses a link while the app has not acknowledged the event', async () => {
    await start({}, true);
    const { message, deliveries } = await write(URL_A);
    assert.equal(deliveries[0]?.failed, 'dispatch_failed');
    const unfurl = { channel: CHANNEL, ts: message.ts, unfurls: { [KEY_A]: card('x') } };
    await refused(webClient(slack).chat.unfurl(unfurl), 'cannot_unfurl_url');
  });

  it('tells of links in a message that is being written, which is in no channel yet', async () => {
    await start();
    await slack.compose(bot.url, { user: ALICE, text: URL_A });
    const [event] = heard;
    assert.ok(event);
    assert.deepEqual(
      [event.channel, event.source, event.unfurl_id],
      ['COMPOSER', 'composer', event.message_ts],
    );
    const web = webClient(slack);
    const unfurls = { [KEY_A]: card('x') };
    await web.chat.unfurl({ channel: event.channel, ts: event.message_ts, unfurls });
    await web.chat.unfurl({ unfurl_id: event.unfurl_id, source: 'composer', unfurls });
    assert.deepEqual(slack.messages(CHANNEL), []);
  });
});
