import type { Gate, Gates, Rate, Window } from './gate.js';

/**
 * Gates for one process. They answer at once.
 *
 * @param now milliseconds of a clock that never goes back.
 */
export function localGates(now: () => number): Gates {
  return {
    rate: (_, rate) => rateGate(rate, now),
    window: (_, window) => windowGate(window, now),
  };
}

/** Looked at only when there are so many: channels and people come and go, and a lane at rest need not be remembered. */
const MANY_LANES = 1_000;

/** A leaky bucket (GCRA). */
export function rateGate({ perSecond, burst }: Rate, now: () => number): Gate {
  const intervalMs = 1000 / perSecond;
  const toleranceMs = (burst - 1) * intervalMs;
  /** When the next turn would be due if the burst had never been used, and until when nobody goes. */
  const lanes = new Map<string, { due: number; pausedUntil: number }>();
  const laneOf = (name: string) => lanes.get(name) ?? { due: 0, pausedUntil: 0 };
  return {
    spreadMs: 0,
    take(name) {
      const at = now();
      const { due, pausedUntil } = laneOf(name);
      const readyAt = Math.max(due - toleranceMs, pausedUntil);
      if (at < readyAt) return Math.ceil(readyAt - at);
      forget(lanes, (lane) => lane.due <= at && lane.pausedUntil <= at);
      lanes.set(name, { due: Math.max(due, at) + intervalMs, pausedUntil });
      return 0;
    },
    pause(name, ms) {
      const { due, pausedUntil } = laneOf(name);
      lanes.set(name, { due, pausedUntil: Math.max(pausedUntil, now() + ms) });
    },
  };
}

/** A sliding window. */
export function windowGate({ calls, perMs }: Window, now: () => number): Gate {
  /** The times of the newest turns, oldest first, and until when nobody goes. */
  const lanes = new Map<string, { readonly taken: number[]; pausedUntil: number }>();
  const laneOf = (name: string) => {
    const lane = lanes.get(name) ?? { taken: [], pausedUntil: 0 };
    lanes.set(name, lane);
    return lane;
  };
  return {
    spreadMs: 0,
    take(name) {
      const at = now();
      forget(lanes, (lane) => (lane.taken.at(-1) ?? 0) + perMs <= at && lane.pausedUntil <= at);
      const lane = laneOf(name);
      const oldest = lane.taken.length < calls ? undefined : lane.taken[0];
      const readyAt = Math.max(oldest === undefined ? 0 : oldest + perMs, lane.pausedUntil);
      if (at < readyAt) return Math.ceil(readyAt - at);
      if (oldest !== undefined) lane.taken.shift();
      lane.taken.push(at);
      return 0;
    },
    pause(name, ms) {
      const lane = laneOf(name);
      lane.pausedUntil = Math.max(lane.pausedUntil, now() + ms);
    },
  };
}

function forget<Lane>(lanes: Map<string, Lane>, isAtRest: (lane: Lane) => boolean): void {
  if (lanes.size < MANY_LANES) return;
  for (const [name, lane] of lanes) if (isAtRest(lane)) lanes.delete(name);
}
