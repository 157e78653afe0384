import type { Intent } from '../outbox/outbox.js';
import type { Command, CommandDeps } from './command-deps.js';
import type { FoundCase } from './find-case.js';
import { wholeRefusal } from './permit.js';
import { rightsToSend } from './refused-message.js';
import type { SecretsQuestion } from './secrets-question.js';
import { submit } from './submit.js';

/**
 * What became of a reply that somebody wants sent.
 *
 * - `taken`: it is kept, or was before: it goes to AWS, or comes back with the reason.
 * - `unclear`: nobody knows whether it is kept; the person's words belong below what is said. `isKeptBack`: it certainly does
 *   not go to AWS, because it holds what looks like secrets and the person cannot be asked.
 * - `asked`: it is kept and does not go to AWS before the person has answered, because it holds what looks like secrets.
 *   Show them {@link secretsAsked} as a message, or {@link secretsView} as a form: both come with their answers.
 *
 * - `refused`: the person may not, or it cannot be checked now (`isUnsure`); their words belong below what is said.
 *
 * `said`: what the person is told, in Slack's markup.
 */
export type Taken =
  | { readonly is: 'taken'; readonly said: string }
  | { readonly is: 'refused'; readonly said: string; readonly isUnsure: boolean }
  | { readonly is: 'unclear'; readonly said: string; readonly isKeptBack: boolean }
  | { readonly is: 'asked'; readonly question: SecretsQuestion };

/**
 * The one way by which what people write goes to AWS, wherever they wrote it.
 *
 * @param here the channel in which they are now; `''` where they may have left it since they began to write.
 */
export async function takeReply(
  deps: CommandDeps,
  command: Omit<Command, 'name' | 'rest' | 'userName'>,
  found: Omit<Extract<FoundCase, { found: true }>, 'found'>,
  what: Pick<Intent, 'text' | 'person' | 'files' | 'cc' | 'mayReopen'>,
  here = command.channel,
): Promise<Taken> {
  const refused = await wholeRefusal(
    deps,
    { ...command, channel: here, began: command.channel },
    rightsToSend('reply', what),
    found,
    { text: what.text },
  );
  if (refused !== null) return { is: 'refused', said: refused.say, isUnsure: refused.isUnsure };
  const { said, isSafe, isKeptBack, question } = await submit(deps, command, found, {
    kind: 'reply',
    ...what,
  });
  if (question !== null) return { is: 'asked', question };
  return isSafe ? { is: 'taken', said } : { is: 'unclear', said, isKeptBack };
}
