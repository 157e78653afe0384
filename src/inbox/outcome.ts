/** How work on a key ended. A thrown error is a bug and counts as `again` with back-off. */
export type Outcome =
  | { readonly outcome: 'done' }
  /** Once more: after so many milliseconds, or after the back-off when none are given. */
  | { readonly outcome: 'again'; readonly after?: number; readonly reason: string }
  /** Needs a person. Tried again from time to time, and as soon as the key is marked. */
  | { readonly outcome: 'park'; readonly reason: string };

export const done: Outcome = { outcome: 'done' };

export function again(reason: string, after?: number): Outcome {
  return after === undefined ? { outcome: 'again', reason } : { outcome: 'again', reason, after };
}

export function park(reason: string): Outcome {
  return { outcome: 'park', reason };
}
