import { parseCaseReference } from '../case/case-reference.js';
import { firstWord } from './first-word.js';

/** The case that was typed first, and the rest. `Case 1234563851`, as cards and lists name it, is one. */
export function firstCase(typed: string): [typed: string, rest: string] {
  const [word, rest] = firstWord(typed);
  if (!/^case:?$/i.test(word)) return [word, rest];
  const [next, behind] = firstWord(rest);
  return parseCaseReference(next) === null ? [word, rest] : [next, behind];
}
