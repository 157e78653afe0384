import assert from 'node:assert/strict';
import { WebAPIRateLimitedError, type WebClient } from '@slack/web-api';
import { type Slack, type SlackOptions, shownText } from '../../../src/sandbox/slack/start-slack.js';
import { ALICE, CHANNEL, refused, smallWorkspace, webClient } from './testing/web-client.js';

const section = (text: string) => ({ type: 'section', text: { type: 'mrkdwn', text } });

describe('Slack stand-in: messages', () => {
  let slack: Slack;
  let web: WebClient;

  async function start(options: Partial<SlackOptions> = {}): Promise<void> {
    slack = await smallWorkspace(options);
    web = webClient(slack);
  }

  async function post(text: string, more: object = {}): Promise<string> {
    const { ts } = await web.chat.postMessage({ channel: CHANNEL, text, ...more });
    return String(ts);
  }

  const texts = () => slack.messages(CHANNEL).map(shownText);

  afterEach(() => slack.stop());

  it('gives every message a timestamp of its own, in order', async () => {
    await start({ now: () => 1_700_000_000_500 });
    assert.deepEqual([await post('a'), await post('b')], ['1700000000.000100', '1700000000.000200']);
  });

  it('splits a long text, and returns the first piece', async () => {
    await start();
    const text = `${'a'.repeat(4_000)}${'b'.repeat(4_000)}c`;
    const ts = await post(text);
    assert.deepEqual(
      slack.messages(CHANNEL).map((message) => message.text.length),
      [4_000, 4_000, 1],
    );
    assert.equal(slack.messages(CHANNEL)[0]?.ts, ts);
    await post('x'.repeat(4_000));
    assert.equal(slack.messages(CHANNEL).length, 4);
    await post('y'.repeat(40_001));
    assert.equal(slack.messages(CHANNEL).length, 14);
  });

  it('refuses an empty message', async () => {
    await start();
    await refused(post(''), 'no_text');
    await refused(post('', { blocks: [] }), 'no_text');
  });

  it('replies to a parent only', async () => {
    await start();
    const card = await post('card');
    const reply = await post('reply', { thread_ts: card });
    await refused(post('lost', { thread_ts: '1700000000.000100' }), 'thread_not_found');
    await refused(post('nested', { thread_ts: reply }), 'thread_not_found');
    // A number loses its trailing zeros on the way.
    await refused(post('number', { thread_ts: Number(card) }), 'thread_not_found');
    slack.addChannel({ id: 'C0OTHER', name: 'other' });
    await refused(
      web.chat.postMessage({ channel: 'C0OTHER', text: 'x', thread_ts: card }),
      'thread_not_found',
    );
    assert.deepEqual(
      slack.threads(CHANNEL).map(({ card, replies }) => [card.text, replies.map((each) => each.text)]),
      [['card', ['reply']]],
    );
  });

  it('updates as Slack does', async () => {
    await start();
    const metadata = { event_type: 'casethread_entry', event_payload: { entry: '1' } };
    const ts = await post('one', { blocks: [section('*one*')], metadata });
    const shown = () => slack.messages(CHANNEL)[0];
    const update = (change: object) => web.chat.update({ channel: CHANNEL, ts, ...change } as never);
    await update({ blocks: [section('two')] });
    assert.deepEqual([shown()?.text, shown()?.blocks.length, shown()?.editedTs], ['one', 1, undefined]);
    await update({ text: 'three' });
    assert.deepEqual([shown()?.text, shown()?.blocks], ['three', []]);
    assert.notEqual(shown()?.editedTs, undefined);
    assert.deepEqual(shown()?.metadata, metadata);
    await update({ text: 'four', metadata: {} });
    assert.equal(shown()?.metadata, undefined);
    await refused(update({}), 'no_text');
    await refused(update({ text: 'x'.repeat(4_001) }), 'msg_too_long');
    await refused(
      web.chat.update({ channel: CHANNEL, ts: '1700000000.000100', text: 'x' }),
      'message_not_found',
    );
    const hers = slack.say({ user: ALICE, channel: CHANNEL, text: 'mine' });
    await refused(web.chat.update({ channel: CHANNEL, ts: hers.ts, text: 'x' }), 'cant_update_message');
    await refused(web.chat.delete({ channel: CHANNEL, ts: hers.ts }), 'cant_delete_message');
  });

  it('leaves a placeholder for a deleted parent', async () => {
    await start();
    const card = await post('card');
    const reply = await post('reply', { thread_ts: card });
    await web.chat.delete({ channel: CHANNEL, ts: card });
    const [thread] = slack.threads(CHANNEL);
    assert.equal(thread?.card.deleted, true);
    assert.deepEqual(thread?.replies.map(shownText), ['reply']);
    const { messages } = await web.conversations.replies({ channel: CHANNEL, ts: card });
    assert.equal(messages?.[0] && 'subtype' in messages[0] && messages[0].subtype, 'tombstone');
    await web.chat.delete({ channel: CHANNEL, ts: reply });
    assert.deepEqual(slack.threads(CHANNEL), []);
    await refused(web.chat.delete({ channel: CHANNEL, ts: reply }), 'message_not_found');
  });

  it('returns metadata in full only when asked', async () => {
    await start();
    const metadata = {
      event_type: 'casethread_entry',
      event_payload: { case: 'c', n: 1, open: true, who: { name: 'a' }, list: [{ id: 1 }] },
    };
    const ts = await post('card', { metadata });
    const read = async (all?: boolean) => {
      const more = all === undefined ? {} : { include_all_metadata: all };
      const { messages } = await web.conversations.replies({ channel: CHANNEL, ts, ...more });
      return messages?.[0]?.metadata;
    };
    assert.deepEqual(await read(), { event_type: 'casethread_entry' });
    assert.deepEqual(await read(false), { event_type: 'casethread_entry' });
    assert.deepEqual(await read(true), metadata);
  });

  it('refuses metadata that is not flat', async () => {
    await start();
    const payload = (event_payload: unknown) => ({ metadata: { event_type: 'x', event_payload } });
    await refused(post('x', { metadata: 'text' }), 'invalid_metadata_format');
    await refused(post('x', { metadata: { event_type: 'x' } }), 'invalid_metadata_schema');
    await refused(post('x', { metadata: { event_type: 1, event_payload: {} } }), 'invalid_metadata_schema');
    await refused(post('x', payload({ a: null })), 'invalid_metadata_schema');
    await refused(post('x', payload({ a: { b: { c: 1 } } })), 'invalid_metadata_schema');
    await refused(post('x', payload({ a: ['text'] })), 'invalid_metadata_schema');
    await refused(post('x', payload({ a: 'x'.repeat(4_096) })), 'metadata_too_large');
    assert.deepEqual(texts(), []);
  });

  it('pages through a channel, newest first, broadcasts among them', async () => {
    await start();
    const first = await post('1');
    await post('hidden', { thread_ts: first });
    await post('2', { thread_ts: first, reply_broadcast: true });
    const third = await post('3');
    await post('4');
    const seen: (string | undefined)[] = [];
    for await (const page of web.paginate('conversations.history', { channel: CHANNEL, limit: 2 })) {
      const { messages = [] } = page as { messages?: { text?: string }[] };
      assert.ok(messages.length <= 2);
      seen.push(...messages.map((each) => each.text));
    }
    assert.deepEqual(seen, ['4', '3', '2', '1']);
    const range = async (more: object) => {
      const { messages = [] } = await web.conversations.history({ channel: CHANNEL, ...more });
      return messages.map((each) => each.text);
    };
    assert.deepEqual(await range({ oldest: third }), ['4']);
    assert.deepEqual(await range({ oldest: third, inclusive: true }), ['4', '3']);
    assert.deepEqual(await range({ latest: third, limit: 1 }), ['2']);
    await refused(range({ cursor: 'nonsense' }), 'invalid_cursor');
    await refused(range({ oldest: 'yesterday' }), 'invalid_ts_oldest');
    await refused(range({ limit: 0 }), 'invalid_limit');
  });

  it('pages through a thread, oldest first, the parent leading every page', async () => {
    await start();
    const card = await post('card');
    for (const text of ['1', '2', '3']) await post(text, { thread_ts: card });
    const read = async (more: object = {}) =>
      web.conversations.replies({ channel: CHANNEL, ts: card, ...more });
    const first = await read({ limit: 2 });
    assert.deepEqual([first.messages?.map((each) => each.text), first.has_more], [['card', '1'], true]);
    const second = await read({ limit: 2, cursor: first.response_metadata?.next_cursor });
    assert.deepEqual(
      [second.messages?.map((each) => each.text), second.has_more],
      [['card', '2', '3'], false],
    );
    const parent = (await read()).messages?.[0];
    assert.deepEqual([parent?.reply_count, parent?.thread_ts], [3, card]);
    const [, reply] = (await read()).messages ?? [];
    const alone = await web.conversations.replies({ channel: CHANNEL, ts: String(reply?.ts) });
    assert.deepEqual(
      alone.messages?.map((each) => each.text),
      ['1'],
    );
    await refused(web.conversations.replies({ channel: CHANNEL, ts: '1.000000' }), 'thread_not_found');
  });

  it('paces posts per channel, and updates apart', async () => {
    let now = 1_800_000_000_000;
    await start({ now: () => now, pace: { perSecond: 1, burst: 2 } });
    slack.addChannel({ id: 'C0OTHER', name: 'other' });
    const ts = await post('1');
    await post('2');
    const late = await post('3').catch((error: unknown) => error);
    assert.ok(late instanceof WebAPIRateLimitedError);
    assert.equal(late.retryAfter, 1);
    await web.chat.postMessage({ channel: 'C0OTHER', text: 'elsewhere' });
    for (let i = 0; i < 50; i += 1) await web.chat.update({ channel: CHANNEL, ts, text: `${i}` });
    await assert.rejects(web.chat.update({ channel: CHANNEL, ts, text: 'late' }), WebAPIRateLimitedError);
    now += 1_000;
    await post('3');
    await assert.rejects(post('4'), WebAPIRateLimitedError);
    slack.setPace('off');
    await post('4');
    assert.deepEqual(texts(), ['49', '2', '3', '4']);
  });
});
