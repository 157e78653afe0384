import type { Burst } from '../case/calls/burst.js';
import { escapeText } from './escape.js';
import type { Message } from './message.js';
import { plain, richText } from './rich-text.js';

/** What the audit channel shows of a call, or of several of one principal. */
export function renderBurst(
  { count, calls, before, user }: Burst,
  accountName: (account: string) => string,
): Message {
  const [first] = calls;
  const told = [
    `${count} × ${first?.name} by ${first?.principal.name}`,
    `in ${accountName(first?.account ?? '')} at ${new Date(first?.at ?? 0).toISOString()}`,
    first?.error ?? '',
    before === null ? '' : `before: ${JSON.stringify(before)}`,
    user === null ? '' : `for ${user}`,
  ].join(' ');
  return { text: escapeText(told), blocks: [richText([plain(told)])] };
}
