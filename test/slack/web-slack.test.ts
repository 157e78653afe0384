import assert from 'node:assert/strict';
import { shownText } from '../../src/sandbox/slack/start-slack.js';
import { ENTRY_EVENT_TYPE } from '../../src/slack/message.js';
import { ALICE, CHANNEL, webClient } from '../sandbox/slack/testing/web-client.js';
import { message, type Room, startRoom, stillOurs, TAG } from './slack-room.js';

const tag = (n: number) => ({ ...TAG, entry: `c-${n}` });

describe('webSlack: what it posts', () => {
  let room: Room;
  let threadTs: string;
  beforeEach(async () => {
    room = await startRoom();
    threadTs = await room.openThread();
  });
  afterEach(() => room.stop());

  const replies = () => room.workspace.threads(CHANNEL)[0]?.replies ?? [];

  it('is in the thread, is not shown in the channel, and carries its tag', async () => {
    const ts = await room.slack.post(
      { channel: CHANNEL, threadTs },
      message('words'),
      tag(1),
      'now',
      stillOurs,
    );
    const [reply] = replies();
    assert.deepEqual([reply?.ts, reply?.text, reply?.broadcast], [ts, 'words', undefined]);
    assert.deepEqual(reply?.metadata, { event_type: ENTRY_EVENT_TYPE, event_payload: tag(1) });
    assert.equal(room.workspace.messages(CHANNEL).length, 1);
    assert.deepEqual(room.counted, ['chat.postMessage ok', 'chat.postMessage ok']);
  });

  it('is plain text where Slack refuses the layout, with the same tag, and the log says so without the text', async () => {
    const layout = (args: { [name: string]: unknown }) => args.blocks !== undefined;
    room.workspace.fault('chat.postMessage', { kind: 'error', error: 'invalid_blocks', when: layout });
    const ts = await room.slack.post(
      { channel: CHANNEL, threadTs },
      message('secret words'),
      tag(1),
      'now',
      stillOurs,
    );
    assert.deepEqual(
      replies().map((reply) => [reply.ts, reply.text, reply.blocks, reply.metadata?.event_payload]),
      [[ts, 'secret words', [], tag(1)]],
    );
    assert.ok(room.log.some((line) => line.includes('invalid_blocks')));
    assert.ok(!room.log.join('').includes('secret'));
  });

  it('is plain text where the real layout is too long for Slack', async () => {
    const long = { ...message('x'.repeat(14_000)), text: 'short' };
    await room.slack.post({ channel: CHANNEL, threadTs }, long, tag(1), 'now', stillOurs);
    assert.deepEqual(
      replies().map((reply) => reply.text),
      ['short'],
    );
  });

  it('is plain text to one person as well, and the log says why', async () => {
    const long = { ...message('x'.repeat(14_000)), text: 'short' };
    await room.slack.postEphemeral({ channel: CHANNEL, threadTs: null }, ALICE, long);
    assert.deepEqual(
      room.workspace.ephemerals.map(({ text }) => text),
      ['short'],
    );
    assert.ok(room.log.some((line) => line.includes('msg_blocks_too_long')));
  });

  it('is not posted at all where Slack refuses it for another reason', async () => {
    room.workspace.fault('chat.postMessage', { kind: 'error', error: 'msg_too_long' });
    await assert.rejects(
      room.slack.post({ channel: CHANNEL, threadTs }, message('x'), tag(1), 'now', stillOurs),
    );
    assert.equal(replies().length, 0);
    assert.equal(room.workspace.callsOf('chat.postMessage').length, 2);
  });

  it('waits as long as Slack says, in the channel that Slack means', async () => {
    room.workspace.addChannel({ id: 'C0OTHER0001', name: 'other' });
    room.workspace.fault('chat.postMessage', { kind: 'ratelimited', retryAfter: 1 });
    const refusedAt = performance.now();
    await assert.rejects(
      room.slack.post({ channel: CHANNEL, threadTs }, message('1'), tag(1), 'now', stillOurs),
    );
    const next = room.slack.post({ channel: CHANNEL, threadTs }, message('2'), tag(2), 'now', stillOurs);
    await room.slack.post({ channel: 'C0OTHER0001', threadTs: null }, message('3'), tag(3), 'now', stillOurs);
    assert.equal(replies().length, 0);
    await next;
    assert.ok(performance.now() - refusedAt >= 990);
  });

  for (const orphanReplies of ['refused', 'in-channel'] as const) {
    it(`is nowhere when the thread is gone, where Slack has replies to it ${orphanReplies}`, async () => {
      await room.stop();
      room = await startRoom({ orphanReplies });
      threadTs = await room.openThread();
      room.workspace.deleteMessage(CHANNEL, threadTs);
      const place = { channel: CHANNEL, threadTs };
      await assert.rejects(room.slack.post(place, message('lost'), tag(1), 'now', stillOurs), {
        kind: 'gone',
        happened: 'no',
      });
      assert.deepEqual(room.workspace.messages(CHANNEL), []);
    });
  }

  it('is not left under the placeholder of a first message that was deleted', async () => {
    const place = { channel: CHANNEL, threadTs };
    await room.slack.post(place, message('before'), tag(1), 'now', stillOurs);
    room.workspace.deleteMessage(CHANNEL, threadTs);
    const lost = { kind: 'gone', happened: 'no' };
    await assert.rejects(room.slack.post(place, message('after'), tag(2), 'now', stillOurs), lost);
    assert.deepEqual(
      replies().map(({ text }) => text),
      ['before'],
    );
    room.workspace.fault('chat.delete', { kind: 'hangup-before' });
    await assert.rejects(room.slack.post(place, message('after'), tag(2), 'now', stillOurs), {
      kind: 'gone',
      happened: 'maybe',
    });
  });

  it('is deleted, once or twice', async () => {
    const ts = await room.slack.post({ channel: CHANNEL, threadTs }, message('x'), tag(1), 'now', stillOurs);
    await room.slack.remove(CHANNEL, ts, stillOurs);
    await room.slack.remove(CHANNEL, ts, stillOurs);
    assert.deepEqual(replies(), []);
  });

  it('shows a message anew, and keeps its tag and its thread', async () => {
    const ts = await room.slack.post(
      { channel: CHANNEL, threadTs },
      message('before'),
      tag(1),
      'now',
      stillOurs,
    );
    await room.slack.update(CHANNEL, ts, message('after'), stillOurs);
    await room.slack.update(CHANNEL, ts, message('after'), stillOurs);
    const [reply] = replies();
    assert.ok(reply !== undefined);
    assert.equal(shownText(reply), 'after');
    assert.deepEqual(reply.metadata?.event_payload, tag(1));
    assert.equal(replies().length, 1);
  });

  it('reaches one person only, in the channel or directly', async () => {
    await room.slack.postEphemeral({ channel: CHANNEL, threadTs: null }, ALICE, message('for you'));
    await room.slack.postEphemeral({ channel: CHANNEL, threadTs }, ALICE, message('in the thread'));
    assert.deepEqual(
      room.workspace.ephemerals.map((each) => [each.user, each.channel, each.threadTs, each.text]),
      [
        [ALICE, CHANNEL, undefined, 'for you'],
        [ALICE, CHANNEL, threadTs, 'in the thread'],
      ],
    );
    await room.slack.postDirect(ALICE, message('and here'));
    const direct = room.workspace.channels.find((channel) => channel.im === ALICE);
    assert.deepEqual(
      room.workspace.messages(direct?.id ?? '').map(({ text }) => text),
      ['and here'],
    );
    assert.equal(room.workspace.messages(CHANNEL).length, 1);
  });
});

