import type { ModalView } from '@slack/types';
import { SlackError } from '../../slack/slack-error.js';
import { errorFields } from '../../telemetry/log.js';
import type { CommandDeps } from '../command-deps.js';
import { inTime } from '../in-time.js';
import { FORM_WORDS } from '../words/forms.js';
import { wordsOfFailure } from '../words-of-failure.js';

/** Most of what a trigger lasts is left for Slack to open the form. */
const SOON_MS = 500;

export interface Form {
  /** At most 24 characters. */
  readonly title: string;
  /** What the form is. Rejects only for mistakes of ours, or when the store is away. */
  readonly make: () => Promise<ModalView>;
}

/**
 * Opens a form at once: what is not known in half a second, because Slack or AWS has to be asked, comes into a form that
 * is open already, which says so. A trigger lasts three seconds (facts: slack.md, section 1).
 *
 * @returns what to tell the person where the form did not open; null when it did.
 */
export async function openForm(
  deps: Pick<CommandDeps, 'views' | 'store' | 'log'>,
  trigger: string,
  { title, make }: Form,
): Promise<string | null> {
  const making = make().catch(async (error: unknown) => {
    deps.log.error('a form could not be made', errorFields(error));
    return notice(title, await wordsOfFailure(deps));
  });
  const soon = await inTime(making, SOON_MS, null);
  try {
    const id = await deps.views.open(trigger, soon ?? notice(title, FORM_WORDS.loading));
    if (soon === null) await deps.views.update(id, await making);
    return null;
  } catch (error) {
    if (!(error instanceof SlackError)) throw error;
    // Closed before it was filled: whoever did it does not want it.
    if (error.kind === 'gone') return null;
    deps.log.warn('a form did not open', errorFields(error));
    return error.kind === 'expired' ? FORM_WORDS.expired : FORM_WORDS.doesNotOpen;
  }
}

/** A form that only says something. Slack markup. */
export function notice(title: string, said: string): ModalView {
  return {
    type: 'modal',
    title: { type: 'plain_text', text: title },
    close: { type: 'plain_text', text: FORM_WORDS.close },
    blocks: [{ type: 'section', text: { type: 'mrkdwn', text: said, verbatim: true } }],
  };
}
