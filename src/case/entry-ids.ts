import { createHash } from 'node:crypto';
import type { Deed } from './deed.js';
import type { Fact } from './fact.js';

/** Entries that stand for what AWS cannot be asked about. Communications have ids of their own: identify.ts. */
export function unreadEntry(fact: Fact): string {
  return `f-${fact.communicationId === '' ? fact.at : fact.communicationId}`;
}

export function ownReplyEntry(deed: Deed): string {
  return `r-${deed.reference}`;
}

export function isUnreadEntry(entry: string): boolean {
  return entry.startsWith('f-');
}

/** The reference of the reply that an entry of {@link ownReplyEntry} shows; null for any other entry. */
export function referenceOf(entry: string): string | null {
  return /^r-([a-z0-9]{10})$/.exec(entry)?.[1] ?? null;
}

/** Whether an entry shows what somebody did from Slack; the time at which a change was only seen is longer. */
export function isEntryOfDeed(entry: string): boolean {
  return /^(resolved|reopened)~[a-z0-9]{10}$/.test(entry);
}

/** The entry of a file of a communication: the file, or what keeps it from being shown. */
export function fileEntry(attachmentId: string): string {
  return `a-${hashOf(attachmentId)}`;
}

/**
 * The entry of a file that could not be shown at first, and that somebody asked for again.
 *
 * @param id of the attachment; of a text, that of {@link textFileEntry}.
 */
export function fileAgainEntry(id: string): string {
  return `u-${hashOf(id)}`;
}

/** The entry of a text of ours that is too long for messages. @param entry of which it is the text. */
export function textFileEntry(entry: string): string {
  return `t-${hashOf(entry)}`;
}

export function isFileEntry(entry: string): boolean {
  return entry.startsWith('a-');
}

export function isTextFileEntry(entry: string): boolean {
  return entry.startsWith('t-');
}

export function isFileAgainEntry(entry: string): boolean {
  return entry.startsWith('u-');
}

function hashOf(id: string): string {
  return createHash('sha256').update(id).digest('base64url').slice(0, 16);
}
