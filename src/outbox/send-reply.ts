import { isResolved } from '../case/case.js';
import { caseKeyText } from '../case/case-key.js';
import type { OutboxMessage } from '../store/outbox-message.js';
import { needsPerson, SupportError } from '../support/support-error.js';
import { beginAttempt } from './attempt.js';
import { carries } from './is-on-case.js';
import { notTaken } from './not-taken.js';
import { readCase } from './read-case.js';
import { sendLetter } from './send-letter.js';
import { change, type Step, type Turn } from './turn.js';

/** Sends a reply that waits to be sent: once, and with the attempt written down before. */
export async function sendReply(turn: Turn, message: OutboxMessage): Promise<Step> {
  const { api, markCase } = turn;
  let look: Look;
  /** Null where the reply may leave; else what is done instead. */
  const lookFirst = async (): Promise<Step> => {
    look = await lookAtCase(turn, message);
    // An earlier attempt, whose answer was unclear, had reached AWS: it came to light since the case was searched.
    if (look.isThere) {
      await change(turn, message, { state: 'sent' }, { why: 'shown-by-aws' });
      await markCase(caseKeyText(message.key));
      return 'next';
    }
    // A reply to a resolved case reopens it: not unless the person knows.
    if (!look.isResolved || message.mayReopen) return null;
    return change(turn, message, { state: 'asking', asks: 'reopen' });
  };
  try {
    const instead = await lookFirst();
    if (instead !== null) return instead;
  } catch (error) {
    return notTaken(turn, message, error);
  }
  const attempt = () => beginAttempt(turn, message, { wasResolved: look.isResolved });
  return sendLetter(turn, message, attempt, {
    // Files take their time: meanwhile somebody may have resolved the case.
    afterFiles: lookFirst,
    send: (letter, atTurn) => api.addReply(message.key.caseId, letter, atTurn),
    async sent(sending, { requestId: awsRequestId }) {
      await change(turn, sending, { state: 'sent', awsRequestId }, { awsRequestId });
      await markCase(caseKeyText(message.key));
      return 'next';
    },
  });
}

interface Look {
  /** A reply to a resolved case reopens it, so this is asked of AWS and not of what we remember. */
  readonly isResolved: boolean;
  readonly isThere: boolean;
}

async function lookAtCase({ store, api }: Turn, message: OutboxMessage): Promise<Look> {
  const { key, reference, attemptedAt, knownUnlooked = false } = message;
  try {
    const reading = await readCase(api, key.caseId);
    return {
      isResolved: isResolved(reading.case.status),
      isThere: reading.communications.some((communication) => carries(communication, reference)),
    };
  } catch (error) {
    // What AWS may have goes out without a look only where the person knows that there is none.
    const mayGoUnlooked = attemptedAt === null || knownUnlooked;
    if (!mayGoUnlooked || !(error instanceof SupportError) || !needsPerson(error)) throw error;
    return { isResolved: (await store.getCase(key))?.resolved ?? false, isThere: false };
  }
}
