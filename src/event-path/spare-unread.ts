import type { Desired } from './desired.js';
import type { EventPathError } from './errors.js';
import { type EventPath, isUnread, NO_CALLS, PLANS_KEYS } from './event-path.js';

type CallsKey = keyof typeof NO_CALLS;

/**
 * What could not be read and is not needed is as if it were not there. Pure.
 *
 * - Where no calls are wanted, all that is for them: whoever may not look has made nothing of it.
 * - Where a policy of the organization closes the Region of the plans, what is there. A permission that is only missing
 *   is asked for as any other.
 *
 * @returns the path, and why that could not be read; null where all could, or where it is needed.
 */
export function spareUnread(
  path: EventPath,
  calls: Desired['calls'],
): { readonly path: EventPath; readonly unread: EventPathError | null } {
  const keys = Object.keys(NO_CALLS) as CallsKey[];
  const sparing: readonly CallsKey[] = calls === null ? keys : PLANS_KEYS;
  const errors = sparing.flatMap((key) => {
    const seen = path[key];
    return isUnread(seen) ? [seen.unread] : [];
  });
  const [unread] = calls === null ? errors : errors.filter((error) => error.isForbidden);
  if (unread === undefined) return { path, unread: null };
  return {
    path: { ...path, ...Object.fromEntries(sparing.map((key) => [key, NO_CALLS[key]])) },
    unread,
  };
}
