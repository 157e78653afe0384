import type { KnownBlock } from '@slack/types';

/** One Slack message: what people see, and the text that notifications and screen readers use. */
export interface Message {
  /** Slack's markup: foreign text in it must be escaped. At most 3,900 characters. */
  readonly text: string;
  readonly blocks: KnownBlock[];
}

/**
 * What a message of ours is, kept in its metadata so that we find it again when we do not know whether it was posted.
 * Anybody in the workspace can read metadata: ids and times only, and of a card whom it names itself.
 */
export interface EntryTag {
  readonly case: string;
  readonly entry: string;
  readonly part: number;
  /** Of how many parts, and when what it shows happened: a store that was lost is filled again from these. */
  readonly parts: number;
  readonly at: number;
  /**
   * The entry that was posted before it, or of a card, the last one when it was shown: `<entry> <part> <parts> <at>`. So a
   * lost store learns of one that somebody deleted.
   */
  readonly after?: string;
  /** Of a card: the Slack user who has the case. */
  readonly owner?: string;
  /** Of a card: who was mentioned when the thread was opened; Slack ids, separated by blanks. */
  readonly mention?: string;
  /** Of a card: what it shows of who did something that CloudTrail alone tells; see `callersOn`. */
  readonly callers?: string;
  /** Of a message of the audit channel: which calls it shows; see `callsInTag`. */
  readonly calls?: string;
}

export const ENTRY_EVENT_TYPE = 'casethread_entry';
