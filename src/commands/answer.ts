import type { KnownBlock } from '@slack/types';
import type { Message } from '../slack/message.js';
import { markdown } from '../slack/rich-text.js';

/** Something said to one person only: a text in Slack's markup, and what else is shown below it. */
export function answer(text: string, ...more: KnownBlock[]): Message {
  return { text: notification(text), blocks: [markdown(text), ...more] };
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

/** The section holds 3,000; the text for notifications 3,900. What we say is far shorter, but for a text given back. */
function notification(text: string): string {
  return text.length <= 3_800 ? text : `${text.slice(0, 3_799)}…`;
}
