import assert from 'node:assert/strict';
import type { WebClient } from '@slack/web-api';
import { type Slack, shownText } from '../../../src/sandbox/slack/start-slack.js';
import { ALICE, CHANNEL, refused, smallWorkspace, TOKEN, webClient } from './testing/web-client.js';

describe('Slack stand-in: methods, scopes and channels', () => {
  let slack: Slack;
  let web: WebClient;

  beforeEach(async () => {
    slack = await smallWorkspace();
    web = webClient(slack);
  });

  afterEach(() => slack.stop());

  it('knows the bot and tells its scopes', async () => {
    const who = await web.auth.test();
    assert.equal(who.user_id, slack.app.botUser);
    assert.equal(who.bot_id, slack.app.botId);
    assert.equal(who.url, 'https://acme.slack.com/');
    assert.ok(who.response_metadata?.scopes?.includes('chat:write'));
  });

  it('refuses a wrong token and none', async () => {
    await refused(webClient(slack, 'xoxb-other').auth.test(), 'invalid_auth');
    const answer = await fetch(`${slack.url}auth.test`, { method: 'POST' });
    assert.deepEqual(await answer.json(), { ok: false, error: 'not_authed' });
  });

  it('pretends no method and no argument', async () => {
    await refused(web.pins.add({ channel: CHANNEL, timestamp: '1' }), 'unknown_method');
    const call = web.apiCall('chat.postMessage', { channel: CHANNEL, text: 'hi', client_msg_id: 'x' });
    const { response_metadata: where } = await refused(call, 'invalid_arguments');
    assert.match(JSON.stringify(where), /unknown argument: client_msg_id/);
    await refused(web.apiCall('chat.postMessage', { text: 'no channel' }), 'invalid_arguments');
  });

  it('takes JSON as well, and insists on types there', async () => {
    const post = async (body: object) => {
      const answer = await fetch(`${slack.url}chat.postMessage`, {
        method: 'POST',
        headers: { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/json; charset=utf-8' },
        body: JSON.stringify(body),
      });
      return (await answer.json()) as { ok: boolean; ts: string; error?: string };
    };
    const { ts } = await post({ channel: CHANNEL, text: 'card' });
    assert.equal((await post({ channel: CHANNEL, text: 'reply', thread_ts: ts })).ok, true);
    assert.equal(
      (await post({ channel: CHANNEL, text: 'reply', thread_ts: Number(ts) })).error,
      'invalid_arguments',
    );
    assert.deepEqual(
      slack.threads(CHANNEL).map(({ card, replies }) => [shownText(card), replies.map(shownText)]),
      [['card', ['reply']]],
    );
  });

  it('refuses what a scope is missing for', async () => {
    slack.setScopes(['chat:write', 'channels:history']);
    const answer = await refused(web.users.info({ user: ALICE }), 'missing_scope');
    assert.equal(answer.needed, 'users:read');
    assert.equal(answer.provided, 'chat:write,channels:history');
    slack.addChannel({ id: 'G0PRIVATE', name: 'private', isPrivate: true });
    assert.equal((await web.conversations.history({ channel: CHANNEL })).ok, true);
    const history = await refused(web.conversations.history({ channel: 'G0PRIVATE' }), 'missing_scope');
    assert.equal(history.needed, 'groups:history');
    await refused(web.chat.postMessage({ channel: CHANNEL, text: 'hi', username: 'Bezos' }), 'missing_scope');
  });

  it('posts only where the bot may', async () => {
    slack.addChannel({ id: 'C0OUTSIDE', name: 'outside', isMember: false });
    slack.addChannel({ id: 'G0OUTSIDE', name: 'secret', isPrivate: true, isMember: false });
    slack.addChannel({ id: 'C0OLD', name: 'old', isArchived: true });
    const post = (channel: string) => web.chat.postMessage({ channel, text: 'hi' });
    await refused(post('support'), 'channel_not_found');
    await refused(post('#support'), 'channel_not_found');
    await refused(post('C0OUTSIDE'), 'not_in_channel');
    await refused(post('G0OUTSIDE'), 'channel_not_found');
    await refused(post('C0OLD'), 'is_archived');
    await refused(
      web.conversations.replies({ channel: 'C0OUTSIDE', ts: '1700000000.000100' }),
      'not_in_channel',
    );
    slack.setScopes(['chat:write', 'chat:write.public']);
    assert.equal((await post('C0OUTSIDE')).ok, true);
    await refused(post('G0OUTSIDE'), 'channel_not_found');
    slack.changeChannel(CHANNEL, { isMember: false, isPrivate: true });
    await refused(post(CHANNEL), 'channel_not_found');
  });

  it('describes channels and people', async () => {
    const { channel } = await web.conversations.info({ channel: CHANNEL });
    assert.equal(channel?.name, 'support');
    assert.equal(channel?.is_member, true);
    await refused(web.conversations.info({ channel: 'C0NOWHERE' }), 'channel_not_found');
    const { user } = await web.users.info({ user: ALICE });
    assert.equal(user?.real_name, 'Alice Adams');
    assert.equal(user?.profile?.display_name, 'alice');
    assert.equal(user?.profile?.email, undefined);
    await refused(web.users.info({ user: 'U0NOBODY' }), 'user_not_found');
  });

  it('opens a direct message once', async () => {
    const first = await web.conversations.open({ users: ALICE });
    const again = await web.conversations.open({ users: ALICE });
    assert.equal(first.channel?.id, again.channel?.id);
    assert.equal(again.already_open, true);
    const posted = await web.chat.postMessage({ channel: ALICE, text: 'psst' });
    assert.equal(posted.channel, first.channel?.id);
  });

  it('links to messages and replies', async () => {
    const card = await web.chat.postMessage({ channel: CHANNEL, text: 'card' });
    const reply = await web.chat.postMessage({ channel: CHANNEL, text: 'reply', thread_ts: String(card.ts) });
    const link = async (ts: unknown) =>
      (await web.chat.getPermalink({ channel: CHANNEL, message_ts: String(ts) })).permalink;
    assert.equal(
      await link(card.ts),
      `https://acme.slack.com/archives/${CHANNEL}/p${card.ts?.replace('.', '')}`,
    );
    assert.ok((await link(reply.ts))?.endsWith(`?thread_ts=${card.ts}&cid=${CHANNEL}`));
    await refused(link('1700000000.000100'), 'message_not_found');
  });

  it('shows an ephemeral message to one person only', async () => {
    await web.chat.postEphemeral({ channel: CHANNEL, user: ALICE, text: 'only you' });
    await refused(
      web.chat.postEphemeral({ channel: CHANNEL, user: 'U0NOBODY', text: 'x' }),
      'user_not_in_channel',
    );
    assert.deepEqual(
      slack.ephemerals.map(({ user, text, via }) => ({ user, text, via })),
      [{ user: ALICE, text: 'only you', via: 'postEphemeral' }],
    );
    assert.deepEqual(slack.messages(CHANNEL), []);
  });

  it('keeps a record of every call', async () => {
    const blocks = [{ type: 'divider' }];
    await web.chat.postMessage({ channel: CHANNEL, text: 'hi', blocks });
    await refused(web.chat.postMessage({ channel: 'C0NOWHERE', text: 'hi' }), 'channel_not_found');
    const [good, bad] = slack.callsOf('chat.postMessage');
    assert.deepEqual(good?.args, { channel: CHANNEL, text: 'hi', blocks });
    assert.equal(good?.result?.ok, true);
    assert.equal(bad?.result?.error, 'channel_not_found');
    assert.equal(JSON.stringify(slack.calls).includes(TOKEN), false);
  });
});
