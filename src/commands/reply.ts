import { parseCaseReference } from '../case/case-reference.js';
import { isBlank } from '../case/folded.js';
import type { Message } from '../slack/message.js';
import { errorFields } from '../telemetry/log.js';
import { answer } from './answer.js';
import type { Command, CommandDeps } from './command-deps.js';
import { type FoundCase, findCase } from './find-case.js';
import { firstCase } from './first-case.js';
import { MOST_FILES } from './form-parts/files.js';
import { givenBack } from './given-back.js';
import { inTime } from './in-time.js';
import { refusal } from './permit.js';
import { personName } from './person-name.js';
import { quoted, quotedTyped } from './quoted.js';
import { rightsToSend } from './refused-message.js';
import { openReplyForm } from './reply-form/open.js';
import { roomFor } from './reply-form/send.js';
import { secretsAsked } from './secrets-question.js';
import { takeReply } from './take-reply.js';
import { typedText } from './typed-text.js';
import { holdFor, whichToWrite } from './which-case.js';
import { FIND_WORDS } from './words/find-case.js';
import { REPLY_FORM_WORDS } from './words/reply-form.js';
import { WORDS } from './words/words.js';
import { wordsOfFailure } from './words-of-failure.js';

/**
 * `/support reply <case> <text>`: keeps the reply and says so at once. How it ends, the person hears from tell.ts. Without
 * a text, the form for one opens.
 */
export async function reply(deps: CommandDeps, command: Command): Promise<Message[]> {
  const [typed, written] = firstCase(command.rest);
  if (typed === '') return [answer(FIND_WORDS.needsCase('reply <case> <text>', command.name))];
  const find = () => findCase(deps, typed, command);
  const { trigger } = command;
  if (isBlank(written) && trigger !== undefined) {
    const finding = find();
    // A form could not be asked in: where it is soon known that there are several, the person is asked first.
    const soon = await inTime(
      finding.catch(() => null),
      SOON_MS,
      null,
    );
    if (soon?.found === false && soon.among !== undefined)
      return [whichToWrite(deps, command, { ...soon, typed, verb: 'reply', among: soon.among })];
    const said = await openReplyForm(deps, { ...command, trigger }, () => finding);
    return said === null ? [] : [answer(said)];
  }
  if (!isBlank(written) && parseCaseReference(typed) === null) {
    const found = await find();
    // What was taken for a case is the beginning of the text.
    if (!found.found) return givenBack(found.say, await typedText(deps, command.rest));
  }
  const missing = answer(WORDS.needsText(quotedTyped(typed), command.name));
  return replyTo(deps, command, { text: written, typed, missing, find });
}

/** A form opens within three seconds, and needs most of them. */
const SOON_MS = 400;

export interface ToReply {
  /** As Slack sent it. */
  readonly text: string;
  /** The case, as somebody typed it; `''` where the thread says which. */
  readonly typed: string;
  /** What to say when there is neither text nor file. */
  readonly missing: Message;
  readonly find: () => Promise<FoundCase>;
}

/** Keeps a reply to the case that is found. */
export async function replyTo(deps: CommandDeps, command: Command, to: ToReply): Promise<Message[]> {
  const { files = [] } = command;
  void deps.people.kindOf(command.user);
  // What they are and names are looked up side by side: together with the case there are three seconds for all of it.
  const [person, written] = await Promise.all([personName(deps, command), typedText(deps, to.text)]);
  if (written === '' && files.length === 0) return [to.missing];
  const text = written === '' ? REPLY_FORM_WORDS.filesOnly(files.map(({ name }) => name)) : written;
  const most = roomFor(person);
  if (text.length > most) return givenBack(WORDS.tooLong(text.length, most), text);
  if (files.length > MOST_FILES)
    return givenBack(REPLY_FORM_WORDS.tooManyFiles(files.length, MOST_FILES), written);

  const found = await to.find().catch(async (error: unknown): Promise<FoundCase> => {
    deps.log.error('a case could not be looked for', errorFields(error));
    return { found: false, say: await wordsOfFailure(deps) };
  });
  const what = { text, person, ...(files.length === 0 ? {} : { files }) };
  if (!found.found && found.among !== undefined) {
    const which = { ...found, typed: to.typed, verb: 'reply', among: found.among };
    return holdFor(deps, command, which, { kind: 'reply', ...what }, found.say);
  }
  // Slack empties the field as soon as a command is sent: what is refused must not be lost with it.
  if (!found.found) return givenBack(found.say, text);
  const whyNot = deps.accounts.whyNotAsked(found.key.account);
  if (whyNot !== null) {
    const refused = await refusal(deps, command, rightsToSend('reply', what), found, { text });
    return givenBack(refused ?? WORDS.cannotSend(quoted(whyNot, 800)), text);
  }
  const taken = await takeReply(deps, command, found, what);
  if (taken.is === 'asked') return [secretsAsked(taken.question)];
  if (taken.is === 'refused') return givenBack(taken.said, text);
  return taken.is === 'taken' ? [answer(taken.said)] : givenBack(taken.said, text);
}
