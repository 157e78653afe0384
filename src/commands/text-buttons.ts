import { fileAgainEntry, textFileEntry } from '../case/entry-ids.js';
import { OWED, showsOnly } from '../case/ledger-entry.js';
import { textFileName } from '../case/long-text.js';
import { consoleLink } from '../slack/console-link.js';
import type { Message } from '../slack/message.js';
import { readQuotedValue } from '../slack/quoted-value.js';
import { renderWholeText } from '../slack/render-quoted.js';
import { saveFileWish } from '../store/file-wish.js';
import { readEntry } from '../support/read-entry.js';
import { SupportError } from '../support/support-error.js';
import { answer } from './answer.js';
import type { CommandDeps } from './command-deps.js';
import { doingOf } from './file-buttons.js';
import type { Act } from './interaction.js';
import { quoted } from './quoted.js';
import { Barred, readAs } from './read-as.js';
import { refusedToRead } from './refused-message.js';
import { awsTrouble } from './words/aws-trouble.js';
import { ENTRY_WORDS } from './words/entries.js';
import { FILE_WORDS } from './words/files.js';

/**
 * "Show the whole text", where the file that should have it could not be brought: all of it, for the person who asks, read
 * anew from AWS.
 */
export async function showText(deps: CommandDeps, act: Act): Promise<Message[]> {
  const { store } = deps;
  const asked = readQuotedValue(act.value);
  if (asked === null) return [answer(ENTRY_WORDS.notAQuote)];
  const key = await store.canonical(asked.key);
  const refused = await refusedToRead(deps, act, key);
  if (refused !== null) return [answer(refused)];
  const displayId = (await store.getCase(key))?.displayId ?? '';
  const link = ENTRY_WORDS.console(consoleLink(displayId, key));
  try {
    const found = await readEntry(readAs(deps, act, key), key, asked.entry);
    return found === null ? [answer(ENTRY_WORDS.textGone(link))] : renderWholeText(found.body, found.at);
  } catch (error) {
    if (error instanceof Barred) return [answer(error.say)];
    if (!(error instanceof SupportError)) throw error;
    return [answer(ENTRY_WORDS.textUnread(quoted(awsTrouble(error), 800), link))];
  }
}

/** "Try again" of such a file: as fileRetry does it. */
export async function textRetry(deps: CommandDeps, act: Act): Promise<Message[]> {
  const { store, markCase } = deps;
  const { value, messageTs } = act;
  const asked = readQuotedValue(value);
  if (asked === null || messageTs === null) return [answer(FILE_WORDS.oldButton)];
  const key = await store.canonical(asked.key);
  const refused = await refusedToRead(deps, act, key, 'file-again');
  if (refused !== null) return [answer(refused)];
  const { ledger } = await store.caseFile(key);
  const first = ledger.find((row) => row.entry === textFileEntry(asked.entry));
  if (first === undefined) {
    await markCase(key);
    return [answer(FILE_WORDS.unknownFile)];
  }
  // Where it is not known yet which message that is, it is looked at again before anything is written over it.
  if (first.ts !== null && !showsOnly(ledger, messageTs, first.entry)) return [answer(FILE_WORDS.oldButton)];
  const { at } = first;
  const entry = fileAgainEntry(first.entry);
  const fileName = textFileName(at);
  if (ledger.some((row) => row.entry === entry && row.ts !== null)) {
    await markCase(key);
    return [answer(FILE_WORDS.here(fileName))];
  }
  await deps.trail.did(await doingOf(deps, act, key), 'file-again');
  // First which, then that: a wish without a file would be forgotten.
  await saveFileWish(store, key, entry, { textOf: asked.entry, fileName, messageTs });
  await store.intend(key, { entry, part: 0, parts: 1, at, intendedAt: OWED });
  await markCase(key);
  return [answer(FILE_WORDS.trying(fileName))];
}