describe('webSlack: what it finds', () => {
  let room: Room;
  let threadTs: string;
  beforeEach(async () => {
    room = await startRoom();
    threadTs = await room.openThread();
  });
  afterEach(() => room.stop());

  const place = () => ({ channel: CHANNEL, threadTs });
  const entries = async (oldest = threadTs) =>
    (await room.slack.findEntries(place(), oldest)).map(({ tag: { entry } }) => entry);

  it('are our own entries in the thread, oldest first, over all pages', async () => {
    const expected: string[] = [];
    for (let n = 0; n < 450; n++) {
      await room.slack.post(place(), message(`${n}`), tag(n), 'backlog', stillOurs);
      expected.push(`c-${n}`);
    }
    assert.deepEqual(
      (await entries()).filter((entry) => entry !== TAG.entry || expected.includes(entry)).slice(-450),
      expected,
    );
    assert.equal(room.workspace.callsOf('conversations.replies').length, 3);
  });

  it('are those after a moment only', async () => {
    const first = await room.slack.post(place(), message('1'), tag(1), 'now', stillOurs);
    await room.slack.post(place(), message('2'), tag(2), 'now', stillOurs);
    assert.deepEqual((await entries(first)).slice(-1), ['c-2']);
    assert.ok(!(await entries(first)).slice(1).includes('c-1'));
  });

  it('are cards in the channel, and no replies', async () => {
    await room.slack.post(place(), message('reply'), tag(1), 'now', stillOurs);
    await room.slack.post(
      { channel: CHANNEL, threadTs: null },
      message('card 2'),
      { ...TAG, entry: 'card' },
      'now',
      stillOurs,
    );
    const found = await room.slack.findEntries({ channel: CHANNEL, threadTs: null }, '0');
    assert.deepEqual(
      found.map((each) => each.tag.entry),
      [TAG.entry, 'card'],
    );
    assert.deepEqual(
      found.map((each) => each.ts),
      room.workspace.messages(CHANNEL).map(({ ts }) => ts),
    );
  });

  it('come a page at a time, with the first messages that were deleted', async () => {
    await room.slack.post(place(), message('reply'), tag(1), 'now', stillOurs);
    room.workspace.deleteMessage(CHANNEL, threadTs);
    const second = await room.openThread();
    const channel = { channel: CHANNEL, threadTs: null };
    const first = await room.slack.readEntries(channel, { oldest: '0', limit: 1 });
    assert.deepEqual([first.entries.map(({ ts }) => ts), first.deletedRoots], [[second], []]);
    assert.ok(first.next !== null);
    const next = await room.slack.readEntries(channel, { oldest: '0', limit: 1, cursor: first.next });
    assert.deepEqual(next, { entries: [], deletedRoots: [threadTs], next: null });
    const before = await room.slack.readEntries(channel, { oldest: '0', latest: second });
    assert.deepEqual([before.entries, before.deletedRoots], [[], [threadTs]]);
  });

  it('are none of what people and other apps write, and none with half a tag', async () => {
    room.workspace.say({ user: ALICE, channel: CHANNEL, text: 'hello', threadTs });
    const client = webClient(room.workspace);
    const strange = [
      { event_type: 'another_app', event_payload: { ...tag(1) } },
      { event_type: ENTRY_EVENT_TYPE, event_payload: { entry: 'c-1' } },
      { event_type: ENTRY_EVENT_TYPE, event_payload: { case: 'x' } },
      { event_type: ENTRY_EVENT_TYPE, event_payload: { case: 1, entry: 2 } },
    ];
    for (const metadata of strange) {
      await client.chat.postMessage({ channel: CHANNEL, thread_ts: threadTs, text: 'x', metadata });
    }
    await room.slack.post(place(), message('ours'), tag(7), 'now', stillOurs);
    assert.deepEqual(
      (await entries()).filter((entry) => entry !== TAG.entry),
      ['c-7'],
    );
  });

  it('are whole with the part of a text that goes on', async () => {
    await room.slack.post(place(), message('2 of 2'), { ...TAG, entry: 'c-9', part: 1 }, 'now', stillOurs);
    const found = await room.slack.findEntries(place(), threadTs);
    assert.deepEqual(found.at(-1)?.tag, { ...TAG, entry: 'c-9', part: 1 });
  });
});

