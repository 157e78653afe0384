import type { Effect } from './plan.js';

/**
 * A span of time of which the store may have lost what it knew: everything before a new store began, or the last moments
 * before its server was restarted. What was posted then may be in Slack without the store's knowing.
 */
export interface Doubt {
  /** Milliseconds since 1970; 0 for "ever since". */
  readonly from: number;
  readonly until: number;
}

/** Resolved cases on which nothing has happened for so long are forgotten. AWS itself keeps cases for 24 months. */
export const REMEMBERED_MS = 400 * 86_400_000;

/** What was forgotten on purpose: a case that comes back after that long has a thread already. */
export function forgotten(now: number): Doubt {
  return { from: 0, until: now - REMEMBERED_MS };
}

/** AWS's clock, Slack's and ours may differ by so much. A wider search only reads a little more. */
export const CLOCKS_DIFFER_MS = 600_000;

/** Of which time a case's thread has not been searched yet for what the store does not know of; null when of none. */
export function openDoubt(doubts: readonly Doubt[], recoveredAt: number | null): Doubt | null {
  const open = doubts.filter(({ until }) => recoveredAt === null || recoveredAt < until);
  if (open.length === 0) return null;
  return {
    from: Math.min(...open.map(({ from }) => from)),
    until: Math.max(...open.map(({ until }) => until)),
  };
}

/**
 * Whether anything of what is to be posted may be in Slack already, without the store's knowing: then the thread has to
 * be read first. What began or happened after the doubt cannot be, so that most cases and entries cost no reading.
 *
 * @param openedAt when the case was opened; null where nobody says.
 */
export function isInDoubt({ until }: Doubt, openedAt: number | null, effects: readonly Effect[]): boolean {
  const latest = until + CLOCKS_DIFFER_MS;
  if (openedAt !== null && openedAt > latest) return false;
  return effects.some((effect) => {
    switch (effect.do) {
      case 'open-thread':
        return true;
      case 'post': {
        const { item } = effect;
        // Of a change that was only seen nobody knows when it happened: it may have been told long ago.
        const isOnlySeen =
          item.kind === 'changed' || ((item.kind === 'resolved' || item.kind === 'reopened') && !item.exact);
        return isOnlySeen || item.at <= latest;
      }
      case 'attach':
        return effect.file.at <= latest;
      default:
        return false;
    }
  });
}
