import type { Button } from '@slack/types';
import type { CaseKey } from '../case/case-key.js';
import { ACTIONS } from './action-ids.js';
import { clip } from './clip.js';
import { dateToken, escapeText } from './escape.js';
import { fileNameOf } from './file-name.js';
import { LABELS } from './labels.js';
import { SLACK_LIMITS } from './limits.js';
import type { Message } from './message.js';
import { quotedValue } from './quoted-value.js';
import { bold, date, emoji, plain, richText } from './rich-text.js';

/** Room for the names and reasons of others in a message. */
const NAME = 150;
const REASON = 600;

/** What a button below a file stands for. */
export interface FileButton {
  /** The text of the case key. */
  readonly caseKey: string;
  readonly attachmentId: string;
  readonly fileName: string;
}

/** The text of an entry that should be a file in its thread. AWS has no such file. */
export interface AbsentText {
  readonly key: CaseKey;
  /** The entry's id. */
  readonly entry: string;
  readonly fileName: string;
}

/** Below a file that is shown. Slack markup. */
export function fileCaption(from: 'aws' | 'text', at: number): string {
  return from === 'aws' ? `From the case at AWS · ${dateToken(at)}` : `The whole text · ${dateToken(at)}`;
}

/** @param size in bytes; null where files are never brought, so that nobody has asked for it. */
export function renderTooLarge(file: FileButton, size: number | null, maxBytes: number): Message {
  const why =
    size === null
      ? ' stays at AWS: Casethread is set to bring no files into Slack.'
      : ` (${sizeOf(size)}) is larger than what is brought into Slack (${sizeOf(maxBytes)}).`;
  return inPlace('paperclip', file, why, [fileButton(LABELS.getLink, ACTIONS.fileLink, file)]);
}

/** @param sentence what went wrong, and what to do about it. @param triedAt when it was tried last. */
export function renderFailedFile(file: FileButton | AbsentText, sentence: string, triedAt: number): Message {
  const why = ` could not be brought into Slack. ${clip(sentence, REASON)} Last tried`;
  const buttons =
    'entry' in file
      ? [
          textButton(LABELS.showText, ACTIONS.showText, file),
          textButton(LABELS.tryAgain, ACTIONS.textRetry, file),
        ]
      : [
          fileButton(LABELS.tryAgain, ACTIONS.fileRetry, file),
          fileButton(LABELS.getLink, ACTIONS.fileLink, file),
        ];
  return inPlace('warning', file, why, buttons, triedAt);
}

/** In place of {@link renderFailedFile}, once it worked. */
export function renderBrought(fileName: string): Message {
  const name = shownName(fileName);
  const words = ' could not be brought into Slack at first. It is here now, further below.';
  return {
    text: `:white_check_mark: *${bolder(name)}*${words}`,
    blocks: [richText([emoji('white_check_mark'), plain(' '), bold(name), plain(words)])],
  };
}

function inPlace(
  icon: string,
  { fileName }: { readonly fileName: string },
  why: string,
  buttons: readonly Button[],
  triedAt?: number,
): Message {
  const name = shownName(fileName);
  const tried = triedAt === undefined ? '' : ` ${dateToken(triedAt)}.`;
  return {
    text: `:${icon}: *${bolder(name)}*${escapeText(why)}${tried}`,
    blocks: [
      richText([
        emoji(icon),
        plain(' '),
        bold(name),
        plain(why),
        ...(triedAt === undefined ? [] : [plain(' '), date(triedAt), plain('.')]),
      ]),
      { type: 'actions', elements: [...buttons] },
    ],
  };
}

function fileButton(label: string, actionId: string, file: FileButton): Button {
  return button(label, actionId, buttonValue({ ...file, fileName: shownName(file.fileName) }));
}

function textButton(label: string, actionId: string, { key, entry }: AbsentText): Button {
  return button(label, actionId, quotedValue(key, entry));
}

function button(label: string, actionId: string, value: string): Button {
  return { type: 'button', text: { type: 'plain_text', text: label }, action_id: actionId, value };
}

/** The name is for sentences only: it gives way where the ids are long. */
function buttonValue({ caseKey, attachmentId, fileName }: FileButton): string {
  const whole = JSON.stringify([caseKey, attachmentId, fileName]);
  return whole.length <= SLACK_LIMITS.buttonValue ? whole : JSON.stringify([caseKey, attachmentId, '']);
}

/** What a button stands for; null for a value that we did not write. */
export function readFileButton(value: string): FileButton | null {
  let parts: unknown;
  try {
    parts = JSON.parse(value);
  } catch {
    return null;
  }
  if (!Array.isArray(parts) || !parts.every((part) => typeof part === 'string')) return null;
  const [caseKey = '', attachmentId = '', fileName = ''] = parts as string[];
  return /^[^/]+\/./.test(caseKey) && attachmentId !== '' ? { caseKey, attachmentId, fileName } : null;
}

/** As people read it: `20 MB`, `1.4 MB`, `312 KB`. Never less than it is. */
export function sizeOf(bytes: number): string {
  const [unit, name] = bytes >= 1024 ** 2 ? [1024 ** 2, 'MB'] : [1024, 'KB'];
  const size = Math.ceil((bytes / (unit as number)) * 10) / 10;
  return `${size >= 100 ? Math.ceil(size) : size} ${name}`;
}

function shownName(fileName: string): string {
  return clip(fileNameOf(fileName), NAME);
}

/** A name between asterisks: it can neither mention nor end the bold type. */
function bolder(name: string): string {
  return escapeText(name).replaceAll('*', '∗');
}
