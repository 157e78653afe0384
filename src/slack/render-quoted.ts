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
  const pages = pagesOf(visible(quoted), TEXT_PER_MESSAGE);
  return pages.map((page, index) => {
    const place = pages.length === 1 ? '' : ` · ${index + 1} of ${pages.length}`;
    return {
      text: escapeText(page.map((span) => span.source).join('')),
      blocks: [
        richText([bold('Quoted text'), plain(' of the message of '), date(at), plain(place)]),
        layOut(page),
      ],
    };
  });
}
