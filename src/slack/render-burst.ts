import type { Burst } from '../case/calls/burst.js';
import { escapeText } from './escape.js';
import type { Message } from './message.js';
import { plain, richText } from './rich-text.js';

/** What the audit channel shows of a call, or of several of one principal. */
export function renderBurst(
  { count, calls, before, user }: Burst,
  accountName: (account: string) => string,
  personName: (user: string) => string = (user) => user,
): Message {
  const [first] = calls;
  const told = [
    `${first?.principal.name}: ${first?.name}${count === 1 ? '' : count === 2 ? ' twice' : ` ${count} times`}`,
    `in ${accountName(first?.account ?? '')} at ${new Date(first?.at ?? 0).toISOString()}`,
    first?.error ?? '',
    before === null ? '' : `before: ${JSON.stringify(before)}`,
    user === null ? '' : `for ${personName(user)}`,
  ].join(' ');
  return { text: escapeText(told), blocks: [richText([plain(told)])] };
}
