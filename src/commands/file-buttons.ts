import type { KnownBlock } from '@slack/types';
import { type CaseKey, parseCaseKey } from '../case/case-key.js';
import { fileAgainEntry, fileEntry } from '../case/entry-ids.js';
import { OWED, showsOnly } from '../case/ledger-entry.js';
import { ACTIONS } from '../slack/action-ids.js';
import { consoleLink } from '../slack/console-link.js';
import { dateToken } from '../slack/escape.js';
import { SLACK_LIMITS } from '../slack/limits.js';
import type { Message } from '../slack/message.js';
import { type FileButton, readFileButton } from '../slack/render-file.js';
import { link, plain, richText } from '../slack/rich-text.js';
import { saveFileWish } from '../store/file-wish.js';
import { hasAttachment } from '../support/has-attachment.js';
import type { DownloadLink } from '../support/support-api.js';
import { SupportError } from '../support/support-error.js';
import { answer } from './answer.js';
import type { CommandDeps } from './command-deps.js';
import type { Act, Heard } from './interaction.js';
import { quoted } from './quoted.js';
import { Barred, readAs } from './read-as.js';
import { refusedToRead } from './refused-message.js';
import type { Doing } from './trail.js';
import { awsTrouble } from './words/aws-trouble.js';
import { FILE_WORDS } from './words/files.js';

/** Longer than a reason of AWS's is. */
const REASON = 800;

/** "Get a link": a fresh one, for the person who asks. What a client names must be a file of the case. */
export async function fileLink(deps: CommandDeps, act: Act): Promise<Heard> {
  const { store } = deps;
  const { value } = act;
  const file = readFileButton(value);
  if (file === null) return heard(answer(FILE_WORDS.oldButton));
  const key = await store.canonical(parseCaseKey(file.caseKey));
  const refused = await refusedToRead(deps, act, key, 'file-link');
  if (refused !== null) return heard(answer(refused));
  const api = readAs(deps, act, key, 'file-link');
  const { ledger } = await store.caseFile(key);
  try {
    // The message may be older than the store.
    const isOfCase =
      ledger.some((row) => row.entry === fileEntry(file.attachmentId)) ||
      (await hasAttachment(api, key, file.attachmentId));
    if (!isOfCase) return heard(answer(FILE_WORDS.oldButton));
    const given = await api.downloadLink(file.attachmentId);
    // Before it is given out: whoever has it can read the file.
    await deps.trail.did(await doingOf(deps, act, key), 'file-link');
    return heard(linkMessage(nameOf(file), given));
  } catch (error) {
    if (error instanceof Barred) return heard(answer(error.say));
    if (!(error instanceof SupportError)) throw error;
    const displayId = (await store.getCase(key))?.displayId ?? '';
    const why = quoted(awsTrouble(error), REASON);
    return heard(answer(FILE_WORDS.noLink(nameOf(file), why, consoleLink(displayId, key))));
  }
}

/**
 * "Try again": written down as owed, whoever presses and however often, and brought by whichever replica looks at the case
 * next. How it ends, the message with the button says: no other message, whatever a client names.
 */
export async function fileRetry(deps: CommandDeps, act: Act): Promise<Heard> {
  const { store, markCase } = deps;
  const { value, messageTs } = act;
  const file = readFileButton(value);
  if (file === null || messageTs === null) return heard(answer(FILE_WORDS.oldButton));
  const { attachmentId, fileName } = file;
  const key = await store.canonical(parseCaseKey(file.caseKey));
  const refused = await refusedToRead(deps, act, key, 'file-again');
  if (refused !== null) return heard(answer(refused));
  const { ledger } = await store.caseFile(key);
  const first = ledger.find((row) => row.entry === fileEntry(attachmentId));
  if (first === undefined) {
    // A store that was lost finds it in the thread.
    await markCase(key);
    return heard(answer(FILE_WORDS.unknownFile));
  }
  // Where it is not known yet which message that is, it is looked at again before anything is written over it.
  if (first.ts !== null && !showsOnly(ledger, messageTs, first.entry))
    return heard(answer(FILE_WORDS.oldButton));
  const entry = fileAgainEntry(attachmentId);
  if (ledger.some((row) => row.entry === entry && row.ts !== null)) {
    await markCase(key);
    return heard(answer(FILE_WORDS.here(nameOf(file))));
  }
  const { at } = first;
  await deps.trail.did(await doingOf(deps, act, key), 'file-again');
  // First which, then that: a wish without a file would be forgotten.
  await saveFileWish(store, key, entry, { attachmentId, fileName, messageTs });
  await store.intend(key, { entry, part: 0, parts: 1, at, intendedAt: OWED });
  await markCase(key);
  return heard(answer(FILE_WORDS.trying(nameOf(file))));
}

/** What the audit trail says of a press on such a button. */
export async function doingOf({ store }: CommandDeps, act: Act, key: CaseKey): Promise<Doing> {
  const { user, userName, channel, threadTs } = act;
  const displayId = (await store.getCase(key))?.displayId ?? '';
  return { user, userName, channel, threadTs, found: { key, displayId } };
}

function linkMessage(name: string, { url, expiresAt }: DownloadLink): Message {
  const text = FILE_WORDS.link(name);
  const lasts = FILE_WORDS.linkLasts(expiresAt === null ? null : dateToken(expiresAt));
  const { text: said, blocks } = answer(`${text}\n${lasts}`);
  return { text: said, blocks: [...blocks, way(url)] };
}

/** A button, where Slack takes one with so long an address. */
function way(url: string): KnownBlock {
  const label = FILE_WORDS.download;
  if (url.length > SLACK_LIMITS.buttonUrl) return richText([link(url, label), plain(' ')]);
  const text = { type: 'plain_text' as const, text: label };
  const button = {
    type: 'button' as const,
    text,
    url,
    action_id: ACTIONS.openLink,
    style: 'primary' as const,
  };
  return { type: 'actions', elements: [button] };
}

function nameOf({ fileName }: FileButton): string {
  return quoted(fileName === '' ? 'the file' : fileName, 200).replaceAll('*', '∗');
}

function heard(message: Message): Heard {
  return { say: [message], instead: false };
}
