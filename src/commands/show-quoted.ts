import type { CaseKey } from '../case/case-key.js';
import { findCommunication } from '../case/find-communication.js';
import { readStamp } from '../case/stamp.js';
import { consoleLink } from '../slack/console-link.js';
import { foldQuoted } from '../slack/layout/fold.js';
import type { Message } from '../slack/message.js';
import { readQuotedValue } from '../slack/quoted-value.js';
import { renderQuoted } from '../slack/render-quoted.js';
import { visible } from '../slack/rich-text.js';
import { SupportError } from '../support/support-error.js';
import { answer } from './answer.js';
import type { CommandDeps } from './command-deps.js';
import { quoted } from './quoted.js';
import { awsTrouble } from './words/aws-trouble.js';
import { ENTRY_WORDS } from './words/entries.js';

/**
 * "Show quoted text" below an entry: the earlier mail at the end of that message, for the person who asked. The text is read
 * anew from AWS, since nobody else keeps it, so the button works however old the message is.
 */
export async function showQuoted(deps: CommandDeps, value: string): Promise<Message[]> {
  const asked = readQuotedValue(value);
  if (asked === null) return [answer(ENTRY_WORDS.notAQuote)];
  const key = await deps.store.canonical(asked.key);
  const displayId = (await deps.store.getCase(key))?.displayId ?? '';
  const link = ENTRY_WORDS.console(consoleLink(displayId, key));
  try {
    const communication = await read(deps, key, asked.entry);
    if (communication === null) return [answer(ENTRY_WORDS.quoteGone(link))];
    const trail = quotedIn(communication.body);
    return trail === null ? [answer(ENTRY_WORDS.noQuote(link))] : renderQuoted(trail, communication.at);
  } catch (error) {
    if (!(error instanceof SupportError)) throw error;
    return [answer(ENTRY_WORDS.quoteUnread(quoted(awsTrouble(error), 800), link))];
  }
}

/** The newest first, which come in one call; the button of an old message takes one more. */
async function read({ accounts }: CommandDeps, { account, caseId }: CaseKey, entry: string) {
  const api = accounts.for(account, 'person');
  const reading = await api.getCase(caseId);
  if (reading === null) return null;
  const found = findCommunication(entry, reading.communications);
  if (found !== null || reading.complete) return found;
  return findCommunication(entry, await api.communications(reading.case.key.caseId));
}

/** Below a reply from Slack stands the line that names the person, which the entry does not show. */
function quotedIn(body: string): string | null {
  const text = visible(body);
  return foldQuoted(readStamp(text)?.text ?? text).quoted ?? foldQuoted(text).quoted;
}
