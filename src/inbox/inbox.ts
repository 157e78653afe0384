import type { Lease } from '../lease/lease.js';
import type { Outcome } from './outcome.js';

/** One turn of work on a key. */
export interface Run {
  readonly key: string;
  /** 0 for the first try since the key was last done. */
  readonly attempt: number;
  /** When the key was first marked, milliseconds since 1970. */
  readonly since: number;
  /** Says whether the key is still ours to work on. */
  readonly lease: Lease;
}

export type Handler = (run: Run) => Promise<Outcome>;

export interface Parked {
  readonly key: string;
  readonly reason: string;
  readonly since: number;
}

export interface InboxStats {
  /** Marked and not in work, parked ones left out. */
  readonly waiting: number;
  readonly working: number;
  readonly parked: number;
}

export interface RunOptions {
  /** Keys in work at once. */
  readonly concurrency: number;
  /** So many of them are kept for keys that go ahead; none unless given. */
  readonly reserved?: number;
  /**
   * Keys of one group at once, so that a group which hangs does not hold up the others; all unless given. A key's group is
   * what stands before its first slash: the account, of a case.
   */
  readonly perGroup?: number;
}

/** A key that is marked with this delay goes ahead of what is merely due: it counts as due for an hour. */
export const AHEAD_MS = -3_600_000;
/** What is due for so long goes ahead by itself: nothing waits for ever behind what goes ahead. */
export const OVERDUE_MS = 1_800_000;

export function groupOf(key: string): string {
  return key.split('/', 1)[0] ?? key;
}

/** How many of the keys each group has. */
export function keysByGroup(keys: Iterable<string>): Map<string, number> {
  const count = new Map<string, number>();
  for (const key of keys) count.set(groupOf(key), (count.get(groupOf(key)) ?? 0) + 1);
  return count;
}

/**
 * "This may have changed": a durable set of marked keys, worked off by a handler.
 *
 * - A key is worked on by one worker at a time, whoever marks it and however often.
 * - A key that is marked while it is in work is worked on once more afterwards.
 * - What was in work when its process died is worked on again. Where several processes share an inbox, a key is handed
 *   out on a lease: whoever holds it longer without a sign of life loses it to another.
 * - `mark` resolves when the mark is on durable storage; it brings a delayed or parked key forward.
 */
export interface Inbox {
  /** @param after milliseconds from now, or {@link AHEAD_MS}; a mark that is due earlier stays as it is. */
  mark(key: string, after?: number): Promise<void>;
  /** Starts to work. Once. The handler must not throw. */
  run(handler: Handler, options: RunOptions): void;
  stats(): Promise<InboxStats>;
  parked(): Promise<readonly Parked[]>;
  /** Those of the keys that are marked, whether they wait, are in work or are parked. */
  marked(keys: readonly string[]): Promise<ReadonlySet<string>>;
  /** Takes up nothing new and waits until what is in hand has ended, at most so many milliseconds. */
  stop(graceMs: number): Promise<void>;
}
