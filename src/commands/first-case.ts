import { parseCaseReference } from '../case/case-reference.js';
import { firstWord } from './first-word.js';

/**
 * The case that was typed first, and the rest. `Case 1234563851`, as cards and lists name it, is one, and so is
 * `"my team"/1234563851`.
 */
export function firstCase(typed: string): [typed: string, rest: string] {
  const [, inQuotes, after] = /^\s*(["“”][^/\n]{1,100}?["“”]\/\S+)\s*(.*)$/s.exec(typed) ?? [];
  if (inQuotes !== undefined && after !== undefined) return [inQuotes, after];
  const [word, rest] = firstWord(typed);
  if (!/^case:?$/i.test(word)) return [word, rest];
  const [next, behind] = firstWord(rest);
  return parseCaseReference(next) === null ? [word, rest] : [next, behind];
}
