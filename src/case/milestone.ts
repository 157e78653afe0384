import { isFromAws } from './communication.js';
import { identify } from './identify.js';
import type { Item } from './item.js';
import type { Reading } from './reading.js';

/** What of a case may be worth knowing outside its thread. */
export const MILESTONES = ['opened', 'first-answer', 'resolved', 'reopened'] as const;
export type Milestone = (typeof MILESTONES)[number];

/**
 * Which milestone an item is; null for all others. The opening text and AWS's first answer can be told only by all
 * communications of a case: where some are missing, a later one must not pass for the first.
 */
export function milestoneOf(item: Item, reading: Reading | null): Milestone | null {
  if (item.kind === 'resolved' || item.kind === 'reopened') return item.kind;
  if (item.kind !== 'communication' || reading === null || !reading.complete) return null;
  const [opening, ...others] = identify(reading.communications);
  if (item.id === opening?.id) return 'opened';
  // One of which AWS does not say who wrote it may have been an answer.
  const first = others.find((each) => isFromAws(each) || each.submittedBy.trim() === '');
  return item.author.side === 'aws' && item.id === first?.id ? 'first-answer' : null;
}

/** Whether only the older communications of the case can tell that one of these is AWS's first answer. */
export function mayBeFirstAnswer(items: readonly Item[], reading: Reading | null): boolean {
  if (reading === null || reading.complete) return false;
  const ids = new Set(items.map(({ id }) => id));
  const byAws = identify(reading.communications).filter(isFromAws);
  return byAws.length > 0 && byAws.every(({ id }) => ids.has(id));
}
