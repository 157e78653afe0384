/** The ways to the reply form: the button of a card, a button in an answer, and the shortcut of a message. */
import { answer } from '../answer.js';
import { caseOfThread } from '../case-of-thread.js';
import type { CommandDeps } from '../command-deps.js';
import { MOST_FILES, slackFiles } from '../form-parts/files.js';
import { type Heard, NOTHING, type OnAct, type OnMessage, type OnShortcut } from '../interaction.js';
import { knownCase } from '../known-case.js';
import { personName } from '../person-name.js';
import { typedText } from '../typed-text.js';
import { REPLY_FORM_WORDS as WORDS } from '../words/reply-form.js';
import { type Beginning, openReplyForm } from './open.js';

/** The button's value is the case key. */
export const openFromButton: OnAct = async (deps, act) =>
  heard(await openReplyForm(deps, act, () => knownCase(deps, act.value)));

/** The message goes into the form; the case is that of its thread. */
export const openFromMessage: OnShortcut = async (deps, message) => {
  const { channel, threadTs, messageTs } = message;
  const find = () => caseOfThread(deps, channel, threadTs, WORDS.notOfACase);
  const begin = async (): Promise<Beginning> => {
    const [typed, author] = await Promise.all([typedText(deps, message.text), otherAuthor(deps, message)]);
    // The line below a reply names whoever sends it: AWS would take the words for theirs.
    const text = typed === '' || author === null ? typed : `${WORDS.wordsOf(author)}\n\n${typed}`;
    const files = slackFiles(message.files);
    const notes = [
      ...(text === '' && files.length === 0 ? [WORDS.nothingInMessage] : []),
      ...(files.length > MOST_FILES ? [WORDS.moreFilesInMessage(files.length, MOST_FILES)] : []),
    ];
    return { text, files: files.slice(0, MOST_FILES), notes };
  };
  // The thread of a case is led by its card: whoever chooses that means the case, and not our words about it.
  const isCard = messageTs === threadTs;
  return heard(await openReplyForm(deps, message, find, isCard ? undefined : begin));
};

/** The name of the person who wrote it; null where that is the one who sends it, or a program. */
async function otherAuthor(deps: CommandDeps, { author, user }: OnMessage): Promise<string | null> {
  return author === null || author === user ? null : personName(deps, { user: author, userName: '' });
}

function heard(said: string | null): Heard {
  return said === null ? NOTHING : { say: [answer(said)], instead: false };
}
