/** What a person sends is kept: on its way to AWS, or waiting until they have answered a question. */
import { type CaseKey, caseKeyText } from '../case/case-key.js';
import { newCaseKey } from '../case/new-case.js';
import type { StepAbout } from '../store/audit-step.js';
import type { OutboxMessage } from '../store/outbox-message.js';
import { errorFields } from '../telemetry/log.js';
import { givesWay, hasSecrets } from './guard.js';
import { insist, PATIENCE } from './insist.js';
import type { Intent, Outbox, OutboxDeps, Submitted } from './outbox.js';

/** What is kept gives way to what the person has made of it since. */
const ASKED_ANEW: StepAbout = { result: 'asked' };

/** @param mark does not reject. */
export function takeIn(
  { store, newReference, now, log, patience = PATIENCE }: OutboxDeps,
  mark: (key: CaseKey) => Promise<void>,
): Pick<Outbox, 'submit' | 'hold'> {
  /** Null where the store did not answer: what was tried may have been done. */
  const insistOn = <T>(message: OutboxMessage, work: () => Promise<T>, failed: string) =>
    insist(patience, work).catch((error: unknown) => {
      const fields = { key: caseKeyText(message.key), ...errorFields(error) };
      log.error(`the store did not answer, and ${failed}`, fields);
      return null;
    });

  /** What was kept for the same request, and waited for an answer, where it has given way to this; else null. */
  const replace = async (message: OutboxMessage): Promise<OutboxMessage | null> => {
    const kept = await store.getRequested(message.request);
    if (kept === null || !givesWay(kept)) return null;
    const { told, state, createdAt, reason } = message;
    const change = { ...contentOf(message), told, state, createdAt, reason };
    const isDone = await store.changeOutbox(kept.reference, ['asking', 'cancelled'], change, ASKED_ANEW);
    return isDone ? kept : null;
  };

  /**
   * Whoever was not asked, because we died before or Slack lost the question, or has come back from the question to the
   * form, is asked now, about what they have written since.
   */
  const askAnew = async (message: OutboxMessage): Promise<Submitted> => {
    const kept = await replace(message);
    return kept === null ? 'before' : { asks: { ...message, reference: kept.reference, key: kept.key } };
  };

  /** True when what was kept for the same request is on its way as this. */
  const sendInstead = async (message: OutboxMessage): Promise<boolean> => {
    const kept = await replace(message);
    if (kept !== null) await mark(kept.key);
    return kept !== null;
  };

  /** Waits for the person and needs no mark. They are asked where they are, so nobody has to tell them. */
  const ask = async (queued: OutboxMessage): Promise<Submitted> => {
    const message: OutboxMessage = { ...queued, state: 'asking', asks: 'secrets', told: true };
    const answer = await insistOn(
      message,
      async () => ((await store.addToOutbox(message)) ? { asks: message } : askAnew(message)),
      'a person could not be asked',
    );
    return answer === null ? 'not-kept' : answer.value;
  };

  const queued = (intent: Intent): OutboxMessage => {
    const reference = newReference();
    const { kind, key: asked } = intent;
    return {
      ...intent,
      key: kind === 'create' ? newCaseKey(asked.account, reference) : asked,
      reference,
      state: 'queued',
      mayReopen: intent.mayReopen ?? false,
      wasResolved: false,
      attempts: 0,
      looks: 0,
      createdAt: now(),
      attemptedAt: null,
      doubtedAt: null,
      reason: null,
      told: false,
    };
  };

  return {
    async submit(intent) {
      const message = queued(intent);
      if (hasSecrets(message)) return ask(message);
      const answer = await insistOn(
        message,
        async () => (await store.addToOutbox(message)) || sendInstead(message),
        'a reply may have been kept',
      );
      if (answer === null) return 'unclear';
      await mark(message.key);
      // There already at a second try of ours: the first had been carried out, and only its answer was lost.
      return answer.value || answer.tries > 1 ? 'taken' : 'before';
    },

    async hold(intent) {
      const message: OutboxMessage = { ...queued(intent), state: 'choosing', asks: 'case', told: true };
      const answer = await insistOn(
        message,
        async () => ((await store.addToOutbox(message)) ? message : store.getRequested(message.request)),
        'a person could not be asked which case they mean',
      );
      if (answer === null) return 'not-kept';
      return answer.value?.state === 'choosing' ? { reference: answer.value.reference } : 'before';
    },
  };
}

/** What a person may have changed in a form that they send once more. What they have taken out must be gone. */
function contentOf({ text, opening, files = [], cc = [], person, mayReopen }: OutboxMessage) {
  return { text, ...(opening === undefined ? {} : { opening }), files, cc, person, mayReopen };
}
