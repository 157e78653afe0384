import { type CaseKey, caseKeyText } from '../case/case-key.js';
import { errorFields, type Log } from '../telemetry/log.js';

export interface RoundsDeps {
  readonly unfinished: () => Promise<readonly CaseKey[]>;
  readonly mark: (key: string, after: number) => Promise<void>;
  /** Gives up what has waited too long for a person; done at the start and once an hour. */
  readonly expire?: () => Promise<void>;
  readonly everyMs: number;
  readonly log: Log;
}

/** A message that was kept without its mark is found within two rounds: people are told "within a minute". */
export const ROUND_EVERY_MS = 25_000;
const EXPIRE_EVERY_MS = 3_600_000;

/**
 * Marks the cases whose outbox is not at its end: at the start, and at every interval. A message and its mark are two
 * writes; whoever is killed between them, or loses the store, leaves a message that nobody would send or tell of.
 *
 * Every replica goes its rounds, and none has to know of the others: a case that is marked already stays as it is.
 */
export class Rounds {
  readonly #deps: RoundsDeps;
  #timer: NodeJS.Timeout | null = null;
  #round: Promise<void> = Promise.resolve();
  #stopped = false;
  #failed = false;
  #expiredAt: number | null = null;

  constructor(deps: RoundsDeps) {
    this.#deps = deps;
  }

  /** Resolves after the first round. */
  start(): Promise<void> {
    // What an earlier process left has waited long enough.
    this.#begin(0);
    return this.#round;
  }

  /** Resolves when the round in hand has ended. */
  stop(): Promise<void> {
    this.#stopped = true;
    if (this.#timer !== null) clearTimeout(this.#timer);
    return this.#round;
  }

  #begin(after: number): void {
    this.#round = this.#goRound(after).then(() => {
      if (this.#stopped) return;
      const { everyMs } = this.#deps;
      // Later than now, so that no wait of a case that is marked already is cut short, by as many replicas as there are.
      this.#timer = setTimeout(() => this.#begin(everyMs), everyMs);
    });
  }

  async #goRound(after: number): Promise<void> {
    const { unfinished, mark, log } = this.#deps;
    try {
      for (const key of await unfinished()) {
        if (this.#stopped) return;
        await mark(caseKeyText(key), after);
      }
      await this.#expire();
      this.#failed = false;
    } catch (error) {
      // Said once, not at every round.
      if (!this.#failed) log.warn('the outbox could not be looked through', errorFields(error));
      this.#failed = true;
    }
  }
  async #expire(): Promise<void> {
    const now = performance.now();
    if (this.#expiredAt !== null && now - this.#expiredAt < EXPIRE_EVERY_MS) return;
    await this.#deps.expire?.();
    this.#expiredAt = now;
  }
}
