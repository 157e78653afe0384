import { isResolved } from '../case/case.js';
import { caseKeyText } from '../case/case-key.js';
import { FileTrouble } from '../case/file-trouble.js';
import { withStamp } from '../case/stamp.js';
import { again } from '../inbox/outcome.js';
import type { OutboxMessage } from '../store/outbox-message.js';
import { hasExpired, needsPerson, SupportError } from '../support/support-error.js';
import { type Brought, bringFiles, Stopping } from './bring-files.js';
import { carries } from './is-on-case.js';
import { notTaken } from './not-taken.js';
import { change, MovedOn, type Step, type Turn } from './turn.js';

/** How often the files of a reply are brought in one go. */
const BRINGS = 3;
const EXPIRED =
  'AWS keeps files only for a while before they are sent, and each time that was over. Send it again.';

/**
 * Sends a reply that waits to be sent: once, and with the attempt written down before. Its files are at AWS by then; to
 * bring them again does no harm.
 */
export async function sendReply(turn: Turn, message: OutboxMessage): Promise<Step> {
  for (let brings = 1; ; brings += 1) {
    const step = await sendOnce(turn, message);
    if (step !== 'expired') return step;
    const { state, attempts, attemptedAt } = message;
    const sending: OutboxMessage = { ...message, state: 'sending' };
    // It waited for its turn for longer than AWS keeps files. Nothing was sent, so they are brought once more.
    if (brings === BRINGS) return notTaken(turn, sending, new FileTrouble('expired', EXPIRED, false));
    await change(turn, sending, { state, attempts, attemptedAt });
  }
}

async function sendOnce(turn: Turn, message: OutboxMessage): Promise<Step | 'expired'> {
  const { store, api, now, markCase, stillOurs } = turn;
  const beganAt = now();
  let look: Look;
  let brought: Brought = {};
  try {
    look = await lookAtCase(turn, message);
    if (message.files !== undefined && maySend(look, message)) {
      brought = await bringFiles(turn, message);
      // They take their time: meanwhile somebody may have resolved the case, which the reply must not reopen unasked.
      look = await lookAtCase(turn, message);
    }
  } catch (error) {
    if (error instanceof Stopping) return again('the bot was stopped while files were on their way');
    return notTaken(turn, message, error);
  }
  // An earlier attempt, whose answer was unclear, had reached AWS: it came to light since the case was searched.
  if (look.isThere) {
    await change(turn, message, { state: 'sent' });
    await markCase(caseKeyText(message.key));
    return 'next';
  }
  if (!maySend(look, message)) return change(turn, message, { state: 'asking' });
  // In one step with the state: after a crash nothing may look unsent that was sent. Not before its turn has come, or a
  // crash in the line would leave a doubt about what never left. And only out of `queued`: where AWS showed it this very
  // moment, it is not there any more.
  const attempt = async () => {
    const writing = {
      state: 'sending' as const,
      attempts: message.attempts + 1,
      attemptedAt: now(),
      looks: 0,
      wasResolved: look.isResolved,
    };
    if (!(await store.changeOutbox(message.reference, ['queued'], writing))) throw new MovedOn();
    stillOurs();
  };
  // The time that files take is not AWS's fault: what AWS does not take now, it is given again as long as any other.
  const createdAt = message.createdAt + (now() - beganAt);
  const sending: OutboxMessage = { ...message, state: 'sending', createdAt };
  const { text, person, reference, cc = [] } = message;
  try {
    await api.addReply(
      message.key.caseId,
      { body: withStamp(text, person, reference), cc, ...brought },
      attempt,
    );
  } catch (error) {
    if (error instanceof MovedOn) return 'next';
    // LeaseLost, for one: whoever has taken over finds it `sending`, and asks the person rather than send it again.
    if (!(error instanceof SupportError)) throw error;
    if (error.happened === 'maybe') return change(turn, sending, { state: 'in-doubt', doubtedAt: now() });
    return hasExpired(error) ? 'expired' : notTaken(turn, sending, error);
  }
  await change(turn, sending, { state: 'sent' });
  await markCase(caseKeyText(message.key));
  return 'next';
}

/** A reply to a resolved case reopens it: not unless the person knows. */
function maySend({ isThere, isResolved }: Look, { mayReopen }: OutboxMessage): boolean {
  return !isThere && (mayReopen || !isResolved);
}

interface Look {
  /** A reply to a resolved case reopens it, so this is asked of AWS and not of what we remember. */
  readonly isResolved: boolean;
  readonly isThere: boolean;
}

async function lookAtCase({ store, api }: Turn, { key, reference }: OutboxMessage): Promise<Look> {
  try {
    const reading = await api.getCase(key.caseId);
    if (reading === null)
      throw new SupportError('not-found', 'no-case', 'AWS has no such case in this account.', 'no');
    return {
      isResolved: isResolved(reading.case.status),
      isThere: reading.communications.some((communication) => carries(communication, reference)),
    };
  } catch (error) {
    if (!(error instanceof SupportError) || !needsPerson(error)) throw error;
    return { isResolved: (await store.getCase(key))?.resolved ?? false, isThere: false };
  }
}
