import type { Intent } from '../outbox/outbox.js';
import { caseInAccount } from './case-line.js';
import type { Command, CommandDeps } from './command-deps.js';
import type { FoundCase } from './find-case.js';
import { type SecretsQuestion, secretsAsked, secretsQuestion } from './secrets-question.js';
import { GUARD_WORDS } from './words/guard.js';
import { WORDS } from './words/words.js';

/**
 * Keeps what a person wants done on a case.
 *
 * @returns what to tell the person, and whether their words are safe with us; where they may not be, they belong below.
 * `isKeptBack`: it
 * certainly does not go to AWS. `question`: what the person is to be asked before it goes to AWS; else null.
 */
export async function submit(
  deps: CommandDeps,
  { user, channel, threadTs, responseUrl, request }: Omit<Command, 'name' | 'rest' | 'userName'>,
  { key, displayId, record }: Omit<Extract<FoundCase, { found: true }>, 'found'>,
  what: Pick<Intent, 'kind' | 'text' | 'person' | 'files' | 'cc' | 'mayReopen'>,
): Promise<{
  readonly said: string;
  readonly isSafe: boolean;
  readonly isKeptBack: boolean;
  readonly question: SecretsQuestion | null;
}> {
  const taken = await deps.outbox.submit({
    ...what,
    key,
    displayId,
    user,
    channel,
    threadTs,
    responseUrl,
    request,
  });
  const name = caseInAccount(deps, record ?? { key, displayId, channel: null, threadTs: null });
  const isReply = what.kind === 'reply';
  if (typeof taken === 'object') {
    const question = secretsQuestion(taken.asks);
    return { said: secretsAsked(question).text, isSafe: true, isKeptBack: false, question };
  }
  switch (taken) {
    case 'taken':
      return {
        said: isReply ? WORDS.sending(name) : WORDS.resolving(name),
        isSafe: true,
        isKeptBack: false,
        question: null,
      };
    case 'before':
      return { said: WORDS.takenBefore(name), isSafe: true, isKeptBack: false, question: null };
    case 'not-kept':
      return { said: GUARD_WORDS.notTaken(name), isSafe: false, isKeptBack: true, question: null };
    case 'unclear':
      return {
        said: isReply ? WORDS.replyUnclear(name) : WORDS.resolveUnclear(name),
        isSafe: false,
        isKeptBack: false,
        question: null,
      };
  }
}
