import type { RichTextElement } from '@slack/types';
import { plain } from '../rich-text.js';

export type Line = readonly RichTextElement[];

/** Something that calls were about, as it is shown. */
export interface Item {
  /** The same for what is the same. */
  readonly key: string;
  readonly shown: Line;
}

const NAMED = 5;

/** Each once, in the order in which it was first seen. */
export function distinct(items: readonly Item[]): Item[] {
  const seen = new Map<string, Item>();
  for (const item of items) if (!seen.has(item.key)) seen.set(item.key, item);
  return [...seen.values()];
}

export function textItem(text: string): Item[] {
  return text === '' ? [] : [{ key: text, shown: [plain(text)] }];
}

/**
 * `a, b and 7 more`: five at most.
 *
 * @param isCut whether there may be others still, of calls that are not at hand.
 */
export function listed(items: readonly Item[], isCut: boolean): Line {
  const named = items.slice(0, NAMED);
  const more = items.length - named.length;
  const rest = isCut ? ' and others' : more > 0 ? ` and ${more} more` : '';
  return [
    ...named.flatMap(({ shown }, index) => {
      const isLast = index === named.length - 1 && rest === '';
      return [plain(index === 0 ? '' : isLast ? ' and ' : ', '), ...shown];
    }),
    plain(rest),
  ];
}
