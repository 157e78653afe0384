import type { Item } from '../case/item.js';
import { type Milestone, milestoneOf } from '../case/milestone.js';
import type { Reading } from '../case/reading.js';
import type { PostUrgency } from '../slack/slack.js';

/**
 * Whether an entry is shown in the channel as well. Only news: nothing of the backlog of a case, and no change that was merely
 * found when its thread was opened, for that may be long ago.
 */
export function isBroadcast(
  item: Item,
  {
    wanted,
    reading,
    urgency,
    isNewThread,
  }: {
    /** What is shown in the channel as well, besides in the thread; nothing unless somebody asked for it. */
    readonly wanted: ReadonlySet<Milestone>;
    readonly reading: Reading | null;
    readonly urgency: PostUrgency;
    readonly isNewThread: boolean;
  },
): boolean {
  if (wanted.size === 0 || urgency !== 'now') return false;
  if (isNewThread && 'exact' in item && !item.exact) return false;
  const milestone = milestoneOf(item, reading);
  return milestone !== null && wanted.has(milestone);
}
