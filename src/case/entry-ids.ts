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
