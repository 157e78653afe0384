import { closest, distance } from 'fastest-levenshtein';

/** The word that somebody probably meant; null when none is near what they typed. */
export function nearestWord(typed: string, words: readonly string[]): string | null {
  const nearest = closest(typed, words);
  return distance(typed, nearest) <= 2 ? nearest : null;
}
