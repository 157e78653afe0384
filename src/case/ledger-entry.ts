/** One Slack message of a case's thread: written down before it is posted, confirmed with its `ts` afterwards. */
export interface LedgerEntry {
  /** What the message shows: `card`, the id of a communication, or that of another item of the timeline. */
  readonly entry: string;
  /** A long text takes several messages: 0, 1, … of `parts`. */
  readonly part: number;
  readonly parts: number;
  /** When what it shows happened, milliseconds since 1970. */
  readonly at: number;
  readonly intendedAt: number;
  /** Slack's id of the message; null while nobody knows whether it was posted. */
  readonly ts: string | null;
}

export const CARD = 'card';

/** The entries of which every part is known to be in the thread. */
export function postedEntries(ledger: readonly LedgerEntry[]): Set<string> {
  const missing = new Map<string, number>();
  for (const row of ledger) {
    const left = missing.get(row.entry) ?? row.parts;
    missing.set(row.entry, row.ts === null ? left : left - 1);
  }
  return new Set([...missing].filter(([, left]) => left <= 0).map(([entry]) => entry));
}
