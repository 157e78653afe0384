/**
 * A limit that others share with us: who may go now, and how long everybody else has to wait. Where several replicas run,
 * one gate stands for all of them.
 */
export interface Gate {
  /**
   * Takes one turn in a lane (a channel, a method, an account) and resolves with 0; or takes none and resolves with the
   * milliseconds after which to ask again, at least 1.
   */
  take(lane: string): Promise<number>;
  /** Nobody goes before so many milliseconds have passed. */
  pause(lane: string, ms: number): Promise<void>;
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
