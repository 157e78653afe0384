import { closest, distance } from 'fastest-levenshtein';

/** Longer ones are no slip of the hand, and would take long to compare. */
const LONGEST = 60;

/** ` Did you mean severities?`, with a blank before it, where somebody most likely did; else ''. */
export function didYouMean(word: string, known: readonly string[]): string {
  if (known.length === 0 || word.length > LONGEST) return '';
  const spelt = (each: string) => each.toLowerCase().replace(/[\s_-]/g, '');
  const same = known.find((each) => spelt(each) === spelt(word));
  const nearest = same ?? closest(word.toLowerCase(), [...known]);
  const near =
    same !== undefined ||
    distance(word.toLowerCase(), nearest) <= (word.length < 4 ? 1 : Math.max(2, word.length / 3));
  return near ? ` Did you mean ${nearest}?` : '';
}
