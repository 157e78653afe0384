import { CLOCKS_DIFFER_MS } from '../../case/doubt.js';
import type { Slack } from '../../slack/slack.js';
import type { Store } from '../../store/store.js';
import { AUDIT_CASE } from './open-burst.js';

/**
 * The `ts` of a message of the channel that was posted in a time of which the store may have lost what it knew; null where
 * there is none. Each is given once: whoever finds that it was deleted must not be given it again.
 *
 * @param at when the first call that it shows was made: no message of it is older.
 */
export type FoundBefore = (channel: string, id: string, at: number) => Promise<string | null>;

/** How far back the channel is searched for what a lost store knew. */
const SEARCH_BACK_MS = 30 * 86_400_000;

export interface FoundBeforeDeps {
  readonly store: Pick<Store, 'doubts'>;
  readonly slack: Pick<Slack, 'findEntries'>;
  readonly now: () => number;
}

/** Searches a channel once for each loss, and not before something is to be posted that may be there. */
export function foundBefore({ store, slack, now }: FoundBeforeDeps): FoundBefore {
  const searched = new Map<string, { readonly until: number; readonly found: Map<string, string> }>();
  return async (channel, id, at) => {
    const doubts = (await store.doubts()).filter(({ until }) => at <= until + CLOCKS_DIFFER_MS);
    if (doubts.length === 0) return null;
    const until = Math.max(...doubts.map((doubt) => doubt.until));
    let known = searched.get(channel);
    if (known === undefined || known.until < until) {
      const from = Math.max(Math.min(...doubts.map((doubt) => doubt.from)), now() - SEARCH_BACK_MS);
      const entries = await slack.findEntries(
        { channel, threadTs: null },
        (Math.max(0, from - CLOCKS_DIFFER_MS) / 1000).toFixed(6),
      );
      const ours = entries.filter(({ tag }) => tag.case === AUDIT_CASE);
      known = { until, found: new Map(ours.map(({ ts, tag }) => [tag.entry, ts])) };
      searched.set(channel, known);
    }
    const ts = known.found.get(id) ?? null;
    known.found.delete(id);
    return ts;
  };
}