describe('webSlack: pace', () => {
  let room: Room;
  afterEach(() => room.stop());

  const place = { channel: CHANNEL, threadTs: null };
  const thread = { channel: CHANNEL, threadTs: '1.000001' };

  it('takes a turn for each post of a channel, each update, and each page of each way of reading', async () => {
    const taken: string[] = [];
    const gate = { spreadMs: 0, take: (lane: string) => taken.push(lane) && 0, pause: () => undefined };
    room = await startRoom({ gate });
    const ts = await room.openThread();
    for (let n = 0; n < 250; n++) {
      room.workspace.say({ user: ALICE, channel: CHANNEL, text: `${n}`, threadTs: ts });
    }
    await room.slack.update(CHANNEL, ts, message('anew'), stillOurs);
    await room.slack.postDirect(ALICE, message('for you'));
    await room.slack.findEntries(place, '0');
    await room.slack.findEntries({ channel: CHANNEL, threadTs: ts }, '0');
    const replies = 'conversations.replies';
    assert.deepEqual(taken, [CHANNEL, 'chat.update', ALICE, 'conversations.history', replies, replies]);
    assert.equal(room.workspace.callsOf(replies).length, 2);
  });

  it('reads as late as Slack says, in the way that Slack means', async () => {
    room = await startRoom();
    await room.openThread();
    room.workspace.fault('conversations.history', { kind: 'ratelimited', retryAfter: 1 });
    const refusedAt = performance.now();
    await assert.rejects(room.slack.findEntries(place, '0'), { kind: 'rate-limited' });
    const next = room.slack.findEntries(place, '0').then(() => performance.now() - refusedAt);
    await room.slack.findEntries(thread, '0').catch(() => undefined);
    assert.equal(room.workspace.callsOf('conversations.replies').length, 1);
    assert.equal(room.workspace.callsOf('conversations.history').length, 1);
    assert.ok((await next) >= 990);
  });

  it('sends nothing, and says so, when nobody knows whether it may or when the process ends', async () => {
    const gate = { spreadMs: 0, take: () => Promise.reject(new Error('away')), pause: () => undefined };
    room = await startRoom({ gate });
    const tries = [
      () => room.slack.post(place, message('1'), tag(1), 'now', stillOurs),
      () => room.slack.update(CHANNEL, '1.000001', message('2'), stillOurs),
      () => room.slack.postDirect(ALICE, message('3')),
      () => room.slack.findEntries(place, '0'),
    ];
    for (const each of tries) {
      await assert.rejects(each(), { kind: 'unreachable', code: 'gate-away', happened: 'no' });
    }
    room.stopPacing();
    for (const each of tries) {
      await assert.rejects(each(), { kind: 'unreachable', code: 'stopping', happened: 'no' });
    }
    assert.deepEqual(
      room.counted.filter((each) => !each.startsWith('auth.test')),
      [],
    );
  });
});

