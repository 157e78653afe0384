import { NoTurn, type Pacer } from '../pace/pacer.js';
import { SlackError } from './slack-error.js';

/** Waits for a turn in a lane. Rejects with a SlackError when none comes any more: then nothing has been sent. */
export async function takeTurn(pacer: Pacer, lane: string, priority: number): Promise<void> {
  await pacer.take(lane, priority).catch((cause: unknown) => {
    const why = cause instanceof NoTurn ? cause.why : 'no-turn';
    const sentence =
      why === 'stopping'
        ? 'Casethread is stopping. It goes on when it is back.'
        : 'Casethread cannot reach its Redis, without which it asks nothing of Slack. It goes on when it can.';
    throw new SlackError('unreachable', why, sentence, 'no', null, { cause });
  });
}

/** Holds a lane back for as long as Slack asks for, and passes the error on. */
export function pauseWhenLimited(pacer: Pacer, lane: string, error: unknown): never {
  if (error instanceof SlackError && error.kind === 'rate-limited')
    pacer.pause(lane, error.retryAfterMs ?? 0);
  throw error;
}
