import type { InputBlock, PlainTextOption } from '@slack/types';
import { clip } from '../../slack/clip.js';
import { SLACK_LIMITS } from '../../slack/limits.js';
import { sizeOf } from '../../slack/render-file.js';
import type { SlackFile } from '../../store/outbox-message.js';
import type { ViewValues } from '../interaction.js';
import { FORM_WORDS } from '../words/forms.js';

/** The blocks of the inputs: errors about files belong there. */
export const FILES_BLOCK = 'files';
export const GIVEN_FILES_BLOCK = 'given-files';
const ACTION = 'files';
const GIVEN_ACTION = 'given-files';

/** What AWS takes with one communication (`uploadIds`), and what one input of Slack holds. */
export const MOST_FILES = 10;
/** Room for a longer name is in no option of Slack's; a name in Slack may have 255 characters. */
const NAME = 255;

/** Files from the person's device, or from Slack. Optional. */
export function filesInput(label: string = FORM_WORDS.files): InputBlock {
  return {
    type: 'input',
    block_id: FILES_BLOCK,
    optional: true,
    label: { type: 'plain_text', text: label },
    hint: { type: 'plain_text', text: FORM_WORDS.filesHint(MOST_FILES) },
    element: { type: 'file_input', action_id: ACTION, max_files: MOST_FILES },
  };
}

/**
 * Files that came with a message, each to be left out by a click.
 *
 * @param chosen ids of those that are on.
 */
export function givenFilesInput(
  label: string,
  files: readonly SlackFile[],
  chosen: readonly string[],
): InputBlock[] {
  if (files.length === 0) return [];
  const options = files.map(optionOf);
  const on = options.filter(({ value }) => chosen.includes(value ?? ''));
  return [
    {
      type: 'input',
      block_id: GIVEN_FILES_BLOCK,
      optional: true,
      label: { type: 'plain_text', text: label },
      element: {
        type: 'checkboxes',
        action_id: GIVEN_ACTION,
        options,
        // Slack refuses an empty list.
        ...(on.length === 0 ? {} : { initial_options: on }),
      },
    },
  ];
}

function optionOf({ id, name, size }: SlackFile): PlainTextOption {
  const text = clip(name, SLACK_LIMITS.option);
  const description = size === 0 ? {} : { description: { type: 'plain_text' as const, text: sizeOf(size) } };
  return { text: { type: 'plain_text', text, emoji: false }, value: id, ...description };
}

/** What was chosen in {@link filesInput}. */
export function filesIn(values: ViewValues): SlackFile[] {
  return slackFiles(values[FILES_BLOCK]?.[ACTION]?.files ?? []);
}

/** The ids that are on in {@link givenFilesInput}. */
export function givenFilesIn(values: ViewValues): string[] {
  const options = values[GIVEN_FILES_BLOCK]?.[GIVEN_ACTION]?.selected_options ?? [];
  return options.flatMap(({ value }) => (value === undefined ? [] : [value]));
}

/**
 * Files as Slack speaks of them in messages, events and forms. One that was deleted, or that Slack only points to (its
 * `mode`), has nothing that could be sent; each is there once.
 */
export function slackFiles(given: readonly unknown[]): SlackFile[] {
  const files = new Map<string, SlackFile>();
  for (const each of given) {
    const { id, name, size, mode } = { ...(each as Readonly<Record<string, unknown>> | null) };
    // The form of Slack's ids: it goes into addresses.
    if (typeof id !== 'string' || !/^F[A-Z0-9]{1,50}$/.test(id)) continue;
    if (mode === 'tombstone' || mode === 'hidden_by_limit') continue;
    files.set(id, {
      id,
      name: typeof name === 'string' && name.trim() !== '' ? name.slice(0, NAME).toWellFormed() : id,
      size: typeof size === 'number' && Number.isSafeInteger(size) && size > 0 ? size : 0,
    });
  }
  return [...files.values()];
}
