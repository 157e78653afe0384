import { setTimeout as pause } from 'node:timers/promises';

/** How long somebody who waits for an answer is made to wait for a store that does not give one. */
export interface Patience {
  /** No further try begins after so long. */
  readonly forMs: number;
  readonly pauseMs: number;
}

/** Slack gives a command three seconds. Most interruptions of a store, and of the way to it, are shorter than this. */
export const PATIENCE: Patience = { forMs: 1_500, pauseMs: 200 };

/**
 * Does what is safe to repeat until it succeeds, or the patience is at its end; then rejects with the last error.
 *
 * @returns the value, and how many tries it took: an earlier one may have been carried out although its answer was lost.
 */
export async function insist<T>(
  { forMs, pauseMs }: Patience,
  work: () => Promise<T>,
): Promise<{ readonly value: T; readonly tries: number }> {
  const endsAt = performance.now() + forMs;
  for (let tries = 1; ; tries++) {
    try {
      return { value: await work(), tries };
    } catch (error) {
      if (performance.now() + pauseMs > endsAt) throw error;
      await pause(pauseMs);
    }
  }
}
