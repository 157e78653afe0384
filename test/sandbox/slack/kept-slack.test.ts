import assert from 'node:assert/strict';
import { type KeptSlack, type Slack, shownText, startSlack } from '../../../src/sandbox/slack/start-slack.js';
import { ALICE, CHANNEL, refused, SECRET, smallWorkspace, TOKEN, webClient } from './testing/web-client.js';

const NOBODY = 'http://127.0.0.1:1';
const home = {
  type: 'home',
  blocks: [{ type: 'header', text: { type: 'plain_text', text: 'Cases' } }],
} as never;
const modal = {
  type: 'modal',
  title: { type: 'plain_text', text: 'Form' },
  blocks: [{ type: 'divider' }],
} as never;

/** The response_url of the last thing that somebody did. */
function responseUrl(slack: Slack): string {
  const form = new URLSearchParams(slack.lastRequest?.body);
  const given = form.get('response_url') ?? JSON.parse(form.get('payload') ?? '{}').response_url;
  return String(given);
}

function respond(url: string, body: object): Promise<Response> {
  const headers = { 'content-type': 'application/json' };
  return fetch(url, { method: 'POST', headers, body: JSON.stringify(body) });
}

describe('Slack stand-in: from one run to the next', () => {
  const running: Slack[] = [];
  afterEach(async () => {
    for (const each of running.splice(0)) await each.stop();
  });

  /** A workspace in which something of everything has happened. */
  async function lived(): Promise<Slack> {
    const slack = await smallWorkspace();
    running.push(slack);
    const web = webClient(slack);
    const metadata = { event_type: 'entry', event_payload: { id: 'e1' } };
    const { ts = '' } = await web.chat.postMessage({ channel: CHANNEL, text: 'card', metadata });
    await web.chat.postMessage({ channel: CHANNEL, text: 'reply', thread_ts: ts });
    await web.reactions.add({ channel: CHANNEL, timestamp: ts, name: 'eyes' });
    const gone = await web.chat.postMessage({ channel: CHANNEL, text: 'parent that goes' });
    await web.chat.postMessage({ channel: CHANNEL, text: 'left', thread_ts: gone.ts ?? '' });
    await web.chat.delete({ channel: CHANNEL, ts: gone.ts ?? '' });
    await web.chat.postMessage({ channel: ALICE, text: 'to you alone' });
    await web.chat.postEphemeral({ channel: CHANNEL, user: ALICE, text: 'only you', thread_ts: ts });
    await web.views.publish({ user_id: ALICE, view: home });
    const files = [{ name: 'bytes.bin', data: Uint8Array.of(0, 255, 13, 10) }];
    slack.say({ user: ALICE, channel: CHANNEL, text: 'mine', files });
    await slack.command(NOBODY, { command: '/x', user: ALICE, channel: CHANNEL, triggerId: '1.2.a' });
    await web.views.open({ trigger_id: '1.2.a', view: modal });
    return slack;
  }

  async function next(kept: KeptSlack, more: object = {}): Promise<Slack> {
    const slack = await startSlack({
      botToken: TOKEN,
      signingSecret: SECRET,
      pace: 'off',
      kept: JSON.parse(JSON.stringify(kept)),
      ...more,
    });
    running.push(slack);
    return slack;
  }

  it('keeps all that a person could still see', async () => {
    const before = await lived();
    const kept = before.keep();
    const after = await next(kept);
    for (const { id } of before.channels) assert.deepEqual(after.threads(id), before.threads(id));
    assert.deepEqual(after.channels, before.channels);
    assert.deepEqual(after.users, before.users);
    assert.deepEqual(after.ephemerals, before.ephemerals);
    assert.deepEqual(after.homeOf(ALICE), before.homeOf(ALICE));
    const [file] = before.messages(CHANNEL).at(-1)?.files ?? [];
    assert.deepEqual(after.file(file?.id ?? ''), before.file(file?.id ?? ''));
    assert.equal(after.modalOf(ALICE), undefined);
    assert.deepEqual(after.keep(), kept, 'what a second run keeps');
    assert.deepEqual(JSON.parse(JSON.stringify(kept)), kept, 'it is JSON');
  });

  it('serves it to the app as before', async () => {
    const before = await lived();
    const [first] = before.threads(CHANNEL);
    const after = await next(before.keep());
    const web = webClient(after);
    const ts = first?.card.ts ?? '';
    const read = await web.conversations.replies({ channel: CHANNEL, ts, include_all_metadata: true });
    assert.deepEqual(
      read.messages?.map(({ text }) => text),
      ['card', 'reply'],
    );
    assert.deepEqual(read.messages?.[0]?.metadata?.event_payload, { id: 'e1' });
    await web.chat.update({ channel: CHANNEL, ts, text: 'card, later' });
    await refused(web.reactions.add({ channel: CHANNEL, timestamp: ts, name: 'eyes' }), 'already_reacted');
    await web.views.publish({ user_id: ALICE, view: home, hash: after.homeOf(ALICE)?.hash ?? '' });
    assert.equal(after.views.length, 1);
    const shown = after.ephemerals[0];
    assert.ok(shown);
    assert.equal(shownText(shown), 'only you');
  });

  it('gives out no timestamp and no id twice, even when the clock has gone back', async () => {
    const before = await lived();
    const last = before.messages(CHANNEL).at(-1)?.ts ?? '';
    const after = await next(before.keep(), { now: () => 1_000_000_000_000 });
    const file = { name: 'again.txt', data: Buffer.from('x') };
    const message = after.say({ user: ALICE, channel: CHANNEL, text: 'later', files: [file] });
    assert.ok(message.ts > last, `${message.ts} comes after ${last}`);
    assert.notEqual(message.files?.[0]?.id, before.messages(CHANNEL).at(-1)?.files?.[0]?.id);
  });

  it('keeps no ephemeral that was taken away', async () => {
    const slack = await smallWorkspace();
    running.push(slack);
    const button = { type: 'button', action_id: 'close', text: { type: 'plain_text', text: 'Close' } };
    const blocks = [{ type: 'actions', elements: [button] }];
    const shown = { channel: CHANNEL, user: ALICE, text: 'for a moment', blocks };
    await webClient(slack).chat.postEphemeral(shown as never);
    const [ephemeral] = slack.ephemerals;
    assert.ok(ephemeral);
    assert.deepEqual(slack.keep().ephemerals, [ephemeral]);
    await slack.click(NOBODY, { ephemeral, actionId: 'close', user: ALICE });
    assert.equal((await respond(responseUrl(slack), { delete_original: true })).status, 200);
    assert.deepEqual(slack.keep().ephemerals, []);
  });

  it('keeps a copy, and no half upload', async () => {
    const slack = await smallWorkspace();
    running.push(slack);
    slack.say({ user: ALICE, channel: CHANNEL, text: 'one' });
    await webClient(slack).files.getUploadURLExternal({ filename: 'a.txt', length: 3 });
    const kept = slack.keep();
    slack.say({ user: ALICE, channel: CHANNEL, text: 'two' });
    assert.deepEqual(
      kept.messages.map(({ text }) => text),
      ['one'],
    );
    assert.deepEqual(kept.files, []);
  });

  it('refuses what another version has kept', async () => {
    const slack = await smallWorkspace();
    running.push(slack);
    const kept = { ...slack.keep(), version: 2 } as unknown as KeptSlack;
    await assert.rejects(next(kept), /of version 2, not 1/);
  });
});

