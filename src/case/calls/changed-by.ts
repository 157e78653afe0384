import type { ApiCall } from './api-call.js';

/** What a call set, so that the next one that changes the same can say how it stood before. */
export interface Changed {
  /** What was changed, within the account: `plan`, `channel T0123456789 C0123456789`, … */
  readonly subject: string;
  /** How it stands since: fields of the record, as in `told`. Empty where it was removed. */
  readonly after: Readonly<Record<string, string>>;
}

/** Null for calls that change nothing that has a before and an after, and for those that failed. */
export function changedBy(_call: ApiCall): Changed | null {
  throw new Error('not here yet');
}
