import type { Author } from './author.js';
import type { Attachment } from './communication.js';

/** One thing that happened on a case, and so one entry of its thread. */
export type Item = CommunicationItem | UnreadItem | TransitionItem | ChangeItem;

interface Happened {
  /** The entry's name in the ledger. */
  readonly id: string;
  /** Milliseconds since 1970. */
  readonly at: number;
  /** When the event that announced it arrived; null when none did. */
  readonly toldAt: number | null;
  /**
   * What CloudTrail's records tell of who did it, in few characters; {@link UNCLEAR} where several calls could be meant.
   * Not there: they tell nothing.
   */
  readonly shownBy?: string;
}

export interface CommunicationItem extends Happened {
  readonly kind: 'communication';
  readonly author: Author;
  readonly text: string;
  readonly files: readonly Attachment[];
  /** The reference of the person's reply, when it came from Slack. */
  readonly reference: string | null;
  /** An entry that so far only said that somebody wrote; this text takes its place. */
  readonly replaces: string | null;
  /** It shows the beginning of its text; the whole is a file below it. Not there: all is in messages. */
  readonly asFile?: boolean;
  /** Its files are in the thread, in the message by which somebody sent it: they are named only. Not there: they are not. */
  readonly filesAbove?: boolean;
}

/** An event told of a communication whose text cannot be read. */
export interface UnreadItem extends Happened {
  readonly kind: 'unread';
  readonly author: Author;
}

export interface TransitionItem extends Happened {
  readonly kind: 'resolved' | 'reopened';
  readonly by: Author | null;
  readonly exact: boolean;
}

/** The status or the severity is another than when we looked last; of neither AWS tells by whom, or when. */
export interface ChangeItem extends Happened {
  readonly kind: 'changed';
  readonly what: 'status' | 'severity';
  readonly from: string;
  readonly to: string;
}

/** Within one second: a reply that reopens comes after the reopening, a last word before the resolving. */
const WITHIN_A_SECOND = { reopened: 0, communication: 1, unread: 1, resolved: 2, changed: 3 } as const;

/**
 * Oldest first; equals keep their order.
 *
 * @param undone ids of resolvings that were undone within their second: they come before everything else in it.
 */
export function inOrder(items: readonly Item[], undone: ReadonlySet<string> = new Set()): Item[] {
  const second = (item: Item) => Math.floor(item.at / 1000);
  const rank = (item: Item) => (undone.has(item.id) ? -1 : WITHIN_A_SECOND[item.kind]);
  return [...items].sort((a, b) => second(a) - second(b) || rank(a) - rank(b));
}

/** Whether somebody said something, be its text known or not. */
export function isSpoken(item: Item): item is CommunicationItem | UnreadItem {
  return item.kind === 'communication' || item.kind === 'unread';
}
