/**
 * Which of several endpoints is asked: the first, until it cannot be reached some times in a row; then the next, for a
 * while; then the first is tried again. Pure. It moves where the next call goes, and repeats none.
 */
export interface Standing {
  /** Index of the endpoint in use. */
  readonly at: number;
  /** In a row, at this endpoint. */
  readonly failures: number;
  /** When the first is tried again; null at the first. Milliseconds. */
  readonly until: number | null;
  /** Where calls went before the first was tried again, and go when it fails at once; null: nothing is on trial. */
  readonly before: number | null;
}

export const FIRST: Standing = { at: 0, failures: 0, until: null, before: null };

const FAILURES = 3;
const AWAY_MS = 300_000;

/** Time may have passed: the first endpoint is tried again. */
export function standingAt(standing: Standing, now: number): Standing {
  const { at, until } = standing;
  if (until === null || now < until) return standing;
  // One failure sends it away again: it has been found unreachable before, and each try keeps people waiting.
  return { at: 0, failures: FAILURES - 1, until: null, before: at };
}

/**
 * What a call that has ended says of the endpoint at which it was made.
 *
 * @param of how many endpoints there are.
 */
export function afterCall(
  standing: Standing,
  call: { readonly at: number; readonly isReached: boolean },
  of: number,
  now: number,
): Standing {
  // It was under way when the endpoint was changed, and says nothing of the one in use.
  if (call.at !== standing.at) return standing;
  if (call.isReached) return { ...standing, failures: 0, before: null };
  const failures = standing.failures + 1;
  if (failures < FAILURES || of < 2) return { ...standing, failures };
  const at = standing.before ?? (standing.at + 1) % of;
  return { at, failures: 0, until: at === 0 ? null : now + AWAY_MS, before: null };
}
