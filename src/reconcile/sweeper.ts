import { SupportError } from '../support/support-error.js';
import { errorFields, type Log } from '../telemetry/log.js';

export interface SweeperDeps {
  /** Resolves with the number of cases that were marked. */
  readonly sweep: () => Promise<number>;
  /** 0 turns sweeping off. */
  readonly everyMs: number;
  readonly log: Log;
  readonly now: () => number;
}

export interface SweepStatus {
  readonly state: 'off' | 'pending' | 'ok' | 'failed';
  /** When it last went through, milliseconds since 1970. */
  readonly lastAt: number | null;
  /** What is wrong and what to do, when it failed. */
  readonly problem: string | null;
}

/** Sweeps at the start, which catches up with what happened while we were away, and then at every interval. */
export class Sweeper {
  readonly #deps: SweeperDeps;
  #status: SweepStatus;
  #timer: NodeJS.Timeout | null = null;
  #stopped = false;

  constructor(deps: SweeperDeps) {
    this.#deps = deps;
    this.#status = { state: deps.everyMs === 0 ? 'off' : 'pending', lastAt: null, problem: null };
  }

  start(): void {
    if (this.#deps.everyMs > 0) void this.#round();
  }

  stop(): void {
    this.#stopped = true;
    if (this.#timer !== null) clearTimeout(this.#timer);
  }

  status(): SweepStatus {
    return this.#status;
  }

  async #round(): Promise<void> {
    const { sweep, everyMs, log, now } = this.#deps;
    const startedAt = now();
    try {
      const marked = await sweep();
      this.#status = { state: 'ok', lastAt: now(), problem: null };
      log.debug('sweep done', { marked, tookMs: now() - startedAt });
    } catch (error) {
      const problem = error instanceof SupportError ? error.sentence : 'The sweep failed; see the log.';
      // Said once, not at every interval.
      if (problem !== this.#status.problem) log.warn('sweep failed', { problem, ...errorFields(error) });
      this.#status = { state: 'failed', lastAt: this.#status.lastAt, problem };
    }
    if (this.#stopped) return;
    // A little jitter, so that several bots on one account do not ask AWS in step.
    this.#timer = setTimeout(() => void this.#round(), everyMs * (0.95 + Math.random() * 0.05));
  }
}
