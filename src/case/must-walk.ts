import type { Card } from './card.js';
import { hasFilesBefore } from './file.js';
import { reachesBack } from './first-response.js';
import { identify } from './identify.js';
import { type LedgerEntry, postedEntries } from './ledger-entry.js';
import { certain, type Reading } from './reading.js';

/**
 * So often all pages of a long case are read although its newest communications are all known: one that AWS showed late,
 * and of which no event came, is found then.
 */
export const WALK_EVERY_MS = 24 * 3_600_000;

/**
 * Whether a case that one look does not bring whole has to be read whole: it is time, or it never was, because AWS refused
 * or did not answer. What the newest communications leave out would be missing for good.
 */
export function isWalkDue(walkedAt: number | null, now: number, everyMs: number): boolean {
  return walkedAt === null || now - walkedAt > everyMs;
}

/**
 * Whether the newest communications of a case are too few to know what its thread lacks, so that all pages must be
 * read. They are enough when they reach back beyond the newest communication that is in the thread, and to where the card
 * knows whether AWS has answered.
 */
export function mustWalk(
  reading: Reading,
  ledger: readonly LedgerEntry[],
  card: Pick<Card, 'firstAnswer'> | null = null,
): boolean {
  if (reading.complete) return false;
  const sure = certain(reading);
  if (card !== null && !reachesBack(sure[0]?.at, card.firstAnswer)) return true;
  const identified = identify(sure);
  const known = new Set(identified.map((communication) => communication.id));
  if (known.size === 0) return true;
  if (hasFilesBefore(ledger, identified)) return true;
  const shown = ledger.filter((row) => row.entry.startsWith('c-'));
  const posted = postedEntries(shown);
  const isUnfinishedBefore = shown.some((row) => !posted.has(row.entry) && !known.has(row.entry));
  if (isUnfinishedBefore) return true;
  const cursor = Math.max(0, ...shown.filter((row) => posted.has(row.entry)).map((row) => row.at));
  const reachesBackTo = reading.communications[0]?.at ?? 0;
  return cursor <= reachesBackTo;
}
