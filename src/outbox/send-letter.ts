import { FileTrouble } from '../case/file-trouble.js';
import { withStamp } from '../case/stamp.js';
import { again } from '../inbox/outcome.js';
import type { OutboxMessage } from '../store/outbox-message.js';
import type { Letter } from '../support/support-api.js';
import { hasExpired, SupportError } from '../support/support-error.js';
import { type Brought, bringFiles, Stopping } from './bring-files.js';
import { notTaken } from './not-taken.js';
import { FILE_REASONS } from './reasons.js';
import { change, MovedOn, type Step, type Turn } from './turn.js';

/** How often the files of a letter are brought in one go. */
const BRINGS = 3;

/**
 * Sends what a person wrote, with its stamp, copies and files. The files are at AWS by then; to bring them again does no
 * harm.
 *
 * @param attempt writes down that it leaves now; rejects with MovedOn where it must not.
 */
export async function sendLetter<T>(
  turn: Turn,
  message: OutboxMessage,
  attempt: () => Promise<void>,
  how: {
    /** Asked once files were brought. Null where the letter may leave still; else what is done instead. */
    readonly afterFiles?: () => Promise<Step>;
    readonly send: (letter: Letter, atTurn: () => Promise<void>) => Promise<T>;
    /** AWS has it. */
    readonly sent: (sending: OutboxMessage, answer: T) => Promise<Step>;
  },
): Promise<Step> {
  const { now } = turn;
  const body = withStamp(message.text, message.person, message.reference);
  const cc = message.cc ?? [];
  for (let brings = 1; ; brings += 1) {
    const beganAt = now();
    let brought: Brought;
    try {
      brought = await bringFiles(turn, message);
      const instead = message.files === undefined ? null : ((await how.afterFiles?.()) ?? null);
      if (instead !== null) return instead;
    } catch (error) {
      if (error instanceof Stopping) return again('the bot was stopped while files were on their way');
      // The first of them waited for the last for longer than AWS keeps files.
      if (error instanceof SupportError && hasExpired(error)) {
        if (brings < BRINGS) continue;
        return notTaken(turn, message, new FileTrouble('expired', FILE_REASONS.expired, false));
      }
      return notTaken(turn, message, error);
    }
    // The time that files take is not AWS's fault: what AWS does not take now, it is given again as long as any other.
    const since = message.createdAt + (now() - beganAt);
    const sending: OutboxMessage = { ...message, state: 'sending', createdAt: since };
    let isBegun = false;
    const begin = async () => {
      await attempt();
      isBegun = true;
    };
    let answer: T;
    try {
      answer = await how.send({ body, cc, ...brought }, begin);
    } catch (error) {
      if (error instanceof MovedOn) return 'next';
      // LeaseLost, for one: whoever has taken over finds it `sending`, and asks the person rather than send it again.
      if (!(error instanceof SupportError)) throw error;
      // An account that cannot be asked refuses before anything is written down.
      if (!isBegun) return notTaken(turn, { ...sending, state: message.state }, error);
      if (error.happened === 'maybe')
        return change(
          turn,
          sending,
          { state: 'in-doubt', doubtedAt: now() },
          { awsRequestId: error.requestId },
        );
      if (!hasExpired(error)) return notTaken(turn, sending, error);
      if (brings === BRINGS)
        return notTaken(turn, sending, new FileTrouble('expired', FILE_REASONS.expired, false));
      // It waited for its turn for longer than AWS keeps files. Nothing was sent, so they are brought once more.
      const { attempts, attemptedAt } = message;
      await change(turn, sending, { state: 'queued', attempts, attemptedAt });
      continue;
    }
    return how.sent(sending, answer);
  }
}
