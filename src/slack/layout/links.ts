import type { RichTextElement, RichTextLink } from '@slack/types';
import { plain } from '../rich-text.js';

/** What ends an address in running text: blanks, what cannot stand in one, and the quotation marks of all kinds. */
const ADDRESS =
  /(?<![\p{L}\p{N}])https?:\/\/[^\s<>"`|\\^{}\p{Cc}\p{Cf}“”„«»‹›。、，；：！？）」』】〉》]+/giu;
const LABELLED = /(?<!!)\[([^[\]\n]{1,300})\]\((https?:\/\/[^\s<>()"]+(?:\([^\s<>()"]*\)[^\s<>()"]*)*)\)/giu;
/** A longer address is not worth a click, and Slack publishes no limit. */
const LONGEST = 2_000;

/**
 * Text as elements in which nothing is parsed; only http and https addresses can be clicked, and each shows where it leads:
 * a label stands before its address as text, and an address that only looks like another is followed by the true one.
 */
export function withLinks(text: string): RichTextElement[] {
  const elements: RichTextElement[] = [];
  let end = 0;
  for (const match of text.matchAll(LABELLED)) {
    const [whole, label = '', address = ''] = match;
    elements.push(...withAddresses(text.slice(end, match.index)));
    if (label === address) elements.push(...shownAddress(address));
    else elements.push(plain(`${label} (`), ...shownAddress(address), plain(')'));
    end = match.index + whole.length;
  }
  elements.push(...withAddresses(text.slice(end)));
  return joined(elements);
}

function withAddresses(text: string): RichTextElement[] {
  const elements: RichTextElement[] = [];
  let end = 0;
  for (const match of text.matchAll(ADDRESS)) {
    const address = withoutTrail(match[0]);
    elements.push(plain(text.slice(end, match.index)), ...shownAddress(address));
    end = match.index + address.length;
  }
  return [...elements, plain(text.slice(end))];
}

/** An address at the end of a sentence, or between brackets, ends before them. */
function withoutTrail(address: string): string {
  let kept = address;
  for (;;) {
    const last = kept.at(-1) ?? '';
    const opens = { ')': '(', ']': '[' }[last];
    const isUnpaired = opens !== undefined && count(kept, last) > count(kept, opens);
    if (!isUnpaired && !/[.,;:!?'’*…]/.test(last)) return kept;
    kept = kept.slice(0, -1);
  }
}

function count(text: string, character: string): number {
  return text.split(character).length - 1;
}

function shownAddress(address: string): RichTextElement[] {
  const target = targetOf(address);
  if (target === null) return [plain(address)];
  if (target.isAsWritten) return [link(target.url, address)];
  return [plain(`${address} (leads to `), link(target.url, target.url), plain(')')];
}

/**
 * Where an address leads, in letters that look like no others: hosts in punycode, and without the name before an `@` that
 * passes for the host. Null where it leads nowhere.
 */
function targetOf(address: string): { readonly url: string; readonly isAsWritten: boolean } | null {
  if (address.length > LONGEST || !URL.canParse(address)) return null;
  const url = new URL(address);
  if (!/[\p{L}\p{N}]/u.test(url.hostname)) return null;
  const hasName = url.username !== '' || url.password !== '';
  url.username = '';
  url.password = '';
  if (url.href.length > LONGEST) return null;
  const [, host = '', rest = ''] = /^https?:\/\/([^/?#]*)(.*)$/isu.exec(address) ?? [];
  const isHost = host.toLowerCase().replace(/:\d*$/, '') === url.hostname;
  // Letters of any script may stand in a path; what is not seen, or turns the direction of reading, may not.
  const isPlain = /^[\x21-\x7e]*$/.test(rest) || /^[\x21-\x7e\p{L}\p{M}\p{N}]*$/u.test(rest);
  const isAsWritten = !hasName && isHost && isPlain;
  return { url: isAsWritten && /^[\x21-\x7e]*$/.test(rest) ? address : url.href, isAsWritten };
}

function link(url: string, text: string): RichTextLink {
  return { type: 'link', url, text };
}

/** Neighbouring texts as one; Slack refuses empty ones. */
function joined(elements: readonly RichTextElement[]): RichTextElement[] {
  const kept: RichTextElement[] = [];
  for (const element of elements) {
    const last = kept.at(-1);
    if (element.type !== 'text') kept.push(element);
    else if (last?.type === 'text') kept[kept.length - 1] = plain(last.text + element.text);
    else if (element.text !== '') kept.push(element);
  }
  return kept;
}
