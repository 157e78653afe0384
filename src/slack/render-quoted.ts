import { escapeText } from './escape.js';
import { layOut } from './layout/lay-out.js';
import { pagesOf } from './layout/pages.js';
import { TEXT_PER_MESSAGE } from './limits.js';
import type { Message } from './message.js';
import { bold, date, plain, richText, visible } from './rich-text.js';

/**
 * The quoted mail at the end of an entry, for one person.
 *
 * @param at when the message was written that quotes it.
 */
export function renderQuoted(quoted: string, at: number): Message[] {
  return renderPages('Quoted text', quoted, at);
}

/** All that an entry is about, for one person. @param at when it was written. */
export function renderWholeText(text: string, at: number): Message[] {
  return renderPages('The whole text', text, at);
}

function renderPages(what: string, text: string, at: number): Message[] {
  const pages = pagesOf(visible(text), TEXT_PER_MESSAGE);
  return pages.map((page, index) => {
    const place = pages.length === 1 ? '' : ` · ${index + 1} of ${pages.length}`;
    return {
      text: escapeText(page.map((span) => span.source).join('')),
      blocks: [richText([bold(what), plain(' of the message of '), date(at), plain(place)]), layOut(page)],
    };
  });
}
