import { type CaseKey, caseKeyText } from '../case/case-key.js';
import { isNewCase } from '../case/new-case.js';
import type { StepAbout } from '../store/audit-step.js';
import type { OutboxMessage } from '../store/outbox-message.js';
import { beginAttempt } from './attempt.js';
import { sendLetter } from './send-letter.js';
import { change, type Step, type Turn } from './turn.js';

/** Opens a case that waits to be opened: once, and with the attempt written down before. */
export async function sendOpening(turn: Turn, message: OutboxMessage): Promise<Step> {
  const { api } = turn;
  // An earlier attempt, whose answer was unclear, had reached AWS: its case has come to light since.
  if (!isNewCase(message.key)) return change(turn, message, { state: 'sent' }, { why: 'shown-by-aws' });
  const attempt = () => beginAttempt(turn, message);
  const { opening } = message;
  if (opening === undefined) throw new Error('an opening without what is to be opened');
  return sendLetter(turn, message, attempt, {
    send: (letter, atTurn) => api.openCase({ ...opening, letter }, atTurn),
    sent: (sending, opened) => becomeCase(turn, sending, opened.key, { awsRequestId: opened.requestId }),
  });
}

/**
 * AWS has the case: what is kept under the key that it had before goes over to its own. The rest is left to whoever works
 * on that, who may have begun already: two would tell the person twice.
 */
export async function becomeCase(
  { store, now, markCase, markOutbox }: Turn,
  message: OutboxMessage,
  opened: CaseKey,
  about: StepAbout,
): Promise<null> {
  // First, because from now on everybody finds it there: killed in between, the next one sees that it has become a case.
  await store.saveAlias(message.key, opened);
  // The event of the case may have been quicker than AWS's answer, and have told that it is there.
  const { awsRequestId = null } = about;
  const sent = { state: 'sent', createdAt: now(), awsRequestId } as const;
  await store.changeOutbox(message.reference, ['sending', 'in-doubt'], sent, about);
  await markCase(caseKeyText(opened));
  await markOutbox(caseKeyText(opened));
  return null;
}
