import { createHash } from 'node:crypto';

/** What was said in the channel of a reason for which cases wait. One message per reason, for as long as any case does. */
export interface Notice {
  /** In the message's tag, by which it is found again. The same for the same reason. */
  readonly id: string;
  /** Empty where only the message was found, and not what it says. */
  readonly reason: string;
  readonly channel: string;
  readonly intendedAt: number;
  /** Slack's id of the message; null while nobody knows whether it was posted. */
  readonly ts: string | null;
  /** Somebody deleted the message: it stays deleted for as long as the reason does. */
  readonly deleted: boolean;
  /** When it was changed last, milliseconds since 1970. */
  readonly changedAt: number;
  /** What it says, in few characters; empty where that is not known. */
  readonly shows: string;
  /** The cases that were known to wait last. */
  readonly cases: readonly string[];
}

/** All that is kept of notices, as one note in the store. */
export interface Notices {
  /** Until when doubts of the store have been cleared up by reading the channel. */
  readonly searchedUntil: number;
  readonly open: readonly Notice[];
}

/** So many cases are named; of the others the number is told. */
export const NAMED_CASES = 5;

export function showsOf(cases: readonly string[]): string {
  return [cases.length, ...cases.slice(0, NAMED_CASES)].join(' ');
}

/** Messages of ours that are notices carry this in place of a case. It is no case key: those begin with an account. */
export const NOTICES_CASE = 'casethread/notices';

const OPEN = 'waiting-';

export function noticeId(reason: string): string {
  return `${OPEN}${createHash('sha256').update(reason).digest('base64url').slice(0, 22)}`;
}

export function isNoticeId(entry: string): boolean {
  return entry.startsWith(OPEN);
}

/** A message that says that all is settled is never taken for one that can be used again. */
export function settledId(id: string): string {
  return `settled-${id.slice(OPEN.length)}`;
}
