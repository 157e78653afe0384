/** How work on a key ended. A thrown error is a bug and counts as `again` with back-off. */
export type Outcome =
  /** Once more after so many milliseconds where it is given: nothing failed, but what was done holds only so long. */
  | { readonly outcome: 'done'; readonly next?: number }
  /** Once more: after so many milliseconds, or after the back-off when none are given. */
  | { readonly outcome: 'again'; readonly after?: number; readonly reason: string }
  /** Needs a person. Tried again from time to time, and as soon as the key is marked. */
  | { readonly outcome: 'park'; readonly reason: string };

export const done: Outcome = { outcome: 'done' };

/** @param ms until it has to be done anew; null when it holds. */
export function doneFor(ms: number | null): Outcome {
  return ms === null ? done : { outcome: 'done', next: ms };
}

export function again(reason: string, after?: number): Outcome {
  return after === undefined ? { outcome: 'again', reason } : { outcome: 'again', reason, after };
}

export function park(reason: string): Outcome {
  return { outcome: 'park', reason };
}
