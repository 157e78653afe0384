/** So many messages per second in the long run, and a small burst at once after a quiet time. */
export interface Pace {
  readonly perSecond: number;
  readonly burst: number;
}

/** Slack allows one message per second and channel, "short bursts" above (chat.postMessage, rate limits). */
export const POST_PACE: Pace = { perSecond: 0.95, burst: 3 };
/** chat.update is a Tier 3 method: 50 a minute in a workspace. */
export const UPDATE_PACE: Pace = { perSecond: 0.75, burst: 10 };
/** So are conversations.history and conversations.replies, each. */
export const READ_PACE: Pace = UPDATE_PACE;

interface Waiting {
  readonly priority: number;
  readonly go: () => void;
  readonly stop: (error: Error) => void;
}

interface Lane {
  /** When the next message would be due if the burst had never been used. */
  due: number;
  pausedUntil: number;
  waiting: Waiting[];
  timer: NodeJS.Timeout | null;
}

/**
 * Keeps to a pace per lane (a channel, or a method) before Slack has to refuse: a leaky bucket (GCRA). Whoever waits
 * goes by priority, then in order of arrival.
 */
export class Pacer {
  readonly #intervalMs: number;
  readonly #toleranceMs: number;
  readonly #now: () => number;
  readonly #lanes = new Map<string, Lane>();
  #stopped = false;

  /** @param now milliseconds of a clock that never goes back. */
  constructor({ perSecond, burst }: Pace, now: () => number) {
    this.#intervalMs = 1000 / perSecond;
    this.#toleranceMs = (burst - 1) * this.#intervalMs;
    this.#now = now;
  }

  /** Resolves when it is this caller's turn; rejects when the pacer is stopped. Higher priorities go first. */
  take(name: string, priority: number): Promise<void> {
    if (this.#stopped) return Promise.reject(new Error('stopping'));
    const lane = this.#lane(name);
    return new Promise((go, stop) => {
      const after = lane.waiting.findIndex((other) => other.priority < priority);
      lane.waiting.splice(after < 0 ? lane.waiting.length : after, 0, { priority, go, stop });
      this.#serve(name, lane);
    });
  }

  /** Slack said when to come back: nobody goes before. */
  pause(name: string, ms: number): void {
    const lane = this.#lane(name);
    lane.pausedUntil = Math.max(lane.pausedUntil, this.#now() + ms);
    this.#serve(name, lane);
  }

  stop(): void {
    this.#stopped = true;
    for (const lane of this.#lanes.values()) {
      if (lane.timer !== null) clearTimeout(lane.timer);
      for (const { stop } of lane.waiting.splice(0)) stop(new Error('stopping'));
    }
    this.#lanes.clear();
  }

  #lane(name: string): Lane {
    const existing = this.#lanes.get(name);
    if (existing !== undefined) return existing;
    const lane: Lane = { due: 0, pausedUntil: 0, waiting: [], timer: null };
    this.#lanes.set(name, lane);
    return lane;
  }

  #serve(name: string, lane: Lane): void {
    if (lane.timer !== null) clearTimeout(lane.timer);
    lane.timer = null;
    for (;;) {
      const now = this.#now();
      const readyAt = Math.max(lane.due - this.#toleranceMs, lane.pausedUntil);
      if (now < readyAt) {
        if (lane.waiting.length > 0 || lane.pausedUntil > now) {
          lane.timer = setTimeout(() => this.#serve(name, lane), Math.ceil(readyAt - now));
        }
        return;
      }
      const next = lane.waiting.shift();
      if (next === undefined) {
        // A lane at rest need not be remembered.
        if (lane.due <= now) this.#lanes.delete(name);
        return;
      }
      lane.due = Math.max(lane.due, now) + this.#intervalMs;
      next.go();
    }
  }
}
