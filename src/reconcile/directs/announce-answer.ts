import type { CaseKey } from '../../case/case-key.js';
import { type Direct, directText } from '../../case/direct.js';
import type { Item } from '../../case/item.js';
import { type CasePeople, whoWantsToKnow } from '../../case/people.js';

/** Marks what people are to be told directly, see {@link directText}. @param after milliseconds from now. */
export type MarkDirect = (direct: string, after?: number) => Promise<void>;

export interface AnnounceAnswerDeps {
  readonly markDirect: MarkDirect;
  readonly now: () => number;
}

/** What AWS wrote longer ago is history, also when it is posted only now. */
const NEWS_FOR_MS = 86_400_000;
/** By then the entry is in the thread, as a rule. */
const POSTED_WITHIN_MS = 2_000;

/**
 * Posts an item; when AWS wrote it, those who want to know are told directly. Marked before it is posted: killed in
 * between, the mark is there, and while the entry is not, whoever works on the mark waits for it.
 */
export async function announceAnswer(
  { markDirect, now }: AnnounceAnswerDeps,
  { key, item, people }: { readonly key: CaseKey; readonly item: Item; readonly people: CasePeople },
  post: () => Promise<void>,
): Promise<void> {
  if (!isAnswer(item, now()) || whoWantsToKnow(people).length === 0) return post();
  const direct: Direct = { key, about: item.id, user: null };
  await markDirect(directText(direct), POSTED_WITHIN_MS);
  await post();
  await markDirect(directText(direct));
}

/** A text that takes the place of an entry without one is no news: that AWS wrote was told with the entry. */
function isAnswer(item: Item, now: number): boolean {
  if (item.kind !== 'communication' && item.kind !== 'unread') return false;
  const isToldAlready = item.kind === 'communication' && item.replaces !== null;
  const isNew = now - Math.max(item.at, item.toldAt ?? 0) < NEWS_FOR_MS;
  return item.author.side === 'aws' && !isToldAlready && isNew;
}
