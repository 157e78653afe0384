import assert from 'node:assert/strict';
import type { Gate, Rate, Window } from '../../src/pace/gate.js';

/** A turn was given at some moment between these two. */
export interface Turn {
  readonly askedAt: number;
  readonly answeredAt: number;
}

/** The gate, and every turn that it gave away. */
export function noting(gate: Gate, now: () => number): { gate: Gate; turns: Turn[]; asked: () => number } {
  const turns: Turn[] = [];
  let asked = 0;
  return {
    turns,
    asked: () => asked,
    gate: {
      spreadMs: gate.spreadMs,
      async take(lane) {
        asked++;
        const askedAt = now();
        const wait = await gate.take(lane);
        if (wait === 0) turns.push({ askedAt, answeredAt: now() });
        return wait;
      },
      pause: (lane, ms) => gate.pause(lane, ms),
    },
  };
}

/**
 * That no span held more turns than it may. A span is taken as long as it can have been: what a busy machine was late with
 * looks like no fault.
 */
export function assertNeverMore(turns: readonly Turn[], allowed: (spanMs: number) => number): void {
  const inOrder = [...turns].sort((a, b) => a.answeredAt - b.answeredAt);
  for (const from of inOrder.keys()) {
    let startedAt = Number.POSITIVE_INFINITY;
    for (const [n, { askedAt, answeredAt }] of inOrder.slice(from).entries()) {
      startedAt = Math.min(startedAt, askedAt);
      const spanMs = answeredAt - startedAt;
      assert.ok(n + 1 <= allowed(spanMs) + 1e-6, `${n + 1} turns in ${spanMs} ms`);
    }
  }
}

export const byRate =
  ({ perSecond, burst }: Rate) =>
  (spanMs: number) =>
    burst + (spanMs / 1_000) * perSecond;

/** A span shorter than the window has at most so many; one of exactly its length may touch both its ends. */
export const byWindow =
  ({ calls, perMs }: Window) =>
  (spanMs: number) =>
    calls * (Math.floor(spanMs / perMs) + 1);
