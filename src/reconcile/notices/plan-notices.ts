import type { Parked } from '../../inbox/inbox.js';
import { type Notice, showsOf } from './notice.js';

/** Cases that wait for the same to be put right. */
export interface Waiting {
  readonly reason: string;
  /** Keys; those that wait longest first. */
  readonly cases: readonly string[];
}

export type NoticeStep =
  | { readonly do: 'post'; readonly waiting: Waiting; readonly unsure: Notice | null }
  | { readonly do: 'update'; readonly notice: Notice; readonly waiting: Waiting }
  /** Nothing waits for it any more. */
  | { readonly do: 'settle'; readonly notice: Notice };

export interface NoticePlan {
  readonly steps: readonly NoticeStep[];
  /** Milliseconds after which to look again; null when there is nothing to look after. */
  readonly lookAfter: number | null;
}

/**
 * Which cases wait for what. A case that is being tried again still waits for what it was said to wait for, until that
 * is done: a notice must not be settled, and be posted anew, for every try.
 *
 * @param retried keys of announced cases that are marked, and at present not parked.
 */
export function whoWaits(
  parked: readonly Pick<Parked, 'key' | 'reason' | 'since'>[],
  open: readonly Notice[],
  retried: ReadonlySet<string>,
): readonly Waiting[] {
  const cases = new Map<string, string[]>();
  const add = (reason: string, key: string) => cases.set(reason, [...(cases.get(reason) ?? []), key]);
  const since = new Map(parked.map((each) => [each.key, each.since]));
  for (const notice of open) {
    for (const key of notice.cases) if (retried.has(key) && !since.has(key)) add(notice.reason, key);
  }
  for (const { key, reason } of parked) add(reason, key);
  const order = (key: string) => since.get(key) ?? 0;
  return [...cases].map(([reason, keys]) => ({
    reason,
    cases: keys.sort((a, b) => order(a) - order(b) || (a < b ? -1 : 1)),
  }));
}

/** Compares what has been said with what there is to say. */
export function planNotices(
  waiting: readonly Waiting[],
  open: readonly Notice[],
  now: number,
  updateEveryMs: number,
): NoticePlan {
  const steps: NoticeStep[] = [];
  let lookAfter: number | null = null;
  const look = (after: number) => {
    lookAfter = Math.min(lookAfter ?? after, after);
  };
  const byReason = new Map(waiting.map((each) => [each.reason, each]));
  for (const notice of open) {
    const still = byReason.get(notice.reason);
    byReason.delete(notice.reason);
    const wait = notice.changedAt + updateEveryMs - now;
    if (still === undefined) {
      if (notice.deleted || notice.ts === null || wait <= 0) steps.push({ do: 'settle', notice });
      else look(wait);
      continue;
    }
    look(updateEveryMs);
    if (notice.deleted) continue;
    if (notice.ts === null) steps.push({ do: 'post', waiting: still, unsure: notice });
    else if (notice.shows !== showsOf(still.cases)) {
      if (wait <= 0) steps.push({ do: 'update', notice, waiting: still });
      else look(wait);
    }
  }
  for (const fresh of byReason.values()) {
    steps.push({ do: 'post', waiting: fresh, unsure: null });
    look(updateEveryMs);
  }
  return { steps, lookAfter };
}
