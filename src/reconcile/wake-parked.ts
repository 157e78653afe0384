import type { Inbox } from '../inbox/inbox.js';

/**
 * Tries everything that waits for a person once more, at once: what it waited for seems to be put right. Work that parks
 * again for the same reason is told to nobody anew. What it costs is one try per parked key, at the usual pace of calls.
 *
 * @param inboxes one after the other.
 * @returns how many keys were marked.
 */
export async function wakeParked(inboxes: readonly Pick<Inbox, 'parked' | 'mark'>[]): Promise<number> {
  let woken = 0;
  for (const inbox of inboxes) {
    const parked = await inbox.parked();
    await Promise.all(parked.map(({ key }) => inbox.mark(key)));
    woken += parked.length;
  }
  return woken;
}
