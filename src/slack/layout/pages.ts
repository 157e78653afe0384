import { escapedLength } from '../escape.js';
import { splitText } from '../split-text.js';
import { type Span, spansOf } from './spans.js';

/** Where a text is cut, what follows much later does not matter. */
const LOOK_AHEAD = 200;

/**
 * The spans of a text, message by message. A list, a quote or code goes on in the next message only where it does not fit
 * into one of its own; whatever is cut keeps its layout on both sides. The sources, joined, are the text.
 *
 * @param text as it can be shown (rich-text.ts).
 * @param limit characters of a message's text once escaped.
 */
export function pagesOf(text: string, limit: number): Span[][] {
  const pages: Span[][] = [[]];
  let room = limit;
  const turn = () => {
    pages.push([]);
    room = limit;
  };
  /** What goes to the next page takes its headline along. */
  const turnWithHeadline = () => {
    const page = pages.at(-1) ?? [];
    const last = page.at(-1);
    const headline = last?.kind === 'text' ? headlineOf(last.source) : '';
    turn();
    if (last === undefined || headline === '') return;
    page.splice(-1, 1, { ...last, source: last.source.slice(0, -headline.length) });
    pages.at(-1)?.push({ ...last, source: headline });
    room -= escapedLength(headline);
  };
  for (const span of spansOf(text)) {
    let rest: Span | null = span;
    while (rest !== null) {
      const size = escapedLength(rest.source);
      if (size <= room) {
        pages.at(-1)?.push(rest);
        room -= size;
        break;
      }
      const isWorthAPage = rest.kind !== 'text' && size <= limit && room < limit / 2;
      if (room < limit && (isWorthAPage || room < limit / 4)) {
        turnWithHeadline();
        continue;
      }
      const nice = splitText(rest.source.slice(0, room + LOOK_AHEAD), room)[0]?.length ?? size;
      const headline = rest.kind === 'text' ? headlineOf(rest.source.slice(0, nice)) : '';
      const cut = headline.length < nice ? nice - headline.length : nice;
      const [here, there] = cutSpan(rest, cut);
      pages.at(-1)?.push(here);
      rest = there;
      turn();
    }
  }
  return pages.filter((page) => page.length > 0);
}

/** A headline is no longer. */
const HEADLINE = 80;

/** The short line at the end of a text that stands by itself between two blank lines; empty where there is none. */
function headlineOf(text: string): string {
  const [headline = '', line = ''] = /(?<=\n[ \t]*\n)(\S[^\n]*)\n\s*$/.exec(text.slice(-2 * HEADLINE)) ?? [];
  return line.length > HEADLINE ? '' : headline;
}

/** Fences stay where they are; what is cut between them is code on both sides. */
function cutSpan(span: Span, at: number): [Span, Span | null] {
  const { source, head, tail } = span;
  const tailThere = Math.min(tail, source.length - at);
  const here = { ...span, source: source.slice(0, at), head: Math.min(head, at), tail: tail - tailThere };
  const left = source.slice(Math.max(at, head), source.length - tail);
  // A closing fence alone is nothing to go on with.
  if (left.trim() === '') return [span, null];
  return [here, { ...span, source: source.slice(at), head: Math.max(0, head - at), tail: tailThere }];
}
