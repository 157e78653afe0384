/** Faults of Slack's and AWS's calls, as plain values that a plan can hold. */
import { anyOf, type Random, weighted, whole } from './random.js';

/** One fault of the stand-ins, see their faults.ts; what holds a call back lets it go when its time is over. */
export interface Break {
  /** The Web API method or the operation; `*` for any. */
  readonly on: string;
  readonly kind: BreakKind;
  readonly times: number;
  /** For `error`: its name. */
  readonly error: string;
  /** For `status` and `status-after`. */
  readonly status: number;
  /** For `slow`. */
  readonly ms: number;
}

export type BreakKind =
  | 'limited'
  | 'status'
  | 'status-after'
  | 'hangup-before'
  | 'hangup-after'
  | 'error'
  | 'hold-before'
  | 'hold-after'
  | 'slow';

const KINDS: readonly (readonly [number, BreakKind])[] = [
  [3, 'limited'],
  [2, 'status'],
  [2, 'status-after'],
  [2, 'hangup-before'],
  [3, 'hangup-after'],
  [2, 'error'],
  [1, 'hold-before'],
  [2, 'hold-after'],
  [2, 'slow'],
];

const SLACK_METHODS: readonly (readonly [number, string])[] = [
  [8, 'chat.postMessage'],
  [2, 'chat.update'],
  [3, 'chat.postEphemeral'],
  [3, 'response_url'],
  [2, 'conversations.replies'],
  [1, 'conversations.history'],
  [1, 'users.info'],
];
const SLACK_TROUBLE = ['internal_error', 'fatal_error', 'service_unavailable'];
/** What an administrator may do to the bot, and take back. */
const SLACK_REFUSALS = ['not_in_channel', 'invalid_auth'];

const AWS_OPERATIONS: readonly (readonly [number, string])[] = [
  [4, 'DescribeCases'],
  [2, 'DescribeCommunications'],
  [6, 'AddCommunicationToCase'],
  [2, 'ResolveCase'],
  [1, '*'],
];
const QUICKLY_SETTLED: ReadonlySet<BreakKind> = new Set(['limited', 'status-after', 'hangup-after', 'slow']);
const AWS_TROUBLE = ['InternalServerError'];
const AWS_REFUSALS = ['AccessDeniedException', 'SubscriptionRequiredException'];

/**
 * A slow Slack does late what it was asked, also for a bot that was killed meanwhile; sooner than the bot says of a message
 * that nobody confirmed that it will not come any more.
 */
const SLOWEST_SLACK_MS = 3_000;

/** @param hurried without what needs a person: a case that is parked may stay so for five minutes. */
export function slackBreak(random: Random, hurried: boolean): Break {
  const on = weighted(random, SLACK_METHODS);
  const any = breakOn(random, on, hurried ? SLACK_TROUBLE : [...SLACK_TROUBLE, ...SLACK_REFUSALS]);
  const one = { ...any, ms: Math.min(any.ms, SLOWEST_SLACK_MS) };
  // A response_url tells its errors by the status: one with the status 200 would be a lie.
  return on === 'response_url' && one.kind === 'error' ? { ...one, kind: 'status' } : one;
}

/** @param hurried without those after which a reply may be on its case or not, and is not: the bot looks for it long. */
export function awsBreak(random: Random, hurried: boolean): Break {
  const on = weighted(random, AWS_OPERATIONS);
  // A person's wish that is refused comes back to them, and nothing is parked.
  const isWish = on === 'AddCommunicationToCase' || on === 'ResolveCase';
  const errors = hurried && !isWish ? AWS_TROUBLE : [...AWS_TROUBLE, ...AWS_REFUSALS];
  const one = breakOn(random, on, errors);
  const isLong = !QUICKLY_SETTLED.has(one.kind) && (on === 'AddCommunicationToCase' || on === '*');
  return hurried && isLong ? { ...one, kind: 'hangup-after' } : one;
}

function breakOn(random: Random, on: string, errors: readonly string[]): Break {
  return {
    on,
    kind: weighted(random, KINDS),
    times: whole(random, 1, 3),
    error: anyOf(random, errors),
    status: anyOf(random, [500, 503]),
    ms: whole(random, 50, 4_000),
  };
}
