/**
 * A limit that others share with us: who may go now, and how long everybody else has to wait. Where several replicas run,
 * one gate stands for all of them.
 */
export interface Gate {
  /**
   * Takes one turn in a lane (a channel, a method, an account) and gives 0; or takes none and gives the milliseconds
   * after which to ask again, at least 1. Rejects when it cannot be known whether anybody may go, and always settles.
   */
  take(lane: string): number | Promise<number>;
  /** Nobody goes before so many milliseconds have passed. What is paused for longer already stays so. */
  pause(lane: string, ms: number): void | Promise<void>;
  /**
   * Others ask too: whoever was sent away comes later than said by up to so many milliseconds, so that not all come at
   * once and the urgent come first (see {@link latenessMs}). 0 where nobody else asks.
   */
  readonly spreadMs: number;
}

/** So many per second in the long run, and a small burst at once after a quiet time. */
export interface Rate {
  readonly perSecond: number;
  readonly burst: number;
}

/** Never more than so many in any span of that length. */
export interface Window {
  readonly calls: number;
  readonly perMs: number;
}

/** Makes gates that all who share a storage share. Gates of one name must be given the same limit. */
export interface Gates {
  rate(name: string, rate: Rate): Gate;
  window(name: string, window: Window): Gate;
}
