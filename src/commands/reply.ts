import { MAX_COMMUNICATION, withStamp } from '../case/stamp.js';
import type { Message } from '../slack/message.js';
import { plainText } from '../slack/plain-text.js';
import { answer } from './answer.js';
import { caseLink } from './case-line.js';
import type { Command, CommandDeps } from './command-deps.js';
import { findCase } from './find-case.js';
import { firstWord } from './first-word.js';
import { personName } from './person-name.js';
import { quoted } from './quoted.js';
import { WORDS } from './words.js';

/** `/support reply <case> <text>`: keeps the reply and says so at once. How it ends, the person hears from tell.ts. */
export async function reply(deps: CommandDeps, command: Command): Promise<Message> {
  const [typed, typedText] = firstWord(command.rest);
  if (typed === '') return answer(WORDS.needsCase('reply <case> <text>', command.name));
  const text = (
    await plainText(typedText, { person: deps.slack.personName, channel: deps.slack.channelName })
  ).trim();
  if (text === '') return answer(WORDS.needsText(quoted(typed), command.name));
  const person = await personName(deps, command);
  const most = MAX_COMMUNICATION - withStamp('', person, '0123456789').length;
  if (text.length > most) return answer(WORDS.tooLong(text.length, most));

  const found = await findCase(deps, typed, command.name);
  if (!found.found) return answer(found.say);
  const { key, displayId, record } = found;
  const { user, channel, responseUrl, request } = command;
  const isNew = await deps.outbox.submit({
    kind: 'reply',
    key,
    displayId,
    text,
    user,
    person,
    channel,
    responseUrl,
    request,
  });
  const name = caseLink(deps.slack, record ?? { key, displayId, channel: null, threadTs: null });
  return answer(isNew ? WORDS.sending(name) : WORDS.takenBefore(name));
}
