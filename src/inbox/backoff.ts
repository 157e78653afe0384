/** Delays between tries. */
export interface Backoff {
  readonly firstMs: number;
  readonly longestMs: number;
}

export const DEFAULT_BACKOFF: Backoff = { firstMs: 1_000, longestMs: 60_000 };

/**
 * Doubling with jitter: between half and all of `first × 2^attempt`, at most `longest`. The jitter keeps many cases that
 * failed together from coming back together.
 *
 * @param random from 0 up to but not 1.
 */
export function backoffMs(attempt: number, { firstMs, longestMs }: Backoff, random: number): number {
  const whole = Math.min(longestMs, firstMs * 2 ** Math.min(attempt, 30));
  return Math.round(whole * (0.5 + random / 2));
}
