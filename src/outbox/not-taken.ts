import { FileTrouble } from '../case/file-trouble.js';
import { again } from '../inbox/outcome.js';
import type { OutboxMessage } from '../store/outbox-message.js';
import { passesByItself, SupportError } from '../support/support-error.js';
import { DOUBTS } from './reasons.js';
import { change, type Step, type Turn } from './turn.js';

/**
 * AWS certainly does not have it: later, as long as that can help, else back to the person.
 *
 * @param message in the state in which it is kept, and otherwise as it was before the attempt, which counts for none.
 */
export async function notTaken(turn: Turn, message: OutboxMessage, error: unknown): Promise<Step> {
  const { timing, now, tell, run, stillOurs } = turn;
  if (!(error instanceof SupportError || error instanceof FileTrouble)) throw error;
  const asBefore = { attempts: message.attempts, attemptedAt: message.attemptedAt };
  const isOfFiles = error instanceof FileTrouble;
  const passes = isOfFiles ? error.passes : passesByItself(error);
  if (!passes || now() - message.createdAt > timing.giveUpMs) {
    // An earlier attempt may have reached it all the same.
    const offer = message.attemptedAt === null ? '' : ` ${DOUBTS[message.kind].offer}`;
    const reason = error.sentence + offer;
    const end = { ...asBefore, state: 'failed', reason, knownUnlooked: false } as const;
    return change(turn, message, end, {
      why: error.code,
      awsRequestId: isOfFiles ? null : error.requestId,
    });
  }
  if (message.state !== 'queued') await change(turn, message, { ...asBefore, state: 'queued' });
  if (run.attempt === 0) await tell.delayed(message, isOfFiles ? 'files' : 'busy', stillOurs);
  return again(`${isOfFiles ? 'its files are not to be had' : 'AWS takes nothing'} now (${error.code})`);
}
