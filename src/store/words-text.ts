import { MOST_WORDS } from '../case/words-of-text.js';

/**
 * How the words of a case are kept: one text, each behind a line end. To look for the beginning of a word is to look for it
 * behind a line end; what a case is made of lies in one place, and comes and goes at once.
 */
export function withWords(kept: string, words: readonly string[]): string {
  const known = new Set(kept.split('\n').filter((word) => word !== ''));
  const fresh = [...new Set(words)].filter((word) => !known.has(word)).slice(0, MOST_WORDS - known.size);
  return fresh.length === 0 ? kept : `${kept}\n${fresh.join('\n')}`;
}

/** Rare ones first: where one is not there, the others need not be looked for. */
export function rarestFirst(beginnings: readonly string[]): string[] {
  return [...beginnings].sort((a, b) => b.length - a.length);
}
