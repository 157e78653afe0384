import { fold } from './folded.js';
import { type Found, lastDigits, SECRET_NAMES } from './secrets.js';

/** Where something was found, as the person may be shown it: nothing in it helps anybody who looks over their shoulder. */
export interface Place {
  readonly what: string;
  /** The first is 1. */
  readonly line: number;
  /** A part of the line, with everything masked that was found in it, or that may be a secret nobody has found. One line, about 160 characters at most. */
  readonly shown: string;
}

const AROUND = 60;

/** The first places, so many at most. */
export function placesOf(text: string, found: readonly Found[], most: number): Place[] {
  return found.slice(0, most).map((one) => ({
    what: SECRET_NAMES[one.kind],
    line: text.slice(0, one.from).split('\n').length,
    shown: lineWith(text, found, one),
  }));
}

function lineWith(text: string, found: readonly Found[], one: Found): string {
  const lineFrom = text.lastIndexOf('\n', one.from - 1) + 1;
  const lineEnd = text.indexOf('\n', one.to);
  const lineTo = lineEnd === -1 ? text.length : lineEnd;
  const inLine = (each: Found) => each.from < lineTo && each.to > lineFrom;
  let before = '';
  let after = '';
  let at = lineFrom;
  for (const each of found.filter(inLine)) {
    const between = careful(text.slice(at, Math.max(at, each.from)));
    const isBefore = each.to <= one.from;
    if (each === one) before += between;
    else if (isBefore) before += between + masked(text, each);
    else after += between + masked(text, each);
    at = each.to;
  }
  after += careful(text.slice(at, lineTo));
  return [lastPart(before), masked(text, one), firstPart(after)]
    .join('')
    .replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ')
    .trim();
}

/** Long and made by a machine: beside one secret there may stand another, in a form that is not known here. */
const LIKE_SECRETS = /[A-Za-z0-9+/=_-]{20,}/g;

function careful(text: string): string {
  return text.replace(LIKE_SECRETS, (run) =>
    /\d/.test(run) && /[A-Za-z]/.test(run) ? `${run.slice(0, 4)}…${run.slice(-4)}` : run,
  );
}

/** Enough to know again which it is, and of what is short, nothing. */
function masked(text: string, { kind, from, to }: Found): string {
  const secret = fold(text.slice(from, to)).text;
  if (kind === 'card') return `…${lastDigits(secret)}`;
  if (kind === 'private-key') return /^-----BEGIN [A-Z0-9 ]+-----/.exec(secret)?.[0].concat(' …') ?? '…';
  if (kind === 'password' || secret.length < 20) return '•••';
  return `${secret.slice(0, 4)}…${secret.slice(-4)}`;
}

function lastPart(text: string): string {
  const characters = [...text];
  return characters.length <= AROUND ? text : `…${characters.slice(-AROUND).join('')}`;
}

function firstPart(text: string): string {
  const characters = [...text];
  return characters.length <= AROUND ? text : `${characters.slice(0, AROUND).join('')}…`;
}