describe('webSlack: what it knows of the workspace', () => {
  let room: Room;
  beforeEach(async () => {
    room = await startRoom();
  });
  afterEach(() => room.stop());

  it('links to a message once it has been told the address', async () => {
    const at = { channel: CHANNEL, ts: '1712345678.123456' };
    assert.equal(room.slack.linkTo(at), null);
    await room.slack.check(CHANNEL);
    assert.equal(room.slack.linkTo(at), `https://acme.slack.com/archives/${CHANNEL}/p1712345678123456`);
  });

  it('says what is wrong with the channel before anything is posted to it', async () => {
    await room.slack.check(CHANNEL);
    for (const [change, code] of [
      [{ isArchived: true }, 'is_archived'],
      [{ isArchived: false, isMember: false }, 'not_in_channel'],
    ] as const) {
      room.workspace.changeChannel(CHANNEL, change);
      await assert.rejects(room.slack.check(CHANNEL), { name: 'SlackError', kind: 'needs-person', code });
    }
    await assert.rejects(room.slack.check('C0NOWHERE01'), { code: 'channel_not_found' });
  });

  it('names people and channels, asks once for each, and says null where Slack does not tell', async () => {
    assert.equal(await room.slack.personName(ALICE), 'Alice Adams');
    assert.equal(await room.slack.personName(ALICE), 'Alice Adams');
    assert.equal(await room.slack.channelName(CHANNEL), 'support');
    assert.equal(await room.slack.personName('U0NOBODY001'), null);
    assert.equal(await room.slack.channelName('C0NOWHERE01'), null);
    assert.equal(room.workspace.callsOf('users.info').length, 2);
  });

  it('knows who is a bot, and who of another company, and rejects where Slack does not tell', async () => {
    const { slack, workspace } = room;
    workspace.addUser({ id: 'U0PARTNER01', name: 'pat', realName: 'Pat Partner', teamId: 'T0PARTNER01' });
    workspace.fault('users.info', { kind: 'status', status: 500 });
    await assert.rejects(slack.kindOf(ALICE), { code: 'http-500' });
    assert.equal(await slack.kindOf(ALICE), 'person');
    assert.equal(await slack.kindOf('U0PARTNER01'), 'stranger');
    assert.equal(await slack.kindOf(workspace.app.botUser), 'bot');
    await assert.rejects(slack.kindOf('U0NOBODY001'), { code: 'user_not_found' });
  });

  it('learns the name of a person and what they are from one call', async () => {
    const { slack, workspace } = room;
    assert.equal(await slack.personName(ALICE), 'Alice Adams');
    assert.equal(await slack.kindOf(ALICE), 'person');
    assert.equal(workspace.callsOf('users.info').length, 1);
  });

  it('says what is wrong where it may not see what people are', async () => {
    room.workspace.setScopes(['chat:write', 'channels:read', 'groups:read']);
    await assert.rejects(room.slack.check(CHANNEL), { kind: 'needs-person', code: 'missing_scope' });
  });

  it('says what is wrong where it may not see who is in the channel, and not of what passes by itself', async () => {
    const fault = room.workspace.fault('conversations.members', { kind: 'error', error: 'missing_scope' });
    await assert.rejects(room.slack.check(CHANNEL), { kind: 'needs-person', code: 'missing_scope' });
    fault.cancel();
    room.workspace.fault('conversations.members', { kind: 'status', status: 503 });
    await room.slack.check(CHANNEL);
  });

  it('knows who is a guest, in a user group, and in a channel of several pages', async () => {
    const { slack, workspace } = room;
    workspace.addUser({ id: 'U0GUS', name: 'gus', realName: 'Gus Guest', guest: 'single-channel' });
    workspace.addUser({ id: 'U0MIA', name: 'mia', realName: 'Mia Guest', guest: 'multi-channel' });
    assert.deepEqual([await slack.kindOf('U0GUS'), await slack.kindOf('U0MIA')], ['guest', 'guest']);
    workspace.setGroup({ id: 'S0TEAM', handle: 'team', users: [ALICE, 'U0GUS'] });
    assert.deepEqual(await slack.groupMembers('S0TEAM'), new Set([ALICE, 'U0GUS']));
    await assert.rejects(slack.groupMembers('S0NOSUCH'), { code: 'no_such_subteam' });
    const many = Array.from({ length: 2_100 }, (_, n) => `U0MANY${n}`);
    for (const id of many) workspace.addUser({ id, name: id.toLowerCase(), realName: id });
    workspace.changeChannel(CHANNEL, { members: many });
    const members = await slack.channelMembers(CHANNEL);
    assert.ok(members.size === 2_101 && many.every((each) => members.has(each)));
    assert.equal(workspace.callsOf('conversations.members').length, 3);
    workspace.fault('conversations.members', { kind: 'ratelimited', retryAfter: 3 });
    await assert.rejects(slack.channelMembers(CHANNEL), { kind: 'rate-limited' });
  });

  it('asks again for a name that it could not get', async () => {
    room.workspace.fault('users.info', { kind: 'status', status: 500 });
    assert.equal(await room.slack.personName(ALICE), null);
    assert.equal(await room.slack.personName(ALICE), 'Alice Adams');
  });
});
