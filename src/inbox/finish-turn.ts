import { setTimeout as delay } from 'node:timers/promises';
import type { Redis } from 'ioredis';
import { runScript } from '../redis/script.js';
import { errorFields, type Log } from '../telemetry/log.js';
import type { Outcome } from './outcome.js';
import { AGAIN_AFTER_MS } from './outcome-of.js';
import { FINISH } from './redis-inbox-scripts.js';
import type { Turn } from './redis-turn.js';

export interface FinishDeps {
  readonly redis: Redis;
  readonly base: string;
  /** For the log. */
  readonly queue: string;
  readonly parkedMs: number;
  /** After how long what Redis did not answer is tried again. */
  readonly retryMs: number;
  /** Aborted when nobody waits any more for what has not ended. */
  readonly ended: AbortSignal;
  readonly log?: Log | undefined;
}

/** Writes down how the work on a key ended. Returns after how many milliseconds to look for more; -1: nothing is marked. */
export async function finishTurn(
  { redis, base, queue, parkedMs, retryMs, ended, log }: FinishDeps,
  turn: Turn,
  outcome: Outcome,
): Promise<number> {
  const { key, token, generation } = turn;
  const reason = outcome.outcome === 'park' ? outcome.reason : '';
  const args = [key, token, generation, outcome.outcome, dueAfter(outcome, parkedMs), reason];
  while (!turn.isLost) {
    try {
      const [isOurs, nextMs] = (await runScript(redis, FINISH, [base], args)) as [number, number];
      if (isOurs === 0) log?.info('somebody else has taken over', { queue, key });
      return nextMs;
    } catch (error) {
      if (turn.isOver || ended.aborted) {
        // It stays marked, so the work is done again, by us or by another, and it is safe to repeat.
        log?.warn('an outcome could not be kept', { queue, key, ...errorFields(error) });
        return retryMs;
      }
      await delay(retryMs, undefined, { signal: ended }).catch(() => undefined);
    }
  }
  return 0;
}

/** The work on a key was not begun: another may take it up at once. When it fails, the lease ends by itself. */
export async function giveTurnBack(
  { redis, base }: Pick<FinishDeps, 'redis' | 'base'>,
  { key, token, generation }: Turn,
): Promise<void> {
  const args = [key, token, generation, 'untouched', 0, ''];
  await runScript(redis, FINISH, [base], args).catch(() => undefined);
}

/** Milliseconds until the key is due again; -1: never. */
function dueAfter(outcome: Outcome, parkedMs: number): number {
  switch (outcome.outcome) {
    case 'done':
      return outcome.next ?? -1;
    case 'again':
      return outcome.after ?? AGAIN_AFTER_MS;
    case 'park':
      return parkedMs;
  }
}
