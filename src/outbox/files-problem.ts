import type { SlackFile } from '../store/outbox-message.js';
import { FILE_REASONS } from './reasons.js';

/** What AWS takes with one communication, by either way (facts: aws-support.md, 2.2 and 2.3). */
const MB = 1024 * 1024;
const SMALL = { files: 3, bytes: 5 * MB };
const LARGE = { files: 10, bytes: 150 * MB };

export type Sized = Pick<SlackFile, 'name' | 'size'>;

/** `set`: all at once, small ones. `uploads`: one by one, part by part. */
export type Way = 'set' | 'uploads';

/** Small ones go the way that also the older support plans and endpoints know. */
export function wayOf(files: readonly Sized[]): Way {
  const isSmall = files.length <= SMALL.files && files.every(({ size }) => size <= SMALL.bytes);
  return isSmall ? 'set' : 'uploads';
}

/**
 * Why AWS would not take these files with one message, in words for the person; plain text, with names as people gave
 * them. Null when there is no such reason. A size of 0 is one that Slack has not said yet: it is looked at when the file
 * is fetched.
 */
export function filesProblem(files: readonly Sized[]): string | null {
  if (files.length > LARGE.files) {
    return FILE_REASONS.tooMany(files.length, LARGE.files);
  }
  const tooLarge = files.filter(({ size }) => size > LARGE.bytes);
  if (tooLarge.length === 0) return null;
  const named = tooLarge.map(({ name, size }) => `“${name}” (${megabytes(size)})`).join(', ');
  return FILE_REASONS.tooLarge(named, tooLarge.length);
}

/** `45.3 MB`; rounded up, so that nothing that is over a limit looks as if it were not. */
export function megabytes(bytes: number): string {
  const tenths = Math.ceil((bytes / MB) * 10) / 10;
  return `${tenths.toLocaleString('en-US', { maximumFractionDigits: 1 })} MB`;
}

const MAX_NAME = 200;

/** The name that AWS gets: nothing that could be a path or break a line, and the ending kept where it is long. */
export function nameForAws(name: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what has to go
  const clean = name.replace(/[\u0000-\u001f\u007f/\\]+/g, '_').trim() || 'file';
  if (clean.length <= MAX_NAME) return clean;
  const ending = /\.[A-Za-z0-9]{1,16}$/.exec(clean)?.[0] ?? '';
  // Never half of a character that has two halves.
  return `${clean.slice(0, MAX_NAME - ending.length).replace(/[\ud800-\udbff]$/, '')}${ending}`;
}
