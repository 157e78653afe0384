import type {
  RichTextBlock,
  RichTextElement,
  RichTextList,
  RichTextPreformatted,
  RichTextQuote,
  RichTextSection,
} from '@slack/types';
import { plain, visible } from '../rich-text.js';
import { withLinks } from './links.js';
import { ITEM, indentOf, isItem, numberOf, QUOTED, type Span } from './spans.js';

type Part = RichTextBlock['elements'][number];

/**
 * Of what Slack takes in one message (SLACK_LIMITS.blocksTotal, counted as JSON), the text may take so much: a list of a
 * thousand letters would be refused.
 */
const LONGEST_LAYOUT = 9_500;
/** Slack's. */
const DEEPEST = 8;

/**
 * Spans of a plain text as a block in which nothing is parsed. Nothing of the text is left out but the marks of lists and
 * quotes, the fences of code, and blank lines where the layout sets its parts apart by itself.
 */
export function layOut(spans: readonly Span[]): RichTextBlock {
  const source = spans.map((span) => span.source).join('');
  const parts = spans.flatMap((span, index) => partsOf(span, spans[index - 1], spans[index + 1]));
  const block: RichTextBlock = { type: 'rich_text', elements: parts };
  const fits = parts.length > 0 && JSON.stringify(block).length <= LONGEST_LAYOUT;
  return fits ? block : { type: 'rich_text', elements: [section([plain(source)])] };
}

function partsOf(span: Span, before: Span | undefined, after: Span | undefined): Part[] {
  switch (span.kind) {
    case 'text':
      return textParts(span.source, before, after);
    case 'list':
      return listParts(span.source);
    case 'quote': {
      const lines = withoutLastEnd(span.source).split('\n');
      const elements = withLinks(lines.map(unquoted).join('\n'));
      return elements.length === 0 ? [] : [{ type: 'rich_text_quote', elements } satisfies RichTextQuote];
    }
    case 'code': {
      const code = visible(unindented(withoutLastEnd(shownOf(span))));
      const elements = [{ type: 'text' as const, text: code }];
      return code === '' ? [] : [{ type: 'rich_text_preformatted', elements } satisfies RichTextPreformatted];
    }
  }
}

/** Slack has one level of quotes: each deeper one has a line of its own at the left, as it would be drawn. */
function unquoted(line: string): string {
  const deeper = /^(?:[ \t]{0,3}> ?)*/.exec(line.replace(QUOTED, ''))?.[0] ?? '';
  return '│ '.repeat(deeper.split('>').length - 1) + line.replace(QUOTED, '').slice(deeper.length);
}

function textParts(source: string, before: Span | undefined, after: Span | undefined): Part[] {
  // A line that is not at its end goes on in the next message.
  let text = withoutLastEnd(source);
  // Code and quotes have room around them; below a list there is none, so one blank line stays.
  if (before !== undefined || after !== undefined) {
    const isSetApart = /^[ \t]*\n/.test(text) || text.trim() === '';
    text = text.replace(/^(?:[ \t]*\n)+/, '').replace(/(?:\n[ \t]*)+$/, '');
    if (text.trim() === '') return [];
    if (before?.kind === 'list' && isSetApart) text = `\n${text}`;
  }
  const elements = withLinks(text);
  return elements.length === 0 ? [] : [section(elements)];
}

interface Item {
  readonly level: number;
  readonly number: number | null;
  readonly lines: string[];
}

function listParts(source: string): Part[] {
  const parts: Part[] = [];
  const indents: number[] = [];
  let item: Item | null = null;
  let list: { readonly part: RichTextList; readonly first: Item; size: number } | null = null;
  const finish = () => {
    if (item === null) return;
    const elements = withLinks(item.lines.join('\n'));
    const entry = section(elements.length === 0 ? [plain(' ')] : elements);
    const goesOn = list !== null && follows(item, list.first, list.size);
    if (!goesOn || list === null) {
      list = { part: listOf(item, []), first: item, size: 0 };
      parts.push(list.part);
    }
    list.part.elements.push(entry);
    list.size += 1;
    item = null;
  };
  for (const line of withoutLastEnd(source).split('\n')) {
    const [, indent = '', marker = '', , words = ''] = ITEM.exec(line) ?? [];
    if (isItem(marker, words)) {
      finish();
      const columns = indentOf(indent);
      while (indents.length > 0 && columns < (indents.at(-1) ?? 0)) indents.pop();
      if (columns > (indents.at(-1) ?? -1)) indents.push(columns);
      const number = numberOf(marker);
      item = { level: Math.min(indents.length - 1, DEEPEST), number, lines: [words] };
    } else if (line.trim() !== '') {
      // What goes on an item that began in the message before.
      if (item === null) parts.push(section(withLinks(line.trim())));
      else item.lines.push(line.trim());
    }
  }
  finish();
  return parts;
}

function follows({ level, number }: Item, first: Item, size: number): boolean {
  if (level !== first.level) return false;
  return first.number === null ? number === null : number === first.number + size;
}

function listOf({ level, number }: Item, elements: RichTextSection[]): RichTextList {
  return {
    type: 'rich_text_list',
    style: number === null ? 'bullet' : 'ordered',
    indent: level,
    // The first number, less one; Slack counts on from there.
    ...(number === null || number <= 1 ? {} : { offset: number - 1 }),
    elements,
  };
}

function section(elements: RichTextElement[]): RichTextSection {
  return { type: 'rich_text_section', elements };
}

function shownOf({ source, head, tail }: Span): string {
  return source.slice(head, source.length - tail);
}

function withoutLastEnd(text: string): string {
  return text.endsWith('\n') ? text.slice(0, -1) : text;
}

/** A block that is set in as a whole begins at the left. */
function unindented(code: string): string {
  const lines = code.split('\n');
  const indents = lines.filter((line) => line.trim() !== '').map((line) => /^ */.exec(line)?.[0].length ?? 0);
  const common = Math.min(...indents);
  return Number.isFinite(common) ? lines.map((line) => line.slice(common)).join('\n') : code;
}
