import type { Inbox } from '../inbox/inbox.js';
import type { Duty } from '../lease/duty.js';
import type { Gates } from '../pace/gate.js';
import type { Store } from '../store/store.js';

export type StorageName = 'sqlite' | 'redis';

/** All that outlives the process, and what replicas share: one adapter of each port, on the same storage. */
export interface Storage {
  readonly name: StorageName;
  readonly store: Store;
  /** Cases to compare with their threads, cards to show anew, outboxes to work off. */
  readonly cases: Inbox;
  readonly cards: Inbox;
  readonly replies: Inbox;
  /** Few keys: what a channel is told, of cases that wait for a person or of calls, may have to be said anew. */
  readonly notices: Inbox;
  /** Who is to be told what directly. */
  readonly directs: Inbox;
  /** Limits that all replicas keep to together. */
  readonly gates: Gates;
  /** What in the storage's own settings, or in who else uses it, may cost us data: sentences with the remedy. */
  risks(): readonly string[];
  /** Milliseconds since 1970, by a clock that all replicas agree on. */
  now(): number;
  /** What one replica at a time does for all. */
  duty(name: string): Duty;
  /** After the inboxes have stopped. */
  close(): Promise<void>;
}
