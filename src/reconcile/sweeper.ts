import { DUTY_ASKED_EVERY_MS, type Duty } from '../lease/duty.js';
import type { Store } from '../store/store.js';
import { SupportError } from '../support/support-error.js';
import { errorFields, type Log } from '../telemetry/log.js';
import type { Swept } from './sweep.js';

export interface SweeperDeps {
  /** Rejects where no account could be asked for a reason of ours, such as the store. */
  readonly sweep: () => Promise<Swept>;
  /** 0 turns sweeping off. */
  readonly everyMs: number;
  /** One replica sweeps for all. */
  readonly duty: Duty;
  /** Where all replicas read what came of the last sweep, whoever made it. */
  readonly shared: Pick<Store, 'note' | 'saveNote'>;
  /** An account can be asked again that could not: what waited for the same cause may go on. */
  readonly onRecovered?: () => void;
  readonly log: Log;
  readonly now: () => number;
}

export interface SweepStatus {
  /** `partly`: some accounts could not be asked, and the others are well. */
  readonly state: 'off' | 'pending' | 'ok' | 'partly' | 'failed';
  /** When it last went through, for some accounts at least; milliseconds since 1970. */
  readonly lastAt: number | null;
  /** What is wrong and what to do, when it failed. It names no account: anybody may read it. */
  readonly problem: string | null;
  /** How many accounts could not be asked. */
  readonly failing: number;
}

/** What is kept of the last sweep, as JSON. */
interface LastSweep extends Omit<SweepStatus, 'failing'> {
  /** Which accounts could not be asked, and why. Not there in notes of earlier versions. */
  readonly failed?: readonly Failure[];
  /** When it ended, well or not. */
  readonly endedAt: number;
}

interface Failure {
  readonly account: string;
  readonly problem: string;
}

const NOTE = 'last-sweep';
const SEE_LOG = 'The sweep failed; see the log.';
const PENDING: SweepStatus = { state: 'pending', lastAt: null, problem: null, failing: 0 };
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
    const last = await this.#last();
    if (last === null) return PENDING;
    const { state, lastAt, problem, failed = [] } = last;
    return { state, lastAt, problem, failing: failed.length };
  }

  /** Why an account could not be asked by the last sweep; null where it could. Names the account. */
  async troubleOf(account: string): Promise<string | null> {
    if (this.#deps.everyMs === 0) return null;
    const failed = (await this.#last())?.failed ?? [];
    return failed.find((each) => each.account === account)?.problem ?? null;
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
      const swept = await sweep();
      if (this.#stopped) return;
      const failed = this.#sayWhatFailed(swept, before?.failed ?? []);
      log.debug('sweep done', { marked: swept.marked, failed: failed.length, tookMs: now() - startedAt });
      const state = failed.length === 0 ? 'ok' : failed.length < swept.accounts ? 'partly' : 'failed';
      const lastAt = state === 'failed' ? (before?.lastAt ?? null) : now();
      const problem = problemOf(failed, swept.accounts);
      await this.#keep({ state, lastAt, problem, failed, endedAt: now() });
      const isBack = ({ account }: Failure) => !failed.some((each) => each.account === account);
      // It was no account that failed, or an earlier version did not write down which.
      const wasAllOfIt = before?.failed === undefined || before.problem === SEE_LOG;
      const isOverAtAll = before?.state === 'failed' && wasAllOfIt && state !== 'failed';
      if (isOverAtAll || before?.failed?.some(isBack)) this.#deps.onRecovered?.();
    } catch (error) {
      // What it needed was closed under it.
      if (this.#stopped) return;
      // Said once, not at every interval.
      if (SEE_LOG !== before?.problem) log.warn('sweep failed', { problem: SEE_LOG, ...errorFields(error) });
      const { lastAt = null, failed = [] } = before ?? {};
      await this.#keep({ state: 'failed', lastAt, problem: SEE_LOG, failed, endedAt: now() });
    }
  }

  /** Into the log, once when an account fails, or for another reason than before, and once when it is well again. */
  #sayWhatFailed({ failed }: Swept, before: readonly Failure[]): readonly Failure[] {
    const { log } = this.#deps;
    const failures = failed.map(({ account, error }) => {
      const problem = error instanceof SupportError ? error.sentence : SEE_LOG;
      const isSaid = before.some((each) => each.account === account && each.problem === problem);
      if (!isSaid) log.warn('sweep failed', { account, problem, ...errorFields(error) });
      return { account, problem };
    });
    for (const { account } of before) {
      if (!failures.some((each) => each.account === account)) log.info('sweep no longer fails', { account });
    }
    return failures;
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

/** Of several accounts the sentences say which it is, and this is for anybody to read. */
function problemOf(failed: readonly Failure[], accounts: number): string | null {
  const [first] = failed;
  if (first === undefined || accounts === 1) return first?.problem ?? null;
  return `${failed.length} of ${accounts} accounts cannot be asked. The log says which, why, and what to do.`;
}
