import { DUTY_ASKED_EVERY_MS, type Duty } from '../lease/duty.js';
import type { Store } from '../store/store.js';
import { SupportError } from '../support/support-error.js';
import { errorFields, type Log } from '../telemetry/log.js';

export interface SweeperDeps {
  /** Resolves with the number of cases that were marked. */
  readonly sweep: () => Promise<number>;
  /** 0 turns sweeping off. */
  readonly everyMs: number;
  /** One replica sweeps for all. */
  readonly duty: Duty;
  /** Where all replicas read what came of the last sweep, whoever made it. */
  readonly shared: Pick<Store, 'note' | 'saveNote'>;
  /** A sweep went through after one that had failed: what waited for the same cause may go on. */
  readonly onRecovered?: () => void;
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

/** What is kept of the last sweep, as JSON. */
interface LastSweep extends SweepStatus {
  /** When it ended, well or not. */
  readonly endedAt: number;
}

const NOTE = 'last-sweep';
const PENDING: SweepStatus = { state: 'pending', lastAt: null, problem: null };
const OFF: SweepStatus = { ...PENDING, state: 'off' };

/**
 * Sweeps on one replica at a time, at every interval. A replica that starts and finds that nobody has the duty sweeps at
 * once, which catches up with what happened while we were away; one that takes the duty over sweeps when it is due.
 */
export class Sweeper {
  readonly #deps: SweeperDeps;
  /** The last one of our own, for when the shared one cannot be read. */
  #own: LastSweep | null = null;
  #isFirstAsk = true;
  #isCatchingUp = false;
  #jitter = 1;
  #timer: NodeJS.Timeout | null = null;
  #stopped = false;

  constructor(deps: SweeperDeps) {
    this.#deps = deps;
  }

  start(): void {
    if (this.#deps.everyMs > 0) void this.#turn();
  }

  /** Leaves the duty to the others. A sweep that is under way ends by itself, and nothing comes of it any more. */
  async stop(): Promise<void> {
    if (this.#stopped) return;
    this.#stopped = true;
    if (this.#timer !== null) clearTimeout(this.#timer);
    if (this.#deps.everyMs > 0) await this.#deps.duty.leave();
  }

  /** Of the last sweep, whichever replica made it. */
  async status(): Promise<SweepStatus> {
    if (this.#deps.everyMs === 0) return OFF;
    const { state, lastAt, problem } = (await this.#last()) ?? PENDING;
    return { state, lastAt, problem };
  }

  /** Asks whether it falls to us, and if so and it is due, sweeps. */
  async #turn(): Promise<void> {
    const { duty, everyMs } = this.#deps;
    const isOurs = await this.#isOurs();
    // Nobody had it when we came: nobody was there.
    if (this.#isFirstAsk) this.#isCatchingUp = isOurs;
    this.#isFirstAsk = false;
    let waitMs = everyMs;
    if (isOurs) {
      waitMs = this.#isCatchingUp ? 0 : await this.#dueIn();
      if (waitMs <= 0 && !this.#stopped) {
        this.#isCatchingUp = false;
        const asking = setInterval(() => void this.#isOurs(), DUTY_ASKED_EVERY_MS);
        await this.#round();
        clearInterval(asking);
        waitMs = everyMs * this.#jitter;
      }
    }
    // What was asked before we stopped may have been granted after we left.
    if (this.#stopped) await duty.leave();
    else this.#timer = setTimeout(() => void this.#turn(), Math.min(waitMs, DUTY_ASKED_EVERY_MS));
  }

  async #isOurs(): Promise<boolean> {
    if (this.#stopped) return false;
    return this.#deps.duty.isOurs().catch(() => false);
  }

  async #dueIn(): Promise<number> {
    const { everyMs, now } = this.#deps;
    const last = await this.#last();
    // One that is far ahead was written down by a clock that has been set back since.
    if (last === null || last.endedAt - now() > everyMs) return 0;
    return last.endedAt + everyMs * this.#jitter - now();
  }

  async #round(): Promise<void> {
    const { sweep, log, now } = this.#deps;
    const before = await this.#last();
    const startedAt = now();
    // A little jitter, so that several bots on one account do not ask AWS in step.
    this.#jitter = 0.95 + Math.random() * 0.05;
    try {
      const marked = await sweep();
      if (this.#stopped) return;
      log.debug('sweep done', { marked, tookMs: now() - startedAt });
      await this.#keep({ state: 'ok', lastAt: now(), problem: null, endedAt: now() });
    } catch (error) {
      // What it needed was closed under it.
      if (this.#stopped) return;
      const problem = error instanceof SupportError ? error.sentence : 'The sweep failed; see the log.';
      // Said once, not at every interval.
      if (problem !== before?.problem) log.warn('sweep failed', { problem, ...errorFields(error) });
      await this.#keep({ state: 'failed', lastAt: before?.lastAt ?? null, problem, endedAt: now() });
      return;
    }
    if (before?.state === 'failed') this.#deps.onRecovered?.();
  }

  async #keep(last: LastSweep): Promise<void> {
    this.#own = last;
    // The store says itself that it cannot be written to; the others then sweep once more than they need.
    await this.#deps.shared.saveNote(NOTE, JSON.stringify(last)).catch(() => undefined);
  }

  /** The last sweep that we know of. */
  async #last(): Promise<LastSweep | null> {
    const shared = await this.#deps.shared
      .note(NOTE)
      .then((text) => (text === null ? null : (JSON.parse(text) as LastSweep)))
      .catch(() => null);
    if (shared === null || this.#own === null) return shared ?? this.#own;
    return shared.endedAt >= this.#own.endedAt ? shared : this.#own;
  }
}
