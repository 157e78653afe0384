import { fold } from './folded.js';
import { type Found, lastDigits, SECRET_NAMES } from './secrets.js';

/** Where something was found, as the person may be shown it: nothing in it helps anybody who looks over their shoulder. */
export interface Place {
  readonly what: string;
  /** The first is 1. */
  readonly line: number;
  /** What was found, masked, with what stands around it, where what may be a secret is masked as well. One line, about 160 characters at most. */
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

/** Up to what else was found in the line: that has a place of its own, and is shown there. */
function lineWith(text: string, found: readonly Found[], one: Found): string {
  const lineFrom = text.lastIndexOf('\n', one.from - 1) + 1;
  const lineEnd = text.indexOf('\n', one.to);
  const lineTo = lineEnd === -1 ? text.length : lineEnd;
  const at = found.indexOf(one);
  const from = Math.max(lineFrom, found[at - 1]?.to ?? 0);
  const to = Math.min(lineTo, found[at + 1]?.from ?? text.length);
  const before = lastPart(careful(text.slice(from, one.from)), from > lineFrom);
  const after = firstPart(careful(text.slice(one.to, to)), to < lineTo);
  return `${before}${masked(text, one)}${after}`.replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ').trim();
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

function lastPart(text: string, goesOn: boolean): string {
  const characters = [...text];
  const part = characters.slice(-AROUND).join('');
  return (goesOn || characters.length > AROUND) && hasWords(part) ? `…${part.replace(/^…+/, '')}` : part;
}

function firstPart(text: string, goesOn: boolean): string {
  const characters = [...text];
  const part = characters.slice(0, AROUND).join('');
  return (goesOn || characters.length > AROUND) && hasWords(part) ? `${part.replace(/…+$/, '')}…` : part;
}

/** Next to a mask, which has dots of its own, more of them say nothing. */
function hasWords(part: string): boolean {
  return /[\p{L}\p{N}]/u.test(part);
}
