/** One Slack message of a case's thread: written down before it is posted, confirmed with its `ts` afterwards. */
export interface LedgerEntry {
  /** What the message shows: `card`, the id of a communication, or that of another item of the timeline. */
  readonly entry: string;
  /** A long text takes several messages: 0, 1, … of `parts`. */
  readonly part: number;
  readonly parts: number;
  /** When what it shows happened, milliseconds since 1970. */
  readonly at: number;
  /** {@link OWED} of a file that is still to be brought, and of which nothing has been sent. */
  readonly intendedAt: number;
  /** Slack's id of the message; null while nobody knows whether it was posted. */
  readonly ts: string | null;
  /** What it shows of who did it that only CloudTrail tells, as `shownBy` of the item had it; not there: nothing. */
  readonly shownBy?: string;
}

/** In place of what CloudTrail tells of who did something: several calls could be meant, so nothing is shown of it. */
export const UNCLEAR = '-';

export const CARD = 'card';

/**
 * In place of when a message was about to be posted: it is owed, and nothing of it was sent. Written down before the entry
 * that it belongs to, so that a file comes also after a crash between the two.
 */
export const OWED = 0;

export function isOwed({ ts, intendedAt }: LedgerEntry): boolean {
  return ts === null && intendedAt === OWED;
}

/** In place of the `ts` of a message that was posted, as another one tells, and then deleted by somebody. */
export const DELETED_TS = '0.000000';

/** The message that was posted last, in words for a tag; null when there was none. See {@link readLastPosted}. */
export function lastPosted(ledger: readonly LedgerEntry[]): string | null {
  const posted = ledger.filter(({ ts, entry }) => ts !== null && entry !== CARD);
  const last = posted.sort((a, b) => Number(b.ts) - Number(a.ts))[0];
  return last === undefined ? null : `${last.entry} ${last.part} ${last.parts} ${last.at}`;
}

export function readLastPosted(words: string): Pick<LedgerEntry, 'entry' | 'part' | 'parts' | 'at'> | null {
  const [, entry, part, parts, at] = /^(\S+) (\d+) (\d+) (\d+)$/.exec(words) ?? [];
  return entry === undefined
    ? null
    : { entry, part: Number(part), parts: Math.max(Number(parts), Number(part) + 1), at: Number(at) };
}

/**
 * Whether a message of the thread shows this entry, and nothing else. Of a file whose `ts` Slack did not tell, that of a
 * message above it is kept: that one is not the file's.
 */
export function showsOnly(ledger: readonly LedgerEntry[], ts: string, entry: string): boolean {
  const shown = ledger.filter((row) => row.ts === ts);
  return shown.length === 1 && shown[0]?.entry === entry;
}

/** The entries of which every part is known to be in the thread. */
export function postedEntries(ledger: readonly LedgerEntry[]): Set<string> {
  const missing = new Map<string, number>();
  for (const row of ledger) {
    const left = missing.get(row.entry) ?? row.parts;
    missing.set(row.entry, row.ts === null ? left : left - 1);
  }
  return new Set([...missing].filter(([, left]) => left <= 0).map(([entry]) => entry));
}
