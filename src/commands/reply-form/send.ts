import { MAX_COMMUNICATION, withStamp } from '../../case/stamp.js';
import type { Message } from '../../slack/message.js';
import type { SlackFile } from '../../store/outbox-message.js';
import { errorFields } from '../../telemetry/log.js';
import { answer } from '../answer.js';
import type { CommandDeps } from '../command-deps.js';
import { CC_BLOCK, readCc } from '../form-parts/cc.js';
import { FILES_BLOCK, filesIn, givenFilesIn, MOST_FILES } from '../form-parts/files.js';
import { boxId, textIn } from '../form-parts/long-text.js';
import type { FormAnswer, OnSubmission, ViewValues } from '../interaction.js';
import { knownCase } from '../known-case.js';
import { personName } from '../person-name.js';
import { respond } from '../respond.js';
import { secretsAsked, secretsView } from '../secrets-question.js';
import { takeReply } from '../take-reply.js';
import { tellPerson } from '../tell-person.js';
import { GUARD_WORDS } from '../words/guard.js';
import { PERMIT_WORDS } from '../words/permit.js';
import { REPLY_FORM_WORDS as WORDS } from '../words/reply-form.js';
import { WORDS as COMMON } from '../words/words.js';
import { wordsOfFailure } from '../words-of-failure.js';
import { type ReplyMemory, recall } from './memory.js';

/**
 * The form was sent: what is wrong is shown under the inputs, and everything typed stays; what is right is kept, and how
 * it ends the person hears in the thread.
 */
export const sendReplyForm: OnSubmission = async (deps, submission) => {
  const { user, isStranger = false, view } = submission;
  const memory = recall(deps, view.metadata, user);
  if (memory === null) return wrong(boxId(1), WORDS.changed);
  try {
    // Side by side: the wait for it must not come on top of that for the name.
    void deps.people.kindOf(user);
    const [found, person] = await Promise.all([knownCase(deps, memory.key), personName(deps, submission)]);
    const { what, errors } = readReply(view.values, memory, person);
    if (Object.keys(errors).length > 0) return { do: 'errors', errors };
    const { channel, threadTs, reopens } = memory;
    // However often this form is sent, by whichever replica it is taken: one reply.
    const command = { user, isStranger, channel, threadTs, responseUrl: null, request: `form ${view.id}` };
    const taken = await takeReply(deps, command, found, { ...what, person, mayReopen: reopens }, '');
    switch (taken.is) {
      case 'taken':
        return { do: 'close', afterwards: () => tell(deps, memory, answer(taken.said)) };
      // What is said under an input names nobody.
      case 'refused':
        return {
          ...wrong(boxId(1), taken.isUnsure ? PERMIT_WORDS.unsureInForm : PERMIT_WORDS.inForm),
          afterwards: () => tell(deps, memory, answer(taken.said)),
        };
      case 'unclear':
        return wrong(boxId(1), taken.isKeptBack ? GUARD_WORDS.notTakenInForm : WORDS.unclear);
      case 'asked':
        return {
          do: 'push',
          view: secretsView(taken.question, { isOver: true }),
          late: () => tell(deps, memory, secretsAsked(taken.question)),
        };
    }
  } catch (error) {
    deps.log.error('a reply form was not taken', errorFields(error));
    return wrong(boxId(1), await wordsOfFailure(deps));
  }
};

function wrong(block: string, why: string): FormAnswer {
  return { do: 'errors', errors: { [block]: why } };
}

interface Read {
  readonly what: {
    readonly text: string;
    readonly files?: readonly SlackFile[];
    readonly cc?: readonly string[];
  };
  /** By block. */
  readonly errors: Readonly<Record<string, string>>;
}

/** What the person wants sent, or all that is wrong with it. */
export function readReply(values: ViewValues, memory: Pick<ReplyMemory, 'files'>, person: string): Read {
  const chosen = givenFilesIn(values);
  const given = memory.files.filter(({ id }) => chosen.includes(id));
  const added = filesIn(values).filter(({ id }) => !given.some((file) => file.id === id));
  const files = [...given, ...added];
  const typed = textIn(values);
  const text = typed === '' && files.length > 0 ? WORDS.filesOnly(files.map(({ name }) => name)) : typed;
  const { cc, problem } = readCc(values);
  const most = roomFor(person);
  return {
    what: { text, ...(files.length === 0 ? {} : { files }), ...(cc.length === 0 ? {} : { cc }) },
    errors: {
      ...(text === '' ? { [boxId(1)]: WORDS.empty } : {}),
      ...(text.length > most ? { [boxId(1)]: COMMON.tooLong(text.length, most) } : {}),
      ...(files.length > MOST_FILES ? { [FILES_BLOCK]: WORDS.tooManyFiles(files.length, MOST_FILES) } : {}),
      ...(problem === null ? {} : { [CC_BLOCK]: problem }),
    },
  };
}

/** How many characters AWS takes besides the line that names the person. */
export function roomFor(person: string): number {
  return MAX_COMMUNICATION - withStamp('', person, '0123456789').length;
}

async function tell(
  deps: CommandDeps,
  { user, channel, threadTs }: ReplyMemory,
  said: Message,
): Promise<void> {
  const asker = { user, channel, threadTs, responseUrl: null };
  if (!(await tellPerson({ ...deps, respond }, asker, said)))
    deps.log.warn('an answer did not reach Slack', { channel });
}
