import type { CaseKey } from '../case/case-key.js';
import type { Deed } from '../case/deed.js';

/**
 * A person's reply or resolve, or a case that a person opens, on its way to AWS.
 *
 * ```
 * asking ─click─▶ queued ──▶ sending ──▶ sent ──▶ seen ◀── any state, as soon as AWS shows it
 *    └─▶ cancelled ▲  ▲         ├──▶ in-doubt ─ the case shows it ─▶ sent
 *            ▲     │  └─────────┤       │    ▲
 *            │     │ certainly not      │    └─click─ failed, where AWS may have it
 *            │     └────────────────────│─────click─ failed, where AWS certainly has not
 *            └─ failed ◀────────────────┘             void: there was nothing to do
 * ```
 *
 * What may have reached AWS goes out once more only after a click; a reply, after one more look at the case, too. (A
 * resolve goes from `failed` to `queued`: AWS itself says when it finds the case resolved, which makes it `void`.)
 *
 * `choosing` is before all of this: the person has to say first which of several cases they mean, and its key is one of
 * theirs until they have. It goes on to `queued`, `asking` or `cancelled`.
 *
 * A `create` has a key of its own until AWS has given the case its id: see new-case.ts.
 */
export interface OutboxMessage {
  /** Ten characters; stands in the stamp line that AWS gets. */
  readonly reference: string;
  readonly kind: 'reply' | 'resolve' | 'create';
  readonly key: CaseKey;
  readonly displayId: string;
  readonly state: OutboxState;
  /** The person's words, without the stamp; emptied once AWS shows them. */
  readonly text: string;
  /** Files in Slack that go with it, and who gets a copy by e-mail. Not there at all for none. */
  readonly files?: readonly SlackFile[];
  readonly cc?: readonly string[];
  /** Of a new case: what AWS has to know besides its text. */
  readonly opening?: Opening;
  /** What the person is asked in the state `asking`, or was asked last; not there: whether the reply may reopen the case. */
  readonly asks?: 'reopen' | 'secrets' | 'case';
  /** Who sent it, and where and how to answer. */
  readonly user: string;
  readonly person: string;
  readonly channel: string;
  /** Null, or not there at all, when it was not sent from a thread. */
  readonly threadTs?: string | null;
  readonly responseUrl: string | null;
  /** Slack's id of the request: the same command delivered twice is one message. */
  readonly request: string;
  /** Whether the person knows that the reply reopens the case. */
  readonly mayReopen: boolean;
  /** True when the case was resolved already as this was sent last: then a reply reopens it, and a resolve does nothing. */
  readonly wasResolved: boolean;
  /** How often it was sent since the person wanted it sent, without what AWS certainly did not take. */
  readonly attempts: number;
  /** 0 until the person has been told that the case is being looked at. */
  readonly looks: number;
  /** When the person sent it, or pressed a button on it, or when there was news of it last. */
  readonly createdAt: number;
  /** When it was sent to AWS last; null while AWS certainly does not have it. */
  readonly attemptedAt: number | null;
  /** Since when nobody knows whether AWS has it. Null, or not there at all, when that is known. */
  readonly doubtedAt?: number | null;
  /** AWS's id of the request that brought it there. Null, or not there at all, where AWS did not tell. */
  readonly awsRequestId?: string | null;
  /**
   * Whether the person was told last that nobody may look whether AWS has it: sent again, it then goes out without a look.
   * False, or not there at all, where they were promised one.
   */
  readonly knownUnlooked?: boolean;
  /** Why it ended as it did, in words for the person. */
  readonly reason: string | null;
  /** Whether the person has been told how it ended. */
  readonly told: boolean;
}

/** A file that somebody gave to Slack. */
export interface SlackFile {
  /** Slack's id, `F…`. */
  readonly id: string;
  readonly name: string;
  /** Bytes; 0 where Slack has not said. */
  readonly size: number;
}

/** What CreateCase takes besides text, files and cc; codes as DescribeServices and DescribeSeverityLevels give them. */
export interface Opening {
  readonly subject: string;
  readonly service: string;
  readonly category: string;
  readonly severity: string;
  /** `en`, `ja`, … */
  readonly language: string;
  readonly issueType: 'technical' | 'customer-service';
}

export type OutboxState =
  | 'choosing'
  | 'asking'
  | 'queued'
  | 'sending'
  | 'in-doubt'
  | 'sent'
  | 'seen'
  | 'failed'
  | 'void'
  | 'cancelled';

const DEED_STATE: Record<OutboxState, Deed['state']> = {
  choosing: 'undone',
  asking: 'undone',
  queued: 'undone',
  sending: 'underway',
  'in-doubt': 'underway',
  sent: 'done',
  seen: 'done',
  failed: 'undone',
  void: 'undone',
  cancelled: 'undone',
};

/**
 * Whether its files are in a thread already: they came with the very message by which the person sent it there. What was
 * sent by a form or a command has files that stand somewhere else.
 */
export function showsItsFiles(
  { request, channel, threadTs, files = [] }: OutboxMessage,
  thread: { readonly channel: string | null; readonly threadTs: string | null } | null,
): boolean {
  const isThere = thread !== null && thread.threadTs !== null && thread.threadTs === threadTs;
  return isThere && channel === thread.channel && files.length > 0 && request.startsWith('mention ');
}

/** The message as the plan sees it. */
export function deedOf(message: OutboxMessage): Deed {
  return {
    reference: message.reference,
    // The text of a new case is its first communication.
    kind: message.kind === 'create' ? 'reply' : message.kind,
    state: DEED_STATE[message.state],
    person: message.person,
    text: message.text,
    reopens: message.kind === 'reply' && message.wasResolved,
    at: message.attemptedAt ?? message.createdAt,
    ...(message.awsRequestId == null ? {} : { requestId: message.awsRequestId }),
  };
}
