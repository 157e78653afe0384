import { setTimeout as pause } from 'node:timers/promises';
import { asksAboutSecrets } from '../outbox/guard.js';
import type { Message } from '../slack/message.js';
import type { OutboxMessage } from '../store/outbox-message.js';
import { errorFields } from '../telemetry/log.js';
import { answer } from './answer.js';
import { answerSecrets, keptBack } from './buttons.js';
import type { CommandDeps } from './command-deps.js';
import { saidInForm } from './form-parts/said-in-form.js';
import type { Closed, FormAnswer, Submission } from './interaction.js';
import { refusedMessage } from './refused-message.js';
import { respond } from './respond.js';
import { askedIn, chosenIn } from './secrets-question.js';
import { tellPerson } from './tell-person.js';
import { PERMIT_WORDS } from './words/permit.js';

/** The form that asks about secrets was sent: what was chosen is done before Slack has its answer, and said afterwards. */
export async function secretsAnswered(
  deps: CommandDeps,
  { user, isStranger = false, view }: Submission,
): Promise<FormAnswer> {
  const { reference } = askedIn(view.metadata);
  const choice = chosenIn(view.values);
  if (choice === 'keep' && view.isOver && (await isGivenUp(deps, user, view.metadata)))
    return { do: 'close' };
  const before = await deps.store.getFromOutbox(reference);
  const refused =
    choice === 'keep' ? null : await refusedMessage(deps, { user, isStranger, channel: '' }, reference);
  if (refused !== null)
    return {
      ...saidInForm(view, '', refused.isUnsure ? PERMIT_WORDS.unsureInForm : PERMIT_WORDS.inForm),
      afterwards: () => tell(deps, before, user, [answer(refused.say)]),
    };
  const said = await answerSecrets(deps, { reference, user, responseUrl: null }, choice);
  return { do: 'close-all', afterwards: () => tell(deps, before, user, said) };
}

/**
 * Closed: as good as not to send, unless it was sent before. Slack says so once only, and the words are kept nowhere else:
 * while the store is away it is tried again.
 */
export async function secretsClosed(deps: CommandDeps, { user, view, withAll }: Closed): Promise<void> {
  if (view.isOver && !withAll) {
    await retried(deps, () => isGivenUp(deps, user, view.metadata));
    return;
  }
  const { reference } = askedIn(view.metadata);
  let asked: OutboxMessage | null = null;
  const said = await retried(deps, async () => {
    const kept = await deps.store.getFromOutbox(reference);
    if (kept !== null && kept.user === user && asksAboutSecrets(kept)) asked = kept;
    if (asked === null) return [];
    // An earlier try of ours was carried out, and its answer lost.
    if (kept?.state === 'cancelled') return keptBack(asked);
    return answerSecrets(deps, { reference, user, responseUrl: null }, 'keep');
  });
  await tell(deps, asked, user, said);
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

const PAUSE_MS = 1_000;
/** Longer than what a store is away for usually. After a day the words come back in any case: see guard.ts. */
const LONGEST_MS = 600_000;

async function retried<T>(deps: Pick<CommandDeps, 'log'>, work: () => Promise<T>): Promise<T> {
  const giveUpAt = performance.now() + LONGEST_MS;
  for (;;) {
    try {
      return await work();
    } catch (error) {
      deps.log.warn('a form was closed and the store did not answer; it is asked again', errorFields(error));
      if (performance.now() > giveUpAt) throw error;
      // Nobody who stops the bot is made to wait for it.
      await pause(PAUSE_MS, undefined, { ref: false });
    }
  }
}

async function tell(
  deps: CommandDeps,
  message: OutboxMessage | null,
  user: string,
  said: readonly Message[],
): Promise<void> {
  for (const each of said) {
    if (await tellPerson({ ...deps, respond }, askerOf(message, user), each)) continue;
    deps.log.warn('an answer did not reach Slack', { user });
    return;
  }
}

/** Where they began to write. A reference that leads to another's message tells nobody anything of it. */
function askerOf(message: OutboxMessage | null, user: string) {
  if (message === null || message.user !== user)
    return { user, channel: '', threadTs: null, responseUrl: null };
  const { channel, threadTs = null, responseUrl } = message;
  return { user, channel, threadTs, responseUrl };
}
