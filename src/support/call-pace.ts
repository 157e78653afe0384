import PQueue from 'p-queue';
import type { Urgency } from './support-api.js';

/** AWS Support takes 5 calls per second and account, whoever makes them (General Reference, AWS Support quotas). */
export interface CallLimit {
  readonly calls: number;
  readonly perMs: number;
}

/** A little over a second: calls are counted where they arrive, not where they are sent. */
export const AWS_LIMIT: CallLimit = { calls: 5, perMs: 1_050 };

export type CallPace = <T>(urgency: Urgency, call: () => Promise<T>) => Promise<T>;

const PRIORITY: Record<Urgency, number> = { person: 2, event: 1, sweep: 0 };

/** One account's turn: never more calls in any such span than the limit allows; whoever waits for an answer goes first. */
export function createCallPace({ calls, perMs }: CallLimit): CallPace {
  const queue = new PQueue({ interval: perMs, intervalCap: calls, strict: true });
  return (urgency, call) => queue.add(call, { priority: PRIORITY[urgency] });
}
