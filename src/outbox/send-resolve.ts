import { isResolved } from '../case/case.js';
import { caseKeyText } from '../case/case-key.js';
import { again } from '../inbox/outcome.js';
import type { OutboxMessage } from '../store/outbox-message.js';
import { SupportError } from '../support/support-error.js';
import { notTaken } from './not-taken.js';
import type { Step, Turn } from './turn.js';

/** So many times a case is resolved without an answer: once more does no harm. */
const MAX_ATTEMPTS = 3;

export async function sendResolve(turn: Turn, message: OutboxMessage): Promise<Step> {
  const { store, api, now, markCase, stillOurs } = turn;
  const isFirst = message.attempts === 0;
  const attempt = {
    state: 'sending' as const,
    attempts: message.attempts + 1,
    attemptedAt: isFirst ? now() : message.attemptedAt,
    wasResolved: isFirst ? ((await store.getCase(message.key))?.resolved ?? false) : message.wasResolved,
  };
  await store.changeOutbox(message.reference, ['queued', 'sending'], attempt);
  const sending: OutboxMessage = { ...message, ...attempt };
  try {
    const { before } = await api.resolve(message.key.caseId, stillOurs);
    // Resolved before our first try: by somebody else. Before a later one: by the try whose answer was lost, unless
    // the case was known to be resolved before that.
    const nothingToDo = isResolved(before) && (isFirst || sending.wasResolved);
    await store.changeOutbox(message.reference, ['sending'], { state: nothingToDo ? 'void' : 'sent' });
  } catch (error) {
    if (!(error instanceof SupportError)) throw error;
    if (error.happened === 'maybe' && sending.attempts < MAX_ATTEMPTS) {
      return again(`AWS did not confirm (${error.code})`);
    }
    return notTaken(turn, { ...sending, attempts: message.attempts }, error);
  }
  await markCase(caseKeyText(message.key));
  return 'next';
}
