import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import type { WebClient } from '@slack/web-api';
import type { Slack } from '../../../src/sandbox/slack/start-slack.js';
import { ALICE, CHANNEL, refused, smallWorkspace, webClient } from './testing/web-client.js';

describe('Slack stand-in: lists and reactions', () => {
  let slack: Slack;
  let web: WebClient;

  beforeEach(async () => {
    slack = await smallWorkspace();
    web = webClient(slack);
    slack.addUser({ id: 'U0BOB', name: 'bob', realName: 'Bob Brown' });
    slack.addChannel({ id: 'C0OLD', name: 'old', isArchived: true });
    slack.addChannel({ id: 'G0OURS', name: 'ours', isPrivate: true });
    slack.addChannel({ id: 'G0THEIRS', name: 'theirs', isPrivate: true, isMember: false });
  });
  afterEach(() => slack.stop());

  it('lists conversations by type, page by page', async () => {
    const names: (string | undefined)[] = [];
    const types = 'public_channel,private_channel';
    for await (const page of web.paginate('conversations.list', { limit: 1, types })) {
      const { channels = [] } = page as { channels?: { name?: string }[] };
      assert.equal(channels.length, 1);
      names.push(...channels.map(({ name }) => name));
    }
    assert.deepEqual(names, ['support', 'old', 'ours']);
    const { channels } = await web.conversations.list({ exclude_archived: true });
    assert.deepEqual(
      channels?.map(({ id }) => id),
      [CHANNEL],
    );
    await refused(web.conversations.list({ cursor: 'bm8=' }), 'invalid_cursor');
    await refused(web.conversations.list({ limit: 1_001 }), 'invalid_limit');
    await refused(web.conversations.list({ types: 'all' }), 'invalid_types');
    slack.setScopes(['channels:read']);
    assert.equal((await refused(web.conversations.list({ types }), 'missing_scope')).needed, 'groups:read');
  });

  it('lists the people of a user group, and says who is a guest', async () => {
    const users = async (usergroup: string) => (await web.usergroups.users.list({ usergroup })).users;
    slack.setGroup({ id: 'S0TEAM', handle: 'team', users: [ALICE, 'U0BOB'] });
    assert.deepEqual(await users('S0TEAM'), [ALICE, 'U0BOB']);
    await refused(users('S0NOSUCH'), 'no_such_subteam');
    slack.setGroup({ id: 'S0TEAM', handle: 'team', users: [ALICE], isDisabled: true });
    await refused(users('S0TEAM'), 'no_such_subteam');
    const all = await web.usergroups.users.list({ usergroup: 'S0TEAM', include_disabled: true });
    assert.deepEqual(all.users, [ALICE]);
    slack.addUser({ id: 'U0GUS', name: 'gus', realName: 'Gus Guest', guest: 'single-channel' });
    slack.addUser({ id: 'U0MIA', name: 'mia', realName: 'Mia Guest', guest: 'multi-channel' });
    const restricted = async (user: string) => {
      const { is_restricted, is_ultra_restricted } = (await web.users.info({ user })).user ?? {};
      return [is_restricted, is_ultra_restricted];
    };
    assert.deepEqual(await restricted('U0GUS'), [true, true]);
    assert.deepEqual(await restricted('U0MIA'), [true, false]);
    assert.deepEqual(await restricted(ALICE), [false, false]);
    slack.setScopes(['users:read']);
    assert.equal((await refused(users('S0TEAM'), 'missing_scope')).needed, 'usergroups:read');
  });

  it('lists members of a channel alone, where it names them', async () => {
    slack.changeChannel(CHANNEL, { members: ['U0BOB'] });
    const { members } = await web.conversations.members({ channel: CHANNEL });
    assert.deepEqual(members, [slack.app.botUser, 'U0BOB']);
  });

  it('lists members and people', async () => {
    const { botUser } = slack.app;
    const members = async (channel: string) => (await web.conversations.members({ channel })).members;
    assert.deepEqual(await members(CHANNEL), [botUser, ALICE, 'U0BOB']);
    slack.changeChannel(CHANNEL, { isMember: false });
    assert.deepEqual(await members(CHANNEL), [ALICE, 'U0BOB']);
    await refused(members('G0THEIRS'), 'channel_not_found');
    await refused(web.conversations.members({ channel: CHANNEL, limit: 1_000 }), 'invalid_limit');
    await web.conversations.members({ channel: CHANNEL, limit: 999 });
    const first = await web.users.list({ limit: 2 });
    const second = await web.users.list({ limit: 2, cursor: first.response_metadata?.next_cursor ?? '' });
    assert.deepEqual(
      [...(first.members ?? []), ...(second.members ?? [])].map(({ id }) => id),
      [botUser, ALICE, 'U0BOB'],
    );
    assert.equal(second.response_metadata?.next_cursor, '');
  });

  it('reacts once, and takes it back once', async () => {
    const { ts = '' } = slack.say({ user: ALICE, channel: CHANNEL, text: 'look' });
    const on = { channel: CHANNEL, timestamp: ts };
    await web.reactions.add({ ...on, name: 'eyes' });
    await refused(web.reactions.add({ ...on, name: 'eyes' }), 'already_reacted');
    assert.deepEqual(slack.messages(CHANNEL)[0]?.reactions, [{ name: 'eyes', users: [slack.app.botUser] }]);
    const { messages } = await web.conversations.history({ channel: CHANNEL });
    assert.deepEqual(messages?.[0]?.reactions, [{ name: 'eyes', users: [slack.app.botUser], count: 1 }]);
    await web.reactions.remove({ ...on, name: 'eyes' });
    await refused(web.reactions.remove({ ...on, name: 'eyes' }), 'no_reaction');
    assert.equal(slack.messages(CHANNEL)[0]?.reactions, undefined);
  });

  it('reacts only where the bot may', async () => {
    const { ts = '' } = slack.say({ user: ALICE, channel: CHANNEL, text: 'look' });
    const add = (more: object) =>
      web.reactions.add({ channel: CHANNEL, timestamp: ts, name: 'eyes', ...more });
    await refused(add({ name: ':eyes:' }), 'invalid_name');
    await refused(add({ timestamp: '12' }), 'bad_timestamp');
    await refused(add({ timestamp: '1800000000.000100' }), 'message_not_found');
    await refused(add({ channel: 'G0THEIRS' }), 'channel_not_found');
    await refused(add({ channel: 'C0OLD' }), 'is_archived');
    slack.changeChannel(CHANNEL, { isMember: false });
    await refused(add({}), 'not_in_channel');
    slack.setScopes(['chat:write']);
    assert.equal((await refused(add({}), 'missing_scope')).needed, 'reactions:write');
  });
});

