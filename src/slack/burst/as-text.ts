import { dateToken, escapeText, TIME_FORMAT, timeToken } from '../escape.js';
import type { Line } from './listed.js';

/** A line of rich text as Slack's markup, for notifications and screen readers: every foreign word in it escaped. */
export function asText(line: Line): string {
  return line
    .map((element) => {
      if (element.type === 'date') {
        const at = element.timestamp * 1000;
        return element.format === TIME_FORMAT ? timeToken(at) : dateToken(at);
      }
      return 'text' in element && element.text !== undefined ? escapeText(element.text) : '';
    })
    .join('');
}
