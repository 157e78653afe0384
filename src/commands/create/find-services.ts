import { distance } from 'fastest-levenshtein';
import type { Service } from '../../support/support-api.js';

/**
 * The services that fit what was typed, best first: those that hold every word of it, or a beginning or the initials; where
 * there is none, those that hold every word but for a slip of the finger; and then those that hold any. With nothing typed,
 * all of them.
 *
 * @param recent codes of services with cases, the latest first: they come before others that fit as well.
 */
export function findServices(
  services: readonly Service[],
  typed: string,
  recent: readonly string[],
): Service[] {
  const words = wordsOf(typed);
  const known = services.map((service) => ({ service, named: namesOf(service) }));
  const telling = words.filter((word) => !COMMON.has(word));
  const attempts: ((named: Names) => number | null)[] = [
    (named) => distanceToAll(words.map((word) => distanceTo(named, word))),
    (named) => distanceToAll(words.map((word) => distanceTo(named, word) ?? misspelt(named, word))),
    (named) =>
      distanceToAny(telling.map((word) => nearWithin(distanceTo(named, word)) ?? misspelt(named, word))),
  ];
  for (const distanceOf of attempts) {
    const found = known.flatMap(({ service, named }) => {
      const far = distanceOf(named);
      return far === null ? [] : [{ service, far, recency: recencyOf(service.code, recent) }];
    });
    if (found.length === 0) continue;
    return found
      .sort(
        (a, b) =>
          a.far - b.far || a.recency - b.recency || a.service.name.localeCompare(b.service.name, 'en'),
      )
      .map(({ service }) => service);
  }
  return [];
}

interface Names {
  readonly name: readonly string[];
  readonly code: readonly string[];
  /** `rds`; also `s3` and `ec2`, as AWS abbreviates what begins alike. */
  readonly initials: readonly string[];
  /** Without what stands between words: `cloud watch`, `apigateway`. */
  readonly wholeName: string;
  readonly wholeCode: string;
}

function namesOf({ name, code }: Service): Names {
  return {
    name: wordsOf(name),
    code: wordsOf(code),
    initials: initialsOf(name),
    wholeName: wordsOf(name).join(''),
    wholeCode: code.toLowerCase(),
  };
}

function initialsOf(name: string): string[] {
  const words = wordsOf(name.replace(/\([^)]*\)/g, ' ')).filter((word) => !NOT_IN_INITIALS.has(word));
  if (words.length < 2) return [];
  const initials = words.map((word) => word.charAt(0)).join('');
  return [initials, initials.replace(/(.)\1+/gu, (run, letter) => `${letter}${run.length}`)];
}

const NOT_IN_INITIALS = new Set(['amazon', 'aws', 'and', 'of', 'for', 'the', 'to', 'in']);

/** What stands beside what people mean: in no few names, so it tells nothing. */
const COMMON = new Set(
  'a an and aws amazon are at by can cannot does for from in is it my no not of on or our service services such the to too with'.split(
    ' ',
  ),
);

/** Of the ways in which a word is found. */
const INSIDE = 5;
const MISSPELT = 7;
const MISSING = 8;

/** 0 where it is a word of the name; null where it is not there at all. */
function distanceTo({ name, code, initials, wholeName, wholeCode }: Names, word: string): number | null {
  const found = [
    name.includes(word),
    initials.includes(word),
    name.some((each) => each.startsWith(word)),
    code.includes(word),
    code.some((each) => each.startsWith(word)),
    wholeName.includes(word),
    wholeCode.includes(word),
  ].indexOf(true);
  return found < 0 ? null : found;
}

/** Letters inside a word are what somebody is still typing, not a word of a sentence. */
function nearWithin(found: number | null): number | null {
  return found === null || found >= INSIDE ? null : found;
}

function misspelt({ name, code }: Names, word: string): number | null {
  const most = word.length < 4 ? 0 : word.length < 6 ? 1 : 2;
  const isNear = (each: string) =>
    distance(word, each) <= most || distance(word, each.slice(0, word.length)) <= most;
  return most > 0 && [...name, ...code].some(isNear) ? MISSPELT : null;
}

function distanceToAll(found: readonly (number | null)[]): number | null {
  return found.includes(null) ? null : distanceToAny(found, 0);
}

/** The more words are there, the nearer. */
function distanceToAny(found: readonly (number | null)[], none: number | null = null): number | null {
  if (found.every((each) => each === null)) return found.length === 0 ? none : null;
  return found.reduce<number>((sum, each) => sum + (each ?? MISSING), 0);
}

function recencyOf(code: string, recent: readonly string[]): number {
  const index = recent.indexOf(code);
  return index < 0 ? recent.length : index;
}

function wordsOf(text: string): string[] {
  return text
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '');
}
