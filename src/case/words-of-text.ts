import type { Reading } from './reading.js';

/** Of one case; what comes beyond is not found. A case of many long messages has about two thousand. */
export const MOST_WORDS = 4_000;
/** Of what somebody searches for; the first count. */
export const MOST_SOUGHT = 8;

const LONGEST = 40;
const RUN = /[\p{L}\p{N}\p{M}]+/gu;
/** Scripts that put no blanks between words. */
const UNBROKEN =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\u30fc\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}]+/u;
const PIECES = new RegExp(`${UNBROKEN.source}|(?:(?!${UNBROKEN.source})[\\p{L}\\p{N}\\p{M}])+`, 'gu');

/**
 * The words by which a case is found, each once and in no order: of its numbers, subject, service and texts, the newest
 * first where there are too many.
 */
export function wordsOfCase({ case: aCase, communications }: Reading): string[] {
  const words = new Set<string>();
  const { displayId, key, subject, service, category } = aCase;
  const texts = communications
    .toReversed()
    .flatMap(({ body, attachments }) => [body, ...attachments.map(({ fileName }) => fileName)]);
  for (const text of [displayId, key.caseId, subject, service, category, ...texts]) {
    for (const word of wordsIn(text)) {
      if (words.size >= MOST_WORDS) return [...words];
      words.add(word);
    }
  }
  return [...words];
}

/** What is sought when somebody types this: beginnings of words. Empty where there is nothing to go by. */
export function soughtWords(typed: string): string[] {
  const words = [...new Set(wordsIn(typed))];
  // `inst instance` is `instance`.
  return words
    .filter((word) => !words.some((other) => other !== word && other.startsWith(word)))
    .slice(0, MOST_SOUGHT);
}

/**
 * Letters and digits, in small letters and one form; 2 to 40 characters. Where there are no blanks between words, every two
 * neighbouring characters: so any part of a text is found.
 */
export function* wordsIn(text: string): Generator<string> {
  for (const [run] of text.normalize('NFKC').toLowerCase().matchAll(RUN)) {
    for (const [piece] of run.matchAll(PIECES)) {
      if (UNBROKEN.test(piece)) yield* neighbours([...piece]);
      else if (piece.length >= 2) yield piece.slice(0, LONGEST).toWellFormed();
    }
  }
}

function* neighbours(characters: readonly string[]): Generator<string> {
  if (characters.length === 1) yield characters.join('');
  for (let i = 1; i < characters.length; i++) yield `${characters[i - 1]}${characters[i]}`;
}
