import {
  WebAPIHTTPError,
  WebAPIPlatformError,
  WebAPIRateLimitedError,
  WebAPIRequestError,
} from '@slack/web-api';
import { SlackError } from './slack-error.js';

const INVITE =
  'Invite the bot with /invite in that channel, or name another one in SLACK_CHANNEL, or in the route or the audit section that names it.';
const REINSTALL =
  'Install the app again from manifest.yml and set SLACK_BOT_TOKEN to the token that it shows.';

/** Of these the whole app suffers, in every channel. */
const APP_NEEDS_PERSON: Record<string, string> = {
  not_allowed_token_type: `SLACK_BOT_TOKEN is not a bot token. ${REINSTALL}`,
  invalid_auth: `Slack does not accept SLACK_BOT_TOKEN. ${REINSTALL}`,
  not_authed: `Slack got no token. ${REINSTALL}`,
  token_revoked: `SLACK_BOT_TOKEN was revoked. ${REINSTALL}`,
  token_expired: `SLACK_BOT_TOKEN has expired. ${REINSTALL}`,
  account_inactive: `The app was removed from the workspace. ${REINSTALL}`,
  team_access_not_granted: `The app is not allowed in this workspace. ${REINSTALL}`,
  message_limit_exceeded: 'The workspace has used up its messages. Ask a workspace admin.',
};

const ARCHIVED =
  'The channel is archived. Restore it, or name another one in SLACK_CHANNEL, or in the route or the audit section that names it.';

/** Of these, one channel. */
const CHANNEL_NEEDS_PERSON: Record<string, string> = {
  channel_not_found: `Slack knows no such channel, or it is private and the bot is not in it. ${INVITE}`,
  not_in_channel: `The bot is not in the channel. ${INVITE}`,
  is_archived: ARCHIVED,
  // What chat.update says of it.
  is_inactive: ARCHIVED,
  no_permission: 'The workspace does not let the bot write there. Ask a workspace admin.',
  ekm_access_denied: "The workspace's encryption keys do not let the bot write there. Ask a workspace admin.",
};

/** Errors that a person has to put right (facts: slack.md, 3.1), and how. */
const NEEDS_PERSON: Record<string, string> = {
  ...APP_NEEDS_PERSON,
  ...CHANNEL_NEEDS_PERSON,
  missing_scope: `The app lacks a permission that the manifest names. ${REINSTALL}`,
};

/**
 * Whether a channel can be told what is wrong. Where the bot cannot post because of it, it cannot be said; and where it
 * can be said, it is not true any more.
 *
 * @param isThere whether it is in this channel that it is wrong.
 */
export function canBeSaid(sentence: string, isThere: boolean): boolean {
  if (Object.values(APP_NEEDS_PERSON).includes(sentence)) return false;
  return !isThere || !Object.values(CHANNEL_NEEDS_PERSON).includes(sentence);
}

const GONE = new Set([
  'message_not_found',
  'thread_not_found',
  'cannot_reply_to_message',
  'cant_update_message',
  'edit_window_closed',
]);

/** What views.update says of a form that the person has closed; no other method that we call has it. */
const CLOSED = 'not_found';

/** Of a click, whose answer opens one form, within three seconds (facts: slack.md, section 1); by any of its names. */
const EXPIRED = new Set([
  'expired_trigger_id',
  'trigger_expired',
  'exchanged_trigger_id',
  'trigger_exchanged',
  'invalid_trigger_id',
  'invalid_trigger',
]);

/** Slack says of these that part of the work may have been done. */
const UNCLEAR = new Set([
  'internal_error',
  'fatal_error',
  'service_unavailable',
  'request_timeout',
  'team_added_to_org',
]);

const NEVER_SENT = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
]);

const WITHOUT_RETRY_AFTER_MS = 10_000;

/** What an error of the Slack SDK means to us. */
export function toSlackError(error: unknown): SlackError {
  if (error instanceof SlackError) return error;
  const make = (...[kind, code, sentence, happened, retryAfterMs = null]: Parts) =>
    new SlackError(kind, code, sentence, happened, retryAfterMs, { cause: error });
  const limited = (retryAfterMs: number) =>
    make(
      'rate-limited',
      'ratelimited',
      'Slack is limiting the messages of this app at the moment.',
      'no',
      retryAfterMs,
    );

  if (error instanceof WebAPIRateLimitedError) return limited(error.retryAfter * 1000);
  if (error instanceof WebAPIPlatformError) {
    const code = error.data.error;
    if (code === 'ratelimited' || code === 'rate_limited') return limited(WITHOUT_RETRY_AFTER_MS);
    const remedy = Object.hasOwn(NEEDS_PERSON, code) ? NEEDS_PERSON[code] : undefined;
    if (remedy !== undefined) return make('needs-person', code, remedy, 'no');
    if (code.startsWith('restricted_action')) {
      return make(
        'needs-person',
        code,
        'Posting in the channel is restricted. Let the bot post there.',
        'no',
      );
    }
    if (GONE.has(code)) return make('gone', code, 'The message is not in Slack any more.', 'no');
    if (code === CLOSED) return make('gone', code, 'The form is not open any more.', 'no');
    if (EXPIRED.has(code))
      return make('expired', code, 'The click is too old for a form, or has opened one already.', 'no');
    if (UNCLEAR.has(code)) return make('unreachable', code, 'Slack did not answer as it should.', 'maybe');
    return make(
      'rejected',
      code,
      `Slack did not take the message (${code}). The log of Casethread says more.`,
      'no',
    );
  }
  if (error instanceof WebAPIHTTPError) {
    const code = `http-${error.statusCode}`;
    return make('unreachable', code, 'Slack did not answer as it should.', 'maybe');
  }
  // A 429 of a proxy, say, without Retry-After: the SDK has no class for it.
  if (error instanceof Error && error.message.startsWith('Retry header did not contain'))
    return limited(WITHOUT_RETRY_AFTER_MS);
  const code = networkCode(error);
  return make(
    'unreachable',
    code ?? (error instanceof Error ? error.name : 'unknown'),
    'Slack cannot be reached at the moment.',
    code !== null && NEVER_SENT.has(code) ? 'no' : 'maybe',
  );
}

type Parts = [
  kind: SlackError['kind'],
  code: string,
  sentence: string,
  happened: SlackError['happened'],
  retryAfterMs?: number | null,
];

/** `fetch` hides the reason two or three causes deep. */
function networkCode(error: unknown): string | null {
  let at: unknown = error instanceof WebAPIRequestError ? error.cause : error;
  for (let depth = 0; depth < 5 && at instanceof Error; depth++) {
    if ('code' in at && typeof at.code === 'string') return at.code;
    at = at instanceof AggregateError ? at.errors[0] : at.cause;
  }
  return null;
}
