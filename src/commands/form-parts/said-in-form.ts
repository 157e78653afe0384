import { clip } from '../../slack/clip.js';
import { escapeText } from '../../slack/escape.js';
import type { FormAnswer, OpenView } from '../interaction.js';
import { FORM_WORDS } from '../words/forms.js';
import { boxId } from './long-text.js';
import { notice } from './open-form.js';

/** Slack shows what is wrong under an input, in few lines. */
const MOST = 300;

/**
 * Says something in a form that was sent, and leaves everything typed in it: under its text, or its first input. A form
 * without inputs gives way to the words.
 *
 * @param said plain.
 */
export function saidInForm(view: OpenView, title: string, said: string): FormAnswer {
  const inputs = view.blocks.flatMap(({ type, block_id }) =>
    type === 'input' && block_id !== undefined ? [block_id] : [],
  );
  const block = inputs.find((id) => id === boxId(1)) ?? inputs[0];
  if (block === undefined) return { do: 'show', view: notice(title || FORM_WORDS.title, escapeText(said)) };
  return { do: 'errors', errors: { [block]: clip(said, MOST) } };
}
