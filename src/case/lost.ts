import { isFromAws } from './communication.js';
import type { Deed } from './deed.js';
import type { Doubt } from './doubt.js';
import { isUnreadEntry, referenceOf, unreadEntry } from './entry-ids.js';
import type { Fact } from './fact.js';
import type { Identified } from './identify.js';
import { type LedgerEntry, postedEntries } from './ledger-entry.js';
import { readStamp, stampedBy } from './stamp.js';

// What a lost store knew, as far as the thread and AWS still tell.

/**
 * Events of which only the entry is left that says that somebody wrote: the text has yet to take its place.
 */
export function factsInThread(facts: readonly Fact[], ledger: readonly LedgerEntry[]): Fact[] {
  const known = new Set(facts.map(unreadEntry));
  return ledger.flatMap(({ entry, at, intendedAt }): Fact[] => {
    if (!isUnreadEntry(entry) || known.has(entry)) return [];
    const id = entry.slice('f-'.length);
    return [
      {
        key: { account: '', caseId: '' },
        displayId: '',
        event: 'AddCommunicationToCase',
        communicationId: id === String(at) ? '' : id,
        origin: '',
        at,
        receivedAt: intendedAt,
      },
    ];
  });
}

/** References of replies that the thread shows under an entry of their own, and the outbox has lost; with their time. */
export function lostReplies(
  deeds: readonly Deed[],
  ledger: readonly LedgerEntry[],
): ReadonlyMap<string, number> {
  const known = new Set(deeds.map(({ reference }) => reference));
  return new Map(
    ledger.flatMap(({ entry, at }): [string, number][] => {
      const reference = referenceOf(entry);
      return reference === null || known.has(reference) ? [] : [[reference, at]];
    }),
  );
}

/**
 * Replies from Slack that the outbox has lost: those that the thread shows under an entry of their own, and those on the
 * case that carry a stamp from a time of which the store may have lost what it knew. Of these the stamp alone says who
 * sent them; later ones the outbox would know, so that nobody can put another's name under their words.
 *
 * @param isComplete whether these are all communications: else what looks like the reply may be a quote of it, and
 *   `needsAll` says where that matters.
 */
export function lostDeeds(
  deeds: readonly Deed[],
  ledger: readonly LedgerEntry[],
  communications: readonly Identified[],
  { isComplete, doubts }: { readonly isComplete: boolean; readonly doubts: readonly Doubt[] },
): { readonly deeds: Deed[]; readonly needsAll: boolean } {
  const inThread = lostReplies(deeds, ledger);
  const known = new Set(deeds.map(({ reference }) => reference));
  const posted = postedEntries(ledger);
  const lost = new Map<string, Deed>();
  let needsAll = false;
  for (const communication of communications) {
    const { id, body, at } = communication;
    const stamp = isFromAws(communication) ? null : readStamp(body);
    const person = stampedBy(body);
    if (stamp === null || person === null) continue;
    const { reference } = stamp;
    if (known.has(reference) || lost.has(reference)) continue;
    const shownAt = inThread.get(reference);
    const isInDoubt = doubts.some(({ from, until }) => at >= from && at <= until);
    if (shownAt === undefined && isInDoubt && !isComplete && !posted.has(id)) needsAll = true;
    if (shownAt === undefined && !(isInDoubt && isComplete)) continue;
    const how = { kind: 'reply', state: 'done', text: '', reopens: false } as const;
    lost.set(reference, { reference, person, at: shownAt ?? at, ...how });
  }
  return { deeds: [...lost.values()], needsAll };
}
