import type { OutboxMessage } from '../store/outbox-message.js';
import { answerSecrets } from './buttons.js';
import type { CommandDeps } from './command-deps.js';
import type { Closed, FormAnswer, Submission } from './interaction.js';
import { respond } from './respond.js';
import { askedIn, chosenIn, type SecretsChoice } from './secrets-question.js';
import { tellPerson } from './tell-person.js';

/** The form that asks about secrets was sent: what was chosen is done before Slack has its answer, and said afterwards. */
export async function secretsAnswered(deps: CommandDeps, { user, view }: Submission): Promise<FormAnswer> {
  const { reference } = askedIn(view.metadata);
  const choice = chosenIn(view.values);
  if (choice === 'keep' && view.isOver && (await isGivenUp(deps, user, view.metadata)))
    return { do: 'close' };
  return { do: 'close-all', afterwards: await answerForm(deps, user, reference, choice) };
}

/** Closed: as good as not to send, unless it was sent before. */
export async function secretsClosed(deps: CommandDeps, { user, view, withAll }: Closed): Promise<void> {
  if (view.isOver && !withAll) {
    await isGivenUp(deps, user, view.metadata);
    return;
  }
  const { reference } = askedIn(view.metadata);
  const tell = await answerForm(deps, user, reference, 'keep', { sayWhenLate: false });
  await tell();
}

/**
 * Gives up what the question was about without a word: the form below is shown again, with all that was typed. False where it
 * was settled before, or where the person was asked anew since, which a client that is late must not answer for them.
 */
async function isGivenUp(deps: CommandDeps, user: string, metadata: string): Promise<boolean> {
  const { reference, at } = askedIn(metadata);
  const before = await deps.store.getFromOutbox(reference);
  if (before === null || before.createdAt !== at) return false;
  const { result } = await deps.outbox.keepBack({ reference, user, responseUrl: null });
  return result === 'done';
}

async function answerForm(
  deps: CommandDeps,
  user: string,
  reference: string,
  choice: SecretsChoice,
  { sayWhenLate } = { sayWhenLate: true },
): Promise<() => Promise<void>> {
  const before = await deps.store.getFromOutbox(reference);
  const isAsked = before?.state === 'asking' && before.asks === 'secrets';
  if (!isAsked && !sayWhenLate) return async () => undefined;
  const said = await answerSecrets(deps, { reference, user, responseUrl: null }, choice);
  return async () => {
    for (const message of said) {
      if (await tellPerson({ ...deps, respond }, askerOf(before, user), message)) continue;
      deps.log.warn('an answer did not reach Slack', { reference });
      return;
    }
  };
}

/** Where they began to write. A reference that leads to another's message tells nobody anything of it. */
function askerOf(message: OutboxMessage | null, user: string) {
  if (message === null || message.user !== user)
    return { user, channel: '', threadTs: null, responseUrl: null };
  const { channel, threadTs = null, responseUrl } = message;
  return { user, channel, threadTs, responseUrl };
}
