/**
 * Slack's own markup as rich_text, in which every character has one meaning. The library reads mrkdwn as Markdown, and
 * `1. first`, `# text`, `5 * 3` or two blank lines would not be shown as Slack shows them.
 */
import type { JsonObject } from '../../../slack/json-object.js';
import { slackDate } from '../time/slack-date.js';

type Style = { bold?: true; italic?: true; strike?: true; code?: true };
type Element = JsonObject;

export interface Reading {
  /** Addresses that stand in the text as they are become links, unless Slack was told not to look for them. */
  verbatim?: boolean;
}

export function unescaped(text: string): string {
  return text.replace(/&lt;/g, '<').replace(/&gt;/g, '>').replace(/&amp;/g, '&');
}

function styled(style: Style): JsonObject {
  return Object.keys(style).length === 0 ? {} : { style };
}

function text(shown: string, style: Style): Element[] {
  return shown === '' ? [] : [{ type: 'text', text: shown, ...styled(style) }];
}

/** `:name:` may be an emoji; one that does not exist is shown as it was typed. */
const EMOJI = ":([a-z0-9_+'-]+)(?:::skin-tone-([2-6]))?:";

function emoji(name: string, tone: string | undefined): Element {
  return { type: 'emoji', name, ...(tone === undefined ? {} : { skin_tone: Number(tone) }) };
}

/** Text in which nothing but emoji is read. */
export function plainElements(shown: string, withEmoji: boolean, style: Style = {}): Element[] {
  if (!withEmoji) return text(shown, style);
  const found: Element[] = [];
  let from = 0;
  for (const match of shown.matchAll(new RegExp(EMOJI, 'g'))) {
    found.push(...text(shown.slice(from, match.index), style), emoji(match[1] ?? '', match[2]));
    from = match.index + match[0].length;
  }
  return [...found, ...text(shown.slice(from), style)];
}

/** What stands between `<` and `>`. */
function reference(inside: string, style: Style): Element {
  const bar = inside.indexOf('|');
  const target = bar === -1 ? inside : inside.slice(0, bar);
  const label = bar === -1 ? undefined : unescaped(inside.slice(bar + 1));
  const more = styled(style);
  if (target.startsWith('@')) return { type: 'user', user_id: target.slice(1), ...more };
  if (target.startsWith('#')) return { type: 'channel', channel_id: target.slice(1), ...more };
  if (target.startsWith('!date^')) {
    const [, seconds = '', format = '', url] = target.split('^');
    const shown = slackDate(Number(seconds), format) ?? label ?? format;
    if (url !== undefined) return { type: 'link', url: unescaped(url), text: shown, ...more };
    return { type: 'text', text: shown, ...more };
  }
  if (target.startsWith('!subteam^')) {
    return { type: 'usergroup', usergroup_id: label?.replace(/^@/, '') ?? target.slice(9), ...more };
  }
  if (target.startsWith('!')) return { type: 'broadcast', range: target.slice(1), ...more };
  return { type: 'link', url: unescaped(target), ...(label === undefined ? {} : { text: label }), ...more };
}

const REFERENCE = '<([@#!][^<>\\n]+|[a-z][a-z0-9+.-]*:[^<>\\n]+)>';
const REFERENCES = new RegExp(REFERENCE, 'giu');

function inCode(shown: string, style: Style): Element[] {
  const code: Style = { ...style, code: true };
  const found: Element[] = [];
  let from = 0;
  for (const match of shown.matchAll(REFERENCES)) {
    found.push(...text(unescaped(shown.slice(from, match.index)), code), reference(match[1] ?? '', code));
    from = match.index + match[0].length;
  }
  return [...found, ...text(unescaped(shown.slice(from)), code)];
}

const STYLES: { [delimiter: string]: Style } = {
  '*': { bold: true },
  _: { italic: true },
  '~': { strike: true },
};

interface Read {
  elements: Element[];
  /** Where reading goes on. */
  to: number;
}

/** Reads what begins at a character, if anything does. `unclosed`: it began, and nothing in its line ends it. */
type Reader = (markup: string, at: number, style: Style, how: Reading) => Read | 'unclosed' | undefined;

function reader(
  pattern: string,
  elements: (match: string[], style: Style, how: Reading) => Element[],
): Reader {
  const sticky = new RegExp(pattern, 'iuy');
  return (markup, at, style, how) => {
    sticky.lastIndex = at;
    const match = sticky.exec(markup);
    return match === null ? undefined : { elements: elements(match, style, how), to: sticky.lastIndex };
  };
}

