import type { Intent } from '../outbox/outbox.js';
import type { Message } from '../slack/message.js';
import { answer } from './answer.js';
import { caseLink } from './case-line.js';
import type { Command, CommandDeps } from './command-deps.js';
import type { FoundCase } from './find-case.js';
import { WORDS } from './words.js';

/** Keeps what a person wants done on a case, and says that it is on its way. */
export async function submit(
  deps: CommandDeps,
  { user, channel, threadTs, responseUrl, request }: Command,
  { key, displayId, record }: Omit<Extract<FoundCase, { found: true }>, 'found'>,
  what: Pick<Intent, 'kind' | 'text' | 'person'>,
): Promise<Message> {
  const isNew = await deps.outbox.submit({
    ...what,
    key,
    displayId,
    user,
    channel,
    threadTs,
    responseUrl,
    request,
  });
  const name = caseLink(deps.slack, record ?? { key, displayId, channel: null, threadTs: null });
  if (!isNew) return answer(WORDS.takenBefore(name));
  return answer(what.kind === 'reply' ? WORDS.sending(name) : WORDS.resolving(name));
}
