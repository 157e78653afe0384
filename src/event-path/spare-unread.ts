import type { EventPathError } from './errors.js';
import { type EventPath, isUnread, NO_CALLS } from './event-path.js';

/** Nobody takes away a rule or a role of which he does not see all: each is read as a whole, or not at all. */
const CALLS = [['callsRule', 'callsTargets']] as const;
const PLANS = [
  ['plansRule', 'plansTargets'],
  ['forwardRole', 'forwardPolicy'],
] as const;

export interface Spared {
  readonly path: EventPath;
  /** Why what is for calls could not be read; null where it could, or where it is needed. */
  readonly calls: EventPathError | null;
  /** Why what is for plans could not be. */
  readonly plans: EventPathError | null;
}

/**
 * What could not be read and is not needed is as if it were not there. Pure.
 *
 * What is for plans is in a Region of its own, which may be closed, or out of reach from here: all else does without.
 *
 * @param needed whether that is which is for calls of cases.
 */
export function spareUnread(path: EventPath, needed: boolean): Spared {
  const gaps = (groups: typeof CALLS | typeof PLANS) =>
    groups.flatMap((group) => {
      const error = group.map((key) => path[key]).find(isUnread)?.unread;
      return error === undefined ? [] : [{ group, error }];
    });
  const calls = needed ? [] : gaps(CALLS);
  const plans = gaps(PLANS);
  const keys = [...calls, ...plans].flatMap(({ group }) => [...group]);
  return {
    path: { ...path, ...Object.fromEntries(keys.map((key) => [key, NO_CALLS[key]])) },
    calls: calls[0]?.error ?? null,
    plans: plans[0]?.error ?? null,
  };
}
