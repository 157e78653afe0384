import type { Window } from '../pace/gate.js';
import { NoTurn, type Pacer } from '../pace/pacer.js';
import { NO_REDIS, STOPPING } from './reasons.js';
import type { Urgency } from './support-api.js';
import { SupportError } from './support-error.js';

/**
 * AWS Support takes 5 calls per second and account, whoever makes them (General Reference, AWS Support quotas). A little
 * over a second: calls are counted where they arrive, not where they are sent.
 */
export const AWS_LIMIT: Window = { calls: 5, perMs: 1_100 };

/**
 * Makes the call when its turn comes. Rejects with what the call rejects with, or with a SupportError when no turn comes:
 * then nothing has been sent.
 */
export type CallPace = <T>(urgency: Urgency, call: () => Promise<T>) => Promise<T>;

const THROTTLED_MS = 250;

const PRIORITY: Record<Urgency, number> = { person: 2, event: 1, sweep: 0 };

/** One account's turns: whoever waits for an answer goes first. @param lane stands for the account. */
export function createCallPace(calls: Pacer, lane: string): CallPace {
  return async (urgency, call) => {
    await calls.take(lane, PRIORITY[urgency]).catch(sayWhy);
    return call().catch((error: unknown) => {
      // Somebody else uses the account's calls, or some of ours arrived late: the next ones would only be refused as well.
      if (error instanceof SupportError && error.kind === 'throttled') calls.pause(lane, THROTTLED_MS);
      throw error;
    });
  };
}

function sayWhy(cause: unknown): never {
  const why = cause instanceof NoTurn ? cause.why : 'no-turn';
  const sentence = why === 'stopping' ? STOPPING : NO_REDIS;
  throw new SupportError('unreachable', why, sentence, 'no', { cause });
}
