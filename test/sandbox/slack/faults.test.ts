import assert from 'node:assert/strict';
import { WebAPIHTTPError, WebAPIRateLimitedError, WebAPIRequestError, type WebClient } from '@slack/web-api';
import { type Slack, shownText } from '../../../src/sandbox/slack/start-slack.js';
import { CHANNEL, refused, smallWorkspace, TOKEN, webClient } from './testing/web-client.js';

describe('Slack stand-in: faults', () => {
  let slack: Slack;
  let web: WebClient;

  beforeEach(async () => {
    slack = await smallWorkspace();
    web = webClient(slack);
  });

  afterEach(() => slack.stop());

  const post = (text: string) => web.chat.postMessage({ channel: CHANNEL, text });
  const texts = () => slack.messages(CHANNEL).map(shownText);

  it('ratelimited: 429 for as long as asked', async () => {
    slack.fault('chat.postMessage', { kind: 'ratelimited', retryAfter: 7, times: 2 });
    for (let i = 0; i < 2; i += 1) {
      const error = await post('no').catch((thrown: unknown) => thrown);
      assert.ok(error instanceof WebAPIRateLimitedError);
      assert.equal(error.retryAfter, 7);
    }
    await post('yes');
    assert.deepEqual(texts(), ['yes']);
  });

  it('status: fails before the deed', async () => {
    slack.fault('*', { kind: 'status', status: 503, body: 'sorry' });
    const error = await post('no').catch((thrown: unknown) => thrown);
    assert.ok(error instanceof WebAPIHTTPError);
    assert.deepEqual([error.statusCode, error.body, texts()], [503, 'sorry', []]);
  });

  it('status-after: the deed is done all the same', async () => {
    slack.fault('chat.postMessage', { kind: 'status-after', status: 500 });
    await assert.rejects(post('done'), WebAPIHTTPError);
    assert.deepEqual(texts(), ['done']);
    assert.equal(slack.callsOf('chat.postMessage')[0]?.result?.ok, true);
  });

  it('hangup-before and hangup-after: an answer lost, with the deed or without', async () => {
    slack.fault('chat.postMessage', { kind: 'hangup-before' });
    await assert.rejects(post('no'), WebAPIRequestError);
    const fault = slack.fault('chat.postMessage', { kind: 'hangup-after' });
    await assert.rejects(post('done'), WebAPIRequestError);
    await fault.reached;
    assert.deepEqual(texts(), ['done']);
    assert.deepEqual(
      slack.calls.map((call) => call.answer),
      ['lost', 'lost'],
    );
  });

  it('error: refuses with any name, for the calls meant', async () => {
    slack.fault('chat.postMessage', {
      kind: 'error',
      error: 'channel_not_found',
      times: 10,
      when: (args) => args.text === 'bad',
    });
    await post('good');
    await refused(post('bad'), 'channel_not_found');
    assert.deepEqual(texts(), ['good']);
  });

  it('hold-before: does nothing until released', async () => {
    const fault = slack.fault('chat.postMessage', { kind: 'hold-before' });
    const posting = post('held');
    await fault.reached;
    await post('overtakes');
    assert.deepEqual(texts(), ['overtakes']);
    fault.release();
    await posting;
    assert.deepEqual(texts(), ['overtakes', 'held']);
  });

  it('hold-before: nothing comes of a client that is gone', async () => {
    const fault = slack.fault('chat.postMessage', { kind: 'hold-before' });
    const gone = new AbortController();
    const posting = fetch(`${slack.url}chat.postMessage`, {
      method: 'POST',
      headers: { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/json' },
      body: JSON.stringify({ channel: CHANNEL, text: 'never' }),
      signal: gone.signal,
    });
    await fault.reached;
    gone.abort();
    await assert.rejects(posting);
    fault.release();
    await slack.until(() => slack.calls[0]?.answer === 'lost', { what: 'the call being lost' });
    assert.deepEqual(texts(), []);
  });

  it('hold-after: the deed is done, the answer waits', async () => {
    const fault = slack.fault('chat.postMessage', { kind: 'hold-after' });
    const posting = post('done');
    await fault.reached;
    assert.deepEqual(texts(), ['done']);
    assert.equal(slack.calls[0]?.answer, 'pending');
    fault.release();
    assert.equal((await posting).ok, true);
  });

  it('slow: does it all, later', async () => {
    slack.fault('chat.postMessage', { kind: 'slow', ms: 30 });
    const impatient = webClient(slack);
    const started = performance.now();
    await impatient.chat.postMessage({ channel: CHANNEL, text: 'late' });
    assert.ok(performance.now() - started >= 29);
    assert.deepEqual(texts(), ['late']);
  });

  it('a cancelled fault is met by nobody', async () => {
    const fault = slack.fault('*', { kind: 'status', status: 500, times: 100 });
    await assert.rejects(post('no'));
    fault.cancel();
    await post('yes');
    assert.deepEqual([fault.hits, texts()], [1, ['yes']]);
  });

  it('down and up again', async () => {
    await post('before');
    slack.down();
    await assert.rejects(post('during'), WebAPIRequestError);
    slack.up();
    await post('after');
    assert.deepEqual(texts(), ['before', 'after']);
  });

  it('until: waits for a change, and says what there was when it does not come', async () => {
    const waiting = slack.until(() => slack.threads(CHANNEL)[0]?.replies[0], { what: 'a reply' });
    const { ts } = await post('card');
    await web.chat.postMessage({ channel: CHANNEL, text: 'reply', thread_ts: String(ts) });
    assert.equal((await waiting)?.text, 'reply');
    await assert.rejects(
      slack.until(() => assert.equal(texts().length, 2), { what: 'a second card', timeoutMs: 20 }),
      (error: Error) => /a second card did not happen/.test(error.message) && /card/.test(error.message),
    );
  });
});