describe('Slack stand-in: left on for days', () => {
  it('remembers the newest calls and closed modals only', async () => {
    let now = 1_800_000_000_000;
    const slack = await smallWorkspace({ remember: 3, now: () => now });
    const web = webClient(slack);
    try {
      for (const number of [1, 2, 3, 4, 5]) {
        await web.chat.postMessage({ channel: CHANNEL, text: `${number}` });
        const trigger_id = `1.2.${number}`;
        await slack.command(NOBODY, { command: '/x', user: ALICE, channel: CHANNEL, triggerId: trigger_id });
        await web.views.open({ trigger_id, view: modal });
      }
      assert.deepEqual(
        slack.calls.map(({ method }) => method),
        ['views.open', 'chat.postMessage', 'views.open'],
      );
      assert.deepEqual(
        slack.views.map(({ state }) => state),
        ['closed', 'closed', 'closed', 'open'],
      );
      assert.equal(slack.messages(CHANNEL).length, 5, 'what people see stays');
      const url = responseUrl(slack);
      now += 61 * 60_000;
      await slack.command(NOBODY, { command: '/x', user: ALICE, channel: CHANNEL });
      await refused(web.views.open({ trigger_id: '1.2.5', view: modal }), 'invalid_trigger_id');
      assert.equal(await (await respond(url, { text: 'late' })).text(), 'no such page');
    } finally {
      await slack.stop();
    }
  });
});
