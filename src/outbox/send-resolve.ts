import { isResolved } from '../case/case.js';
import { caseKeyText } from '../case/case-key.js';
import type { OutboxMessage } from '../store/outbox-message.js';
import { SupportError } from '../support/support-error.js';
import { beginAttempt } from './attempt.js';
import { notTaken } from './not-taken.js';
import { change, MovedOn, type Step, type Turn } from './turn.js';

/**
 * Resolves a case: once, and with the attempt written down before. After an unclear answer it is not repeated: somebody
 * may have reopened the case meanwhile, and would find it resolved against their wish.
 */
export async function sendResolve(turn: Turn, message: OutboxMessage): Promise<Step> {
  const { store, api, now, markCase } = turn;
  /** As it is kept: an account that cannot be asked refuses before anything is written down. */
  let kept = message;
  const attempt = async () => {
    await beginAttempt(turn, message, { wasResolved: (await store.getCase(message.key))?.resolved ?? false });
    kept = { ...message, state: 'sending' };
  };
  try {
    const { before, requestId: awsRequestId } = await api.resolve(message.key.caseId, attempt);
    const state = isResolved(before) ? 'void' : 'sent';
    await change(turn, kept, { state, awsRequestId }, { awsRequestId });
  } catch (error) {
    if (error instanceof MovedOn) return 'next';
    // LeaseLost, for one: whoever has taken over finds it `sending`, and looks at the case.
    if (!(error instanceof SupportError)) throw error;
    if (error.happened === 'no' || kept === message) return notTaken(turn, kept, error);
    return change(turn, kept, { state: 'in-doubt', doubtedAt: now() }, { awsRequestId: error.requestId });
  }
  await markCase(caseKeyText(message.key));
  return 'next';
}
