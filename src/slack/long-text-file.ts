import type { CommunicationItem } from '../case/item.js';

/** Of a longer text a thread shows the beginning; the whole of it is a file next to that. In characters. AWS gives 8,000. */
export const LONG_TEXT = 12_000;

/**
 * The whole text of an entry that is too long for messages, as a text file: UTF-8, the text as AWS gave it, quoted mail
 * included. Null for all others. The name is the same whenever it is asked for.
 *
 * Nothing is left out of the messages for its sake as long as nothing uploads it.
 */
export function longTextFile({ text, at }: Pick<CommunicationItem, 'text' | 'at'>): {
  readonly name: string;
  readonly text: string;
} | null {
  if (text.length <= LONG_TEXT) return null;
  const time = new Date(at).toISOString().slice(0, 19).replace('T', '-').replaceAll(':', '');
  return { name: `message-${time}.txt`, text };
}