describe('Slack stand-in: people react', () => {
  let slack: Slack;
  let server: Server;
  let url = '';
  const bodies: string[] = [];
  beforeEach(async () => {
    slack = await smallWorkspace();
    bodies.length = 0;
    server = createServer(async (request, response) => {
      bodies.push(await text(request));
      response.end();
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterEach(async () => {
    server.close();
    await slack.stop();
  });

  it('tells the app who put what on whose message, and who took it away', async () => {
    const { ts } = slack.say({ user: ALICE, channel: CHANNEL, text: 'look' });
    const reacting = { user: ALICE, channel: CHANNEL, ts, name: 'eyes' };
    await slack.react(url, reacting);
    assert.deepEqual(slack.messages(CHANNEL)[0]?.reactions, [{ name: 'eyes', users: [ALICE] }]);
    await slack.unreact(url, reacting);
    assert.equal(slack.messages(CHANNEL)[0]?.reactions, undefined);
    const events = bodies.map((body) => JSON.parse(body).event);
    assert.deepEqual(
      events.map(({ event_ts, ...event }) => [typeof event_ts, event]),
      ['reaction_added', 'reaction_removed'].map((type) => [
        'string',
        {
          type,
          user: ALICE,
          reaction: 'eyes',
          item: { type: 'message', channel: CHANNEL, ts },
          item_user: ALICE,
        },
      ]),
    );
  });

  it('lets nobody do what Slack does not', async () => {
    const { ts } = slack.say({ user: ALICE, channel: CHANNEL, text: 'look' });
    const reacting = { user: ALICE, channel: CHANNEL, ts, name: 'eyes' };
    await assert.rejects(slack.unreact(url, reacting), /no_reaction/);
    await slack.react(url, reacting);
    await assert.rejects(slack.react(url, reacting), /already_reacted/);
    await assert.rejects(slack.react(url, { ...reacting, name: 'Two Words' }), /no emoji/);
    await assert.rejects(slack.react(url, { ...reacting, ts: '1.000001' }), /no message/);
    await assert.rejects(slack.react(url, { ...reacting, user: 'U0NOBODY' }), /Nobody/);
  });

  it('tells an app that is not in the channel nothing', async () => {
    const { ts } = slack.say({ user: ALICE, channel: CHANNEL, text: 'look' });
    slack.changeChannel(CHANNEL, { isMember: false });
    assert.equal(await slack.react(url, { user: ALICE, channel: CHANNEL, ts, name: 'eyes' }), undefined);
    assert.deepEqual(bodies, []);
  });
});
