import type { Item } from '../case/item.js';
import type { PostUrgency } from '../slack/slack.js';

/** What happened so recently, somebody may be waiting for. */
const RECENT_MS = 600_000;

export function urgencyOf(item: Pick<Item, 'at' | 'toldAt'>, now: number): PostUrgency {
  return isRecent(Math.max(item.at, item.toldAt ?? 0), now) ? 'now' : 'backlog';
}

export function isRecent(at: number, now: number): boolean {
  return now - at < RECENT_MS;
}
