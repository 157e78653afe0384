import type { Gate, Rate, Window } from './gate.js';

/** A leaky bucket (GCRA) for one process. @param now milliseconds of a clock that never goes back. */
export function rateGate({ perSecond, burst }: Rate, now: () => number): Gate {
  const intervalMs = 1000 / perSecond;
  const toleranceMs = (burst - 1) * intervalMs;
  /** When the next turn would be due if the burst had never been used, and until when nobody goes. */
  const lanes = new Map<string, { due: number; pausedUntil: number }>();
  const laneOf = (name: string) => lanes.get(name) ?? { due: 0, pausedUntil: 0 };
  return {
    async take(name) {
      const lane = laneOf(name);
      const at = now();
      const readyAt = Math.max(lane.due - toleranceMs, lane.pausedUntil);
      if (at < readyAt) return Math.ceil(readyAt - at);
      forgetThoseAtRest(lanes, at);
      lanes.set(name, { ...lane, due: Math.max(lane.due, at) + intervalMs });
      return 0;
    },
    async pause(name, ms) {
      const lane = laneOf(name);
      lanes.set(name, { ...lane, pausedUntil: Math.max(lane.pausedUntil, now() + ms) });
    },
  };
}

/** Channels and people come and go: a lane at rest need not be remembered. Looked at now and then. */
function forgetThoseAtRest(lanes: Map<string, { due: number; pausedUntil: number }>, at: number): void {
  if (lanes.size < 1_000) return;
  for (const [name, { due, pausedUntil }] of lanes) if (due <= at && pausedUntil <= at) lanes.delete(name);
}

/** A sliding window for one process. */
export function windowGate({ calls, perMs }: Window, now: () => number): Gate {
  const lanes = new Map<string, { taken: number[]; pausedUntil: number }>();
  const laneOf = (name: string) => {
    const lane = lanes.get(name) ?? { taken: [], pausedUntil: 0 };
    lanes.set(name, lane);
    return lane;
  };
  return {
    async take(name) {
      const lane = laneOf(name);
      const at = now();
      const oldest = lane.taken.length < calls ? undefined : lane.taken[0];
      const readyAt = Math.max(oldest === undefined ? 0 : oldest + perMs, lane.pausedUntil);
      if (at < readyAt) return Math.ceil(readyAt - at);
      lane.taken = [...lane.taken.slice(1 - calls), at].slice(-calls);
      return 0;
    },
    async pause(name, ms) {
      const lane = laneOf(name);
      lane.pausedUntil = Math.max(lane.pausedUntil, now() + ms);
    },
  };
}
