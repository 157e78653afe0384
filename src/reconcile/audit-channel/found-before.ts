import { createHash } from 'node:crypto';
import { CLOCKS_DIFFER_MS } from '../../case/doubt.js';
import type { Slack } from '../../slack/slack.js';
import type { Store } from '../../store/store.js';
import { AUDIT_CASE, MOST_SAMPLES } from './open-burst.js';

/** A message that was posted in a time of which the store may have lost what it knew. */
export interface FoundMessage {
  readonly ts: string;
  /** In its tag. */
  readonly id: string;
  readonly intendedAt: number;
  /** How many calls it shows, and prints of them: all, or twenty where they are more. */
  readonly count: number;
  readonly prints: ReadonlySet<string>;
}

/**
 * Messages of the channel that may show what is to be shown, without the store's knowing. Those that somebody deleted are
 * not among them.
 *
 * @param at when the first call that is to be shown was made: no message of it is older.
 */
export type FoundBefore = (channel: string, at: number) => Promise<readonly FoundMessage[]>;

/** How far back the channel is searched for what a lost store knew. */
const SEARCH_BACK_MS = 30 * 86_400_000;

export interface FoundBeforeDeps {
  readonly store: Pick<Store, 'doubts'>;
  readonly slack: Pick<Slack, 'findEntries'>;
  readonly now: () => number;
}

/** Searches a channel once for each loss, and not before something is to be posted that may be there. */
export function foundBefore({ store, slack, now }: FoundBeforeDeps): FoundBefore {
  const searched = new Map<string, { readonly until: number; readonly found: readonly FoundMessage[] }>();
  return async (channel, at) => {
    const doubts = (await store.doubts()).filter(({ until }) => at <= until + CLOCKS_DIFFER_MS);
    if (doubts.length === 0) return [];
    const until = Math.max(...doubts.map((doubt) => doubt.until));
    const known = searched.get(channel);
    if (known !== undefined && known.until >= until) return known.found;
    const from = Math.max(Math.min(...doubts.map((doubt) => doubt.from)), now() - SEARCH_BACK_MS);
    const entries = await slack.findEntries(
      { channel, threadTs: null },
      (Math.max(0, from - CLOCKS_DIFFER_MS) / 1000).toFixed(6),
    );
    const found = entries
      .filter(({ tag }) => tag.case === AUDIT_CASE)
      .map(({ ts, tag }) => {
        const [count = '0', ...prints] = (tag.calls ?? '').split(' ');
        return { ts, id: tag.entry, intendedAt: tag.at, count: Number(count), prints: new Set(prints) };
      });
    searched.set(channel, { until, found });
    return found;
  };
}

/** For a message's tag: how many calls it shows, and which, as far as they are at hand. */
export function callsInTag(count: number, ids: readonly string[]): string {
  return [count, ...ids.slice(0, MOST_SAMPLES).map(printOfCall)].join(' ');
}

export function printOfCall(id: string): string {
  return createHash('sha256').update(id).digest('base64url').slice(0, 8);
}
