import type { CaseKey } from '../case/case-key.js';
import type { Right } from '../case/right.js';
import { inTime } from './in-time.js';
import type { PermitAsker } from './known-person.js';

/** Why somebody was refused, as the audit trail has it. */
export type WhyRefused =
  | 'not-permitted'
  | 'cannot-be-checked'
  | 'other-company'
  | 'not-administrator'
  | 'not-here';

export interface Refused {
  readonly user: string;
  /** What Slack calls them in the request; `''` where it does not say. */
  readonly userName: string;
  /** Null in the Home tab, and where there is none. */
  readonly channel: string | null;
  readonly threadTs: string | null;
  /** Null where no case is meant, or it is still to be opened. */
  readonly key: CaseKey | null;
  readonly displayId: string | null;
  /** The one that is lacking. */
  readonly right: Right;
  /** What they wanted, in the words of the audit trail. */
  readonly deed: string;
  readonly why: WhyRefused;
  /** What was written; null where nothing was. */
  readonly text: string | null;
}

/** What somebody wants, for the record of the refusal. */
export interface Wanted {
  /** In the words of the audit trail, where that says more than the right. */
  readonly deed?: string;
  /** What they wrote: its length and hash are kept, never the text. */
  readonly text?: string | null;
}

/** The same, and with which case. */
export interface WantedWith extends Wanted, Pick<Refused, 'key' | 'displayId'> {}

/** The answer to a refusal waits so long for its line. */
const LINE_MS = 300;

/** Writes the refusal down where there is somewhere to, and waits for it a moment. */
export async function tellRefused(
  { refused }: { readonly refused?: (refusal: Refused) => Promise<void> },
  { user, userName = '', channel, threadTs = null, began = '' }: PermitAsker,
  right: Right,
  why: WhyRefused,
  { key, displayId, deed = right, text = null }: WantedWith,
): Promise<void> {
  if (refused === undefined) return;
  const where = channel || began || null;
  const refusal = {
    user,
    userName,
    channel: where,
    threadTs: where === null ? null : threadTs,
    key,
    displayId,
  };
  await inTime(refused({ ...refusal, right, deed, why, text }), LINE_MS, undefined);
}
