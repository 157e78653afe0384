import assert from 'node:assert/strict';
import type { FaultSpec } from '../../src/sandbox/slack/start-slack.js';
import { toSlackError } from '../../src/slack/errors.js';
import { SlackError } from '../../src/slack/slack-error.js';
import { CHANNEL } from '../sandbox/slack/testing/web-client.js';
import { message, type Room, startRoom, stillOurs, TAG } from './slack-room.js';

const PLACE = { channel: CHANNEL, threadTs: null };
const POST = 'chat.postMessage';

/** What the error that comes out of a call says. */
async function failure(call: Promise<unknown>): Promise<SlackError> {
  try {
    await call;
  } catch (error) {
    assert.ok(error instanceof SlackError, String(error));
    assert.ok(error.cause instanceof Error, 'the cause is lost');
    return error;
  }
  throw new Error('nothing went wrong');
}

describe('Slack errors', () => {
  let room: Room;
  beforeEach(async () => {
    room = await startRoom();
  });
  afterEach(() => room.stop());

  const post = () => room.slack.post(PLACE, message('words'), TAG, 'now', stillOurs);
  const shown = () => room.workspace.messages(CHANNEL).length;
  const broken = (fault: FaultSpec) => {
    room.workspace.fault(POST, fault);
    return failure(post());
  };

  const UNREACHABLE: readonly [what: string, fault: FaultSpec, isThere: number][] = [
    ['a 500', { kind: 'status', status: 500 }, 0],
    ['a 503 after the deed', { kind: 'status-after', status: 503 }, 1],
    ['a 500 that is no JSON', { kind: 'status', status: 500, body: '<html>' }, 0],
    ['a connection that breaks before the deed', { kind: 'hangup-before' }, 0],
    ['a connection that breaks after the deed', { kind: 'hangup-after' }, 1],
    ['internal_error', { kind: 'error', error: 'internal_error' }, 0],
    ['fatal_error', { kind: 'error', error: 'fatal_error' }, 0],
    ['service_unavailable', { kind: 'error', error: 'service_unavailable' }, 0],
    ['request_timeout', { kind: 'error', error: 'request_timeout' }, 0],
  ];
  for (const [what, fault, isThere] of UNREACHABLE) {
    it(`${what} passes by itself, and nobody knows whether the message is there; it is sent once`, async () => {
      const error = await broken(fault);
      assert.deepEqual([error.kind, error.happened, error.retryAfterMs], ['unreachable', 'maybe', null]);
      assert.equal(shown(), isThere);
      assert.equal(room.workspace.callsOf(POST).length, 1);
    });
  }

  it('a refused connection passes by itself, and the message is certainly not there', async () => {
    await room.workspace.stop();
    const error = await failure(post());
    assert.deepEqual([error.kind, error.happened, error.code], ['unreachable', 'no', 'ECONNREFUSED']);
  });

  it('a 429 says when to come back, and the message is certainly not there', async () => {
    const error = await broken({ kind: 'ratelimited', retryAfter: 7 });
    assert.deepEqual([error.kind, error.happened, error.retryAfterMs], ['rate-limited', 'no', 7_000]);
    assert.equal(shown(), 0);
  });

  for (const fault of [
    { kind: 'status', status: 429 },
    { kind: 'error', error: 'ratelimited' },
    { kind: 'error', error: 'rate_limited' },
  ] as const) {
    it(`${JSON.stringify(fault)} without a time means some seconds`, async () => {
      const error = await broken(fault);
      assert.deepEqual([error.kind, error.happened], ['rate-limited', 'no']);
      assert.ok((error.retryAfterMs ?? 0) >= 1_000);
    });
  }

  for (const code of [
    'expired_trigger_id',
    'exchanged_trigger_id',
    'invalid_trigger_id',
    'trigger_expired',
    'trigger_exchanged',
  ]) {
    it(`${code} means that the click came too late to open a form`, async () => {
      const error = await broken({ kind: 'error', error: code });
      assert.deepEqual([error.kind, error.happened, error.code], ['expired', 'no', code]);
    });
  }

  it('not_found means that the form was closed', async () => {
    const error = await broken({ kind: 'error', error: 'not_found' });
    assert.deepEqual([error.kind, error.happened], ['gone', 'no']);
  });

  const PERSON: readonly [code: string, remedy: RegExp][] = [
    ['channel_not_found', /\/invite/],
    ['not_in_channel', /\/invite/],
    ['is_archived', /Restore it/],
    ['restricted_action', /Let the bot post/],
    ['restricted_action_read_only_channel', /Let the bot post/],
    ['no_permission', /admin/],
    ['ekm_access_denied', /admin/],
    ['missing_scope', /manifest/],
    ['not_allowed_token_type', /SLACK_BOT_TOKEN/],
    ['invalid_auth', /SLACK_BOT_TOKEN/],
    ['not_authed', /SLACK_BOT_TOKEN/],
    ['token_revoked', /SLACK_BOT_TOKEN/],
    ['token_expired', /SLACK_BOT_TOKEN/],
    ['account_inactive', /Install the app again/],
    ['team_access_not_granted', /Install the app again/],
    ['message_limit_exceeded', /admin/],
  ];
  for (const [code, remedy] of PERSON) {
    it(`${code} needs a person, and says what to do`, async () => {
      const error = await broken({ kind: 'error', error: code });
      assert.deepEqual([error.kind, error.happened, error.code], ['needs-person', 'no', code]);
      assert.match(error.sentence, remedy);
    });
  }

  for (const code of [
    'message_not_found',
    'thread_not_found',
    'cannot_reply_to_message',
    'cant_update_message',
    'edit_window_closed',
  ]) {
    it(`${code} means that the message is gone`, async () => {
      const error = await broken({ kind: 'error', error: code });
      assert.deepEqual([error.kind, error.happened], ['gone', 'no']);
    });
  }

  for (const code of ['msg_too_long', 'no_text', 'invalid_arguments', 'metadata_too_large', 'constructor']) {
    it(`${code} means that Slack does not take the message, and names the code`, async () => {
      const error = await broken({ kind: 'error', error: code });
      assert.deepEqual([error.kind, error.happened, error.code], ['rejected', 'no', code]);
      assert.ok(error.sentence.includes(code));
    });
  }

  it('a wrong token, an archived channel and a deleted card are what the workspace itself says', async () => {
    const ts = await room.openThread();
    room.workspace.changeChannel(CHANNEL, { isArchived: true });
    assert.equal((await failure(post())).code, 'is_archived');
    room.workspace.changeChannel(CHANNEL, { isArchived: false, isMember: false });
    assert.equal((await failure(post())).kind, 'needs-person');
    room.workspace.changeChannel(CHANNEL, { isMember: true });
    assert.equal(
      (await failure(room.slack.update(CHANNEL, `9${ts.slice(1)}`, message('x'), stillOurs))).kind,
      'gone',
    );
    const stranger = await startRoom({ token: 'xoxb-wrong' });
    assert.equal((await failure(stranger.openThread())).code, 'invalid_auth');
    await stranger.stop();
  });

  it('an error that is one of ours already stays as it is, and one of another kind is not trusted', () => {
    const ours = new SlackError('gone', 'x', 'x', 'no');
    assert.equal(toSlackError(ours), ours);
    for (const strange of [new TypeError('x'), 'x', undefined, null]) {
      assert.deepEqual(
        [toSlackError(strange).kind, toSlackError(strange).happened],
        ['unreachable', 'maybe'],
      );
    }
  });

  it('no message of an error holds what was sent', async () => {
    const error = await broken({ kind: 'error', error: 'msg_too_long' });
    assert.ok(!`${error.message} ${error.sentence}`.includes('words'));
  });
});
