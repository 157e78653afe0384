/** The ways to the reply form: the button of a card, a button in an answer, and the shortcut of a message. */
import { answer } from '../answer.js';
import { caseOfThread } from '../case-of-thread.js';
import { MOST_FILES, slackFiles } from '../form-parts/files.js';
import { type Heard, NOTHING, type OnAct, type OnShortcut } from '../interaction.js';
import { knownCase } from '../known-case.js';
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
    const text = await typedText(deps, message.text);
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

function heard(said: string | null): Heard {
  return said === null ? NOTHING : { say: [answer(said)], instead: false };
}
