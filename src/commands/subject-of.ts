import type { OutboxMessage } from '../store/outbox-message.js';
import { quoted } from './quoted.js';

/** What a case is called that AWS has given no number yet. Slack markup. */
export function subjectOf({ opening }: Pick<OutboxMessage, 'opening'>): string {
  return `“${quoted(opening?.subject ?? '')}”`;
}
