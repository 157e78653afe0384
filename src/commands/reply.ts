import { MAX_COMMUNICATION, withStamp } from '../case/stamp.js';
import type { Message } from '../slack/message.js';
import { plainText } from '../slack/plain-text.js';
import { errorFields } from '../telemetry/log.js';
import { answer } from './answer.js';
import type { Command, CommandDeps } from './command-deps.js';
import { type FoundCase, findCase } from './find-case.js';
import { firstWord } from './first-word.js';
import { givenBack } from './given-back.js';
import { inTime } from './in-time.js';
import { NAME_MS, personName } from './person-name.js';
import { quoted } from './quoted.js';
import { secretsAsked } from './secrets-question.js';
import { takeReply } from './take-reply.js';
import { WORDS } from './words/words.js';
import { wordsOfFailure } from './words-of-failure.js';

/** `/support reply <case> <text>`: keeps the reply and says so at once. How it ends, the person hears from tell.ts. */
export async function reply(deps: CommandDeps, command: Command): Promise<Message[]> {
  const [typed, typedText] = firstWord(command.rest);
  if (typed === '') return [answer(WORDS.needsCase('reply <case> <text>', command.name))];
  return replyTo(deps, command, {
    text: typedText,
    missing: WORDS.needsText(quoted(typed), command.name),
    find: () => findCase(deps, typed, command.name),
  });
}

export interface ToReply {
  /** As Slack sent it. */
  readonly text: string;
  /** What to say when there is none. */
  readonly missing: string;
  readonly find: () => Promise<FoundCase>;
}

/** Keeps a reply to the case that is found. */
export async function replyTo(deps: CommandDeps, command: Command, to: ToReply): Promise<Message[]> {
  // Names are looked up side by side: together with the case there are three seconds for all of it.
  const [person, plain] = await Promise.all([
    personName(deps, command),
    plainText(to.text, {
      person: (id) => inTime(deps.slack.personName(id), NAME_MS, null),
      channel: (id) => inTime(deps.slack.channelName(id), NAME_MS, null),
    }),
  ]);
  const text = plain.trim();
  if (text === '') return [answer(to.missing)];
  const most = MAX_COMMUNICATION - withStamp('', person, '0123456789').length;
  if (text.length > most) return givenBack(WORDS.tooLong(text.length, most), text);

  const found = await to.find().catch(async (error: unknown): Promise<FoundCase> => {
    deps.log.error('a case could not be looked for', errorFields(error));
    return { found: false, say: await wordsOfFailure(deps) };
  });
  // Slack empties the field as soon as a command is sent: what is refused must not be lost with it.
  if (!found.found) return givenBack(found.say, text);
  const taken = await takeReply(deps, command, found, { text, person });
  if (taken.is === 'asked') return [secretsAsked(taken.question)];
  return taken.is === 'taken' ? [answer(taken.said)] : givenBack(taken.said, text);
}
