/** What may stand behind the keys of CONFIG_FILE, with a sentence for whatever else does. */
import { z } from 'zod';
import { didYouMean } from './nearest-known.js';

interface Issue {
  readonly input?: unknown;
}

/** @param wanted what belongs there; a sentence, or several. */
function otherwise(wanted: string): (issue: Issue) => string {
  return ({ input }) => {
    if (input === undefined) return `It is missing. ${wanted}`;
    if (input === null) return `Nothing stands behind it. ${wanted}`;
    if (typeof input === 'number' || typeof input === 'boolean')
      return `Put it between quotes: without them YAML takes it for a ${typeof input === 'number' ? 'number' : 'yes or no'}.`;
    return wanted;
  };
}

/** A text that fits a pattern. */
export function text(pattern: RegExp, wanted: string) {
  return z.string({ error: otherwise(wanted) }).regex(pattern, { error: wanted });
}

/**
 * One of a few words.
 * @param others words that somebody may well write there, with what to say to them.
 */
export function oneOf<const W extends string>(
  words: readonly W[],
  others: Readonly<Record<string, string>> = {},
) {
  const known = words.join(', ');
  return z.enum(words as readonly [W, ...W[]], {
    error: ({ input }) =>
      typeof input === 'string' && Object.hasOwn(others, input)
        ? (others[input] ?? '')
        : typeof input === 'string'
          ? notOneOf(input, words)
          : otherwise(`One of ${known} belongs here.`)({ input }),
  });
}

/** What is far from every word might be what belongs to another key, a secret even. */
function notOneOf(value: string, words: readonly string[]): string {
  const meant = didYouMean(value, words);
  return `${meant === '' ? 'This' : quoted(value)} is not one of ${words.join(', ')}.${meant}`;
}

export function yesOrNo() {
  return z.boolean({ error: 'Write true or false, without quotes.' });
}

/** @param example two of its members, as in YAML. */
export function listOf<T extends z.ZodType>(member: T, example: string) {
  return z.array(member, {
    error: ({ input }) =>
      `${input === null ? 'Nothing stands behind it.' : 'This has to be a list.'} Write it as [${example}], or leave it out.`,
  });
}

/**
 * A strict object. What stands in place of one is told here; its keys tell themselves.
 * @param what `An account`, for example.
 */
export function entry<S extends z.ZodRawShape>(shape: S, what: string) {
  return z.strictObject(shape, { error: `${what} is written as lines of key: value.` });
}

const ID = /^\d{12}$/;

/** Unquoted, an id is a number, and right only if YAML loses nothing of it. */
function fromNumber(value: unknown): unknown {
  return typeof value === 'number' && ID.test(String(value)) ? String(value) : value;
}

const LOST_ZEROS =
  'Put the id between quotes: without them YAML takes it for a number, and its leading zeros are lost.';

function idSays({ input }: Issue): string {
  if (typeof input === 'number') return LOST_ZEROS;
  return otherwise('An AWS account id belongs here: 12 digits, between quotes.')({ input });
}

export function accountId() {
  return z.preprocess(
    fromNumber,
    z.string({ error: idSays }).regex(ID, {
      error: ({ input }) =>
        `${/^[\d -]{1,40}$/.test(String(input)) ? `“${String(input)}”` : 'This'} is not an AWS account id: those have 12 digits, without dashes.`,
    }),
  );
}

/** An account's alias or its id. */
export function accountName() {
  const says = (issue: Issue) =>
    typeof issue.input === 'number'
      ? LOST_ZEROS
      : otherwise('The alias or the id of an account belongs here.')(issue);
  return z.preprocess(fromNumber, z.string({ error: says }).min(1, { error: says }));
}

/** Short and of one piece, a value is shown; anything else might be what belongs to another key, a secret even. */
export function quoted(value: string): string {
  return /^[\w.:/@#+-]{1,40}$/.test(value) ? `“${value}”` : 'This';
}
