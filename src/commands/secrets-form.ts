import type { OutboxMessage } from '../store/outbox-message.js';
import { answerSecrets } from './buttons.js';
import type { CommandDeps } from './command-deps.js';
import type { FormAnswer, Submission } from './interaction.js';
import { respond } from './respond.js';
import { chosenIn, type SecretsChoice } from './secrets-question.js';
import { tellPerson } from './tell-person.js';

/** The form that asks about secrets was sent: what was chosen is done before Slack has its answer, and said afterwards. */
export async function secretsAnswered(deps: CommandDeps, { user, view }: Submission): Promise<FormAnswer> {
  const afterwards = await answerForm(deps, user, view.metadata, chosenIn(view.values));
  return { do: 'close-all', afterwards };
}

/** Closed: as good as not to send, unless it was sent before. */
export async function secretsClosed(
  deps: CommandDeps,
  { user, view }: Pick<Submission, 'user' | 'view'>,
): Promise<void> {
  const tell = await answerForm(deps, user, view.metadata, 'keep', { sayWhenLate: false });
  await tell();
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
