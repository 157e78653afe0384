/** What the middle of the Slack window shows, and what of it has been read. */
import { openThread } from '../selection.js';
import { sharedState } from '../shared-state.js';

export type Place = { channel: string } | 'home';

/** Null: the channel where the page begins. */
export const place = sharedState<Place | null>(null);

export function goTo(next: Place): void {
  place.set(next);
  openThread.set(null);
}

/** The ts up to which a channel or a thread (by its parent's ts) has been read. */
const read = sharedState<Readonly<Record<string, string>>>({});
/** What was said before the page was opened is not new. */
const openedAt = (Date.now() / 1_000).toFixed(6);

export function markRead(what: string, ts: string): void {
  if (ts > (read.get()[what] ?? openedAt)) read.set({ ...read.get(), [what]: ts });
}

export function useReadUpTo(what: string): string {
  return read.use()[what] ?? openedAt;
}
