/**
 * Fencing. Work on a case is handed out for a while only, so that it moves on when a replica dies. A replica that was
 * paused for longer than that, and wakes up, must not finish what another has taken over: its writes are refused by the
 * store, and it asks its lease, with nothing in between, before it does anything that cannot be taken back.
 */
export interface Lease {
  /** Where the holder is written down, and who it is: a write under a lease is refused when somebody else stands there. */
  readonly lock: string;
  readonly token: string;
  /** Throws {@link LeaseLost} when the time may be over. By the clocks of this machine alone, so it costs nothing. */
  check(): void;
}

/** Somebody else may be at work on it by now. Nothing is wrong: whoever has taken over does the rest. */
export class LeaseLost extends Error {
  override readonly name = 'LeaseLost';

  constructor(lock: string) {
    super(`the lease on ${lock} is lost`);
  }
}

/** Of a process that shares its work with nobody. */
export const STANDING_LEASE: Lease = { lock: '', token: '', check: () => undefined };