const WORD = /[\p{L}\p{N}]/u;
const SPACE = /\s|^$/;

/** A delimiter at the edge of a word, and its like at the edge of another one in the same line. */
const styledWords: Reader = (markup, at, style, how) => {
  const delimiter = markup.charAt(at);
  const before = markup.charAt(at - 1);
  const after = markup.charAt(at + 1);
  if (WORD.test(before) || SPACE.test(after) || before === delimiter || after === delimiter) return undefined;
  for (let end = at + 1; end < markup.length && markup.charAt(end) !== '\n'; end++) {
    const character = markup.charAt(end);
    if (character === '`') {
      // What stands in code ends nothing.
      const closed = /`[^`\n]+`/y;
      closed.lastIndex = end;
      if (closed.test(markup)) end = closed.lastIndex - 1;
    } else if (character === delimiter && end > at + 1) {
      if (SPACE.test(markup.charAt(end - 1)) || WORD.test(markup.charAt(end + 1))) continue;
      const within = inline(markup.slice(at + 1, end), { ...style, ...STYLES[delimiter] }, how);
      return { elements: within, to: end + 1 };
    }
  }
  return 'unclosed';
};

const url = reader('https?://[^\\s<>|`]*[^\\s<>|`.,;:!?)\'"*_~]', ([all = ''], style, how) =>
  how.verbatim === true
    ? text(unescaped(all), style)
    : [{ type: 'link', url: unescaped(all), ...styled(style) }],
);

const READERS: { [first: string]: Reader } = {
  '`': reader('`([^`\\n]+)`', ([, code = ''], style) => inCode(code, style)),
  '<': reader(REFERENCE, ([, inside = ''], style) => [reference(inside, style)]),
  ':': reader(EMOJI, ([, name = '', tone]) => [emoji(name, tone)]),
  h: (markup, at, style, how) =>
    /[\w/]/.test(markup.charAt(at - 1)) ? undefined : url(markup, at, style, how),
  '*': styledWords,
  _: styledWords,
  '~': styledWords,
};

function inline(markup: string, style: Style, how: Reading): Element[] {
  const found: Element[] = [];
  // Nothing ends its likes in the rest of the line either: without this, hostile text takes minutes to read.
  const unclosed = new Set<string>();
  let from = 0;
  for (let at = 0; at < markup.length; ) {
    const first = markup.charAt(at);
    if (first === '\n') unclosed.clear();
    const read = unclosed.has(first) ? undefined : READERS[first]?.(markup, at, style, how);
    if (read === 'unclosed') unclosed.add(first);
    if (read === undefined || read === 'unclosed') {
      at += 1;
      continue;
    }
    found.push(...text(unescaped(markup.slice(from, at)), style), ...read.elements);
    at = read.to;
    from = at;
  }
  return [...found, ...text(unescaped(markup.slice(from)), style)];
}

function section(type: string, elements: Element[]): Element[] {
  return elements.length === 0 ? [] : [{ type, elements }];
}

/** Lines that begin with `>` are quotes; the others stay together, blank lines and all. */
function lines(markup: string, how: Reading): Element[] {
  const parts: { quoted: boolean; lines: string[] }[] = [];
  for (const line of markup.split('\n')) {
    const quote = /^(?:&gt;|>) ?(.*)$/.exec(line);
    const quoted = quote !== null;
    const last = parts.at(-1);
    const content = quote?.[1] ?? line;
    if (last?.quoted === quoted) last.lines.push(content);
    else parts.push({ quoted, lines: [content] });
  }
  return parts.flatMap((part) =>
    section(part.quoted ? 'rich_text_quote' : 'rich_text_section', inline(part.lines.join('\n'), {}, how)),
  );
}

/** The elements of one rich_text block. */
export function mrkdwnElements(markup: string, how: Reading = {}): Element[] {
  // Every second part stands between fences; a fence that nothing closes is text.
  const parts = markup.split('```');
  if (parts.length % 2 === 0) {
    const open = parts.pop() ?? '';
    parts.push(`${parts.pop() ?? ''}\`\`\`${open}`);
  }
  return parts.flatMap((part, index) => {
    if (index % 2 === 1) {
      const shown = unescaped(part.replace(/^\n|\n$/g, ''));
      return section('rich_text_preformatted', text(shown === '' ? ' ' : shown, {}));
    }
    const beside = part
      .replace(index > 0 ? /^ *\n?/ : /^$/, '')
      .replace(index < parts.length - 1 ? /\n? *$/ : /$^/, '');
    return beside === '' ? [] : lines(beside, how);
  });
}
