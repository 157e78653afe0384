import type { EntryTag, Message } from './message.js';

export interface Place {
  readonly channel: string;
  /** The card's `ts`; null for a message of the channel itself. */
  readonly threadTs: string | null;
  /** Of a reply that is posted: it is shown in the channel as well. */
  readonly broadcast?: boolean;
}

export interface FoundEntry {
  readonly ts: string;
  readonly tag: EntryTag;
}

/** What of a channel or a thread is to be read: after `oldest` and before `latest`, each a `ts`. */
export interface ReadRange {
  readonly oldest: string;
  readonly latest?: string;
  /** Where the page before ended. */
  readonly cursor?: string;
  /** Messages on the page, at most; Slack may give fewer. */
  readonly limit?: number;
}

export interface ReadPage {
  /** Our own tagged messages. */
  readonly entries: readonly FoundEntry[];
  /** First messages of threads that somebody deleted; their replies are still there. */
  readonly deletedRoots: readonly string[];
  /** Where the next page begins; null when this was the last. */
  readonly next: string | null;
}

/** `now`: somebody may be waiting for it; `backlog`: one of many that happened long ago. */
export type PostUrgency = 'now' | 'backlog';

/**
 * Slack's side of a case as a port. Methods reject with a SlackError only, or with what
 * `stillOurs` throws. A post is sent once: whether it is safe to
 * post again, the error's `happened` says.
 */
/** A guest is in few channels of ours. A stranger is of another company, which shares a channel with us (Slack Connect). */
export type UserKind = 'bot' | 'person' | 'guest' | 'stranger';

export interface Slack {
  /**
   * Waits for its turn in the channel. Resolves with the message's `ts`. Rejects with `gone` when the first message of
   * the thread was deleted: then nothing of ours is left behind, unless `happened` says `maybe`.
   *
   * @param atTurn called when its turn has come, however long that took, and awaited right before the message leaves,
   *   which it does not when this rejects.
   */
  post(
    place: Place,
    message: Message,
    tag: EntryTag,
    urgency: PostUrgency,
    atTurn: () => void | Promise<void>,
  ): Promise<string>;
  /** Shows a message of ours anew, and tags it anew where a tag is given. Safe to repeat. */
  update(channel: string, ts: string, message: Message, stillOurs: () => void, tag?: EntryTag): Promise<void>;
  /** Our own tagged messages there, oldest first, from `oldest` (a `ts`, exclusive) on. */
  findEntries(place: Place, oldest: string): Promise<readonly FoundEntry[]>;
  /** One page of a channel, newest first, or of a thread, oldest first and led by its first message. */
  readEntries(place: Place, range: ReadRange): Promise<ReadPage>;
  /** Deletes a message of ours. Nothing is wrong when it is not there. */
  remove(channel: string, ts: string, stillOurs: () => void): Promise<void>;
  /** Shown to one person only, who has to be in the channel. */
  postEphemeral(place: Place, user: string, message: Message): Promise<void>;
  /** To one person, when there is no channel in which they could be answered. */
  postDirect(user: string, message: Message): Promise<void>;
  /** Where people open a message; null while Slack has not told us the workspace's address. */
  linkTo(place: { readonly channel: string; readonly ts: string }): string | null;
  /** A person's name as others see it; null when Slack does not say. */
  personName(user: string): Promise<string | null>;
  /** What somebody is to us. Asked each time, or with their name a moment ago. */
  kindOf(user: string): Promise<UserKind>;
  channelName(channel: string): Promise<string | null>;
  /** Who is in a user group, now. */
  groupMembers(group: string): Promise<ReadonlySet<string>>;
  /** Who is in a channel, now. */
  channelMembers(channel: string): Promise<ReadonlySet<string>>;
  /** Whether the token works, it can be said what people are, and the channel can be written to. Rejects with what is wrong. */
  check(channel: string): Promise<void>;
}
