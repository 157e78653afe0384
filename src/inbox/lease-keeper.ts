import type { Redis } from 'ioredis';
import { type Clocks, stopwatch } from '../lease/stopwatch.js';
import { runScript } from '../redis/script.js';
import { RENEW } from './redis-inbox-scripts.js';
import type { Turn } from './redis-turn.js';

export interface LeaseKeeperOptions {
  readonly redis: Redis;
  readonly base: string;
  readonly leaseMs: number;
  readonly clocks: Clocks;
  /** After how long what Redis did not answer is tried again. */
  readonly retryMs: number;
  readonly onLost: (turn: Turn) => void;
}

/** The turns in hand, whose leases it renews together, until it is told to stop. */
export class LeaseKeeper {
  readonly #options: LeaseKeeperOptions;
  readonly #turns = new Map<string, Turn>();
  #timer: NodeJS.Timeout | null = null;
  #inDoubt = false;
  #stopped = false;

  constructor(options: LeaseKeeperOptions) {
    this.#options = options;
  }

  get size(): number {
    return this.#turns.size;
  }

  *keys(): Iterable<string> {
    for (const { key } of this.#turns.values()) yield key;
  }

  add(turn: Turn): void {
    this.#turns.set(turn.token, turn);
    if (this.#timer === null) this.#renewIn(this.#options.leaseMs / 3);
  }

  drop(turn: Turn): void {
    this.#turns.delete(turn.token);
  }

  /** The connection was cut: another server may answer now, which may know less than the one that gave us the leases. */
  doubt(): void {
    this.#inDoubt = true;
  }

  /**
   * Before anything else is taken: renews what may have ended while this process was paused, so that we do not take our
   * own keys over from ourselves, and what is in doubt. Rejects when Redis does not answer.
   */
  async renewOverdue(): Promise<void> {
    const isOverdue = [...this.#turns.values()].some((turn) => turn.age > this.#options.leaseMs / 2);
    if (isOverdue || this.#inDoubt) await this.#renew();
  }

  stop(): void {
    this.#stopped = true;
    if (this.#timer !== null) clearTimeout(this.#timer);
  }

  #renewIn(ms: number): void {
    if (this.#stopped) return;
    this.#timer = setTimeout(async () => {
      // Redis is away: the work goes on as long as the lease holds, which each turn knows by itself.
      const isRenewed = await this.#renew().then(
        () => true,
        () => false,
      );
      this.#timer = null;
      if (this.#turns.size > 0) this.#renewIn(isRenewed ? this.#options.leaseMs / 3 : this.#options.retryMs);
    }, ms);
  }

  async #renew(): Promise<void> {
    const { redis, base, leaseMs, clocks, onLost } = this.#options;
    const turns = [...this.#turns.values()].filter((turn) => !turn.isLost);
    this.#inDoubt = false;
    if (turns.length === 0) return;
    const age = stopwatch(clocks);
    const pairs = turns.flatMap(({ key, token }) => [key, token]);
    const reply = await runScript(redis, RENEW, [base], [leaseMs, ...pairs]).catch((error: unknown) => {
      this.#inDoubt = true;
      throw error;
    });
    const lost = new Set(reply as string[]);
    for (const turn of turns) {
      if (!lost.has(turn.token)) turn.renewed(age);
      else if (this.#turns.has(turn.token)) {
        // Not one that has ended while we asked.
        turn.lose();
        onLost(turn);
      }
    }
  }
}
