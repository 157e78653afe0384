import { foldQuoted } from '../case/fold-quoted.js';
import { readStamp } from '../case/stamp.js';
import { consoleLink } from '../slack/console-link.js';
import type { Message } from '../slack/message.js';
import { readQuotedValue } from '../slack/quoted-value.js';
import { renderQuoted } from '../slack/render-quoted.js';
import { visible } from '../slack/rich-text.js';
import { readEntry } from '../support/read-entry.js';
import { SupportError } from '../support/support-error.js';
import { answer } from './answer.js';
import type { CommandDeps } from './command-deps.js';
import type { Act } from './interaction.js';
import { quoted } from './quoted.js';
import { Barred, readAs } from './read-as.js';
import { refusedToRead } from './refused-message.js';
import { awsTrouble } from './words/aws-trouble.js';
import { ENTRY_WORDS } from './words/entries.js';

/**
 * "Show quoted text" below an entry: the earlier mail at the end of that message, for the person who asked. The text is read
 * anew from AWS, since nobody else keeps it, so the button works however old the message is.
 */
export async function showQuoted(deps: CommandDeps, act: Act): Promise<Message[]> {
  const asked = readQuotedValue(act.value);
  if (asked === null) return [answer(ENTRY_WORDS.notAQuote)];
  const key = await deps.store.canonical(asked.key);
  const refused = await refusedToRead(deps, act, key);
  if (refused !== null) return [answer(refused)];
  const displayId = (await deps.store.getCase(key))?.displayId ?? '';
  const link = ENTRY_WORDS.console(consoleLink(displayId, key));
  try {
    const communication = await readEntry(readAs(deps, act, key), key, asked.entry);
    if (communication === null) return [answer(ENTRY_WORDS.quoteGone(link))];
    const trail = quotedIn(communication.body);
    return trail === null ? [answer(ENTRY_WORDS.noQuote(link))] : renderQuoted(trail, communication.at);
  } catch (error) {
    if (error instanceof Barred) return [answer(error.say)];
    if (!(error instanceof SupportError)) throw error;
    return [answer(ENTRY_WORDS.quoteUnread(quoted(awsTrouble(error), 800), link))];
  }
}

/** Below a reply from Slack stands the line that names the person, which the entry does not show. */
function quotedIn(body: string): string | null {
  const text = visible(body);
  return foldQuoted(readStamp(text)?.text ?? text).quoted ?? foldQuoted(text).quoted;
}
