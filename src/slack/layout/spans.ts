import { codeFinder, isProse } from './code-lines.js';

/** A stretch of a text that is laid out in one way. The sources of all spans, joined, are the text. */
export interface Span {
  readonly kind: 'text' | 'list' | 'quote' | 'code';
  readonly source: string;
  /** Of the source, so many characters at its beginning and its end are fences, which are not shown. */
  readonly head: number;
  readonly tail: number;
}

/** The marker of an item, and its text. Slack's lists begin with 1. */
export const ITEM = /^([ \t]*)([-*•◦▪▫‣●○·]|[1-9]\d{0,2}[.)])([ \t]+)(.*)$/s;
export const QUOTED = /^[ \t]{0,3}> ?/;
const FENCE = /^([ \t]*)(`{3,}|~{3,})[ \t]*[\w+.#-]*[ \t]*$/;

/** For a line, the place behind what begins there; its own place where nothing does. */
interface Ends {
  readonly ofCode: (from: number) => number;
  readonly ofFence: (from: number) => number;
}

/** How far a line is set in, in columns. */
export function indentOf(line: string): number {
  let columns = 0;
  for (const character of line) {
    if (character === ' ') columns += 1;
    else if (character === '\t') columns += 4 - (columns % 4);
    else break;
  }
  return columns;
}

/**
 * Finds lists, quotes and code in a plain text.
 *
 * @param text as it can be shown (rich-text.ts): with one kind of line end.
 */
export function spansOf(text: string): Span[] {
  const lines = text.split('\n');
  const spans: Span[] = [];
  const ends: Ends = { ofCode: codeFinder(lines), ofFence: fenceFinder(lines) };
  /** The number that would go on the list before; what is between the items may have been code. */
  let next = 1;
  const add = (kind: Span['kind'], from: number, to: number, fences = { head: 0, tail: 0 }) => {
    const source = lines.slice(from, to).join('\n') + (to < lines.length ? '\n' : '');
    const last = spans.at(-1);
    if (kind === 'text' && last?.kind === 'text') {
      spans[spans.length - 1] = { ...last, source: last.source + source };
    } else spans.push({ kind, source, ...fences });
  };
  for (let at = 0; at < lines.length; ) {
    const line = lines[at] ?? '';
    const fenced = ends.ofFence(at);
    if (fenced > at) {
      const closing = lines[fenced - 1] ?? '';
      const lineEnd = fenced < lines.length ? 1 : 0;
      add('code', at, fenced, { head: line.length + 1, tail: closing.length + lineEnd });
      at = fenced;
      continue;
    }
    const code = ends.ofCode(at);
    const item = itemOf(line);
    // A year at the beginning of a line is no item: a list begins with its first, or goes on.
    if (code > at) {
      add('code', at, code);
      at = code;
    } else if (QUOTED.test(line)) {
      const end = endWhile(lines, at, (each) => QUOTED.test(each));
      add('quote', at, end);
      at = end;
    } else if (item !== null && (item.number === null || item.number === 1 || item.number === next)) {
      const list = endOfList(lines, at, next, ends);
      add('list', at, list.end);
      next = list.next;
      at = list.end;
    } else {
      const indented = endOfIndented(lines, at);
      if (indented > at) add('code', at, indented);
      else add('text', at, at + 1);
      at = Math.max(indented, at + 1);
    }
  }
  return spans.filter(({ source }) => source !== '');
}

function itemOf(line: string): { readonly number: number | null } | null {
  const [, , marker = '', , words = ''] = ITEM.exec(line) ?? [];
  return isItem(marker, words) ? { number: numberOf(marker) } : null;
}

/** `* * *` is a rule and no item. */
export function isItem(marker: string, words: string): boolean {
  return marker !== '' && /[\p{L}\p{N}]/u.test(words);
}

/** Of a numbered item; null of others. */
export function numberOf(marker: string): number | null {
  return /^\d/.test(marker) ? Number.parseInt(marker, 10) : null;
}

function endWhile(lines: readonly string[], from: number, fits: (line: string) => boolean): number {
  let end = from;
  while (end < lines.length && fits(lines[end] ?? '')) end += 1;
  return end;
}

/** The same for fences. An open one that nobody closes is text. */
function fenceFinder(lines: readonly string[]): Ends['ofFence'] {
  const closing = lines.flatMap((line, at) => {
    const mark = /^\s*(`{3,}|~{3,})\s*$/.exec(line)?.[1] ?? '';
    return mark === '' ? [] : [{ at, mark }];
  });
  return (from) => {
    const [, , mark = ''] = FENCE.exec(lines[from] ?? '') ?? [];
    if (mark === '') return from;
    const close = closing.find((each) => each.at > from && each.mark.startsWith(mark))?.at ?? from;
    return close <= from + 1 ? from : close + 1;
  };
}

/** Items, what is set in below them, and one blank line between two of them. */
function endOfList(
  lines: readonly string[],
  from: number,
  first: number,
  { ofCode, ofFence }: Ends,
): { end: number; next: number } {
  let end = from;
  let next = first;
  let indent = 0;
  const top = indentOf(lines[from] ?? '');
  while (end < lines.length) {
    const line = lines[end] ?? '';
    const item = itemOf(line);
    const isBlank = line.trim() === '';
    if (end > from && (ofFence(end) > end || ofCode(end) > end)) break;
    if (item !== null) {
      const columns = indentOf(line);
      const isNested = columns > top;
      const fits = item.number === null || isNested || item.number === 1 || item.number === next;
      if (!fits) break;
      if (item.number !== null && !isNested) next = item.number + 1;
      indent = columns;
    } else if (isBlank) {
      const after = lines[end + 1] ?? '';
      const goesOn = itemOf(after) !== null || (after.trim() !== '' && indentOf(after) > indent + 1);
      if (!goesOn) break;
    } else if (indentOf(line) <= indent || QUOTED.test(line)) break;
    end += 1;
  }
  return { end, next };
}

/**
 * Set in by four or more behind a blank line, and nothing in it that reads like a sentence. Right below a colon an address or
 * a name may be set in as well: there it takes signs that only code has.
 */
function endOfIndented(lines: readonly string[], from: number): number {
  const isIndented = (line: string) => line.trim() !== '' && indentOf(line) >= 4;
  const before = from === 0 ? '' : (lines[from - 1] ?? '').trim();
  if (before !== '' && !before.endsWith(':')) return from;
  const end = endWhile(lines, from, isIndented);
  const block = lines.slice(from, end);
  const isSpoken = block.some((line) => isProse(line) || /\p{L}[.!?,:]\s*$/u.test(line));
  const signs = before === '' ? /[={}()[\]<>|$/\\_;"]|--/ : /[={}|$\\;]| --[a-z]/;
  // An address alone is better clicked than set in fixed width.
  const hasSigns = block.some((line) => signs.test(line.replace(/https?:\/\/\S+/g, '')));
  return isSpoken || !hasSigns ? from : end;
}
