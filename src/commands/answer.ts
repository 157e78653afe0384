import type { KnownBlock } from '@slack/types';
import type { Message } from '../slack/message.js';
import { markdown } from '../slack/rich-text.js';

/**
 * Something said to one person only: a text in Slack's markup, at most 3,000 characters, and what else is shown below it.
 * Foreign words in it go through quoted.ts.
 */
export function answer(text: string, ...more: KnownBlock[]): Message {
  return { text, blocks: [markdown(text), ...more] };
}

export function button(label: string, actionId: string, value: string, style?: 'primary' | 'danger') {
  return {
    type: 'button' as const,
    text: { type: 'plain_text' as const, text: label },
    action_id: actionId,
    value,
    ...(style === undefined ? {} : { style }),
  };
}
