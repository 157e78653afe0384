import type { Redis } from 'ioredis';
import { type Lease, LeaseLost } from '../lease/lease.js';
import type { Clocks } from '../lease/stopwatch.js';
import { stopwatch } from '../lease/stopwatch.js';
import { markKey } from '../redis/keys.js';
import { runScript } from '../redis/script.js';
import { OVERDUE_MS } from './inbox.js';
import { TAKE } from './redis-inbox-scripts.js';

/**
 * How much sooner than Redis we take a lease for ended, as a share of it. What is sent right after the lease was asked
 * is still on its way for a while, and two machines' clocks do not run at quite the same speed.
 */
const MARGIN = 0.2;

export interface TurnOptions {
  readonly queue: string;
  readonly key: string;
  readonly token: string;
  readonly generation: string;
  readonly attempts: number;
  readonly since: number;
  readonly leaseMs: number;
}

/** A key that was handed out to us, from then until its work has ended. */
export class Turn {
  readonly key: string;
  readonly token: string;
  /** Counts the marks that we know of. */
  readonly generation: string;
  readonly attempts: number;
  readonly since: number;
  readonly lease: Lease;
  readonly #leaseMs: number;
  #age: () => number;
  #isLost = false;

  /** @param age of the lease: since the command that took the key was SENT, because Redis's time began after that. */
  constructor({ queue, key, token, generation, attempts, since, leaseMs }: TurnOptions, age: () => number) {
    this.key = key;
    this.token = token;
    this.generation = generation;
    this.attempts = attempts;
    this.since = since;
    this.#leaseMs = leaseMs;
    this.#age = age;
    const lock = markKey(queue, key);
    this.lease = {
      lock,
      token,
      check: () => {
        if (this.#isLost || this.#age() > leaseMs * (1 - MARGIN)) throw new LeaseLost(lock);
      },
    };
  }

  /** Redis has said that somebody else has it, or that nobody knows of it any more. */
  get isLost(): boolean {
    return this.#isLost;
  }

  /** Whether anybody may have taken it over by now. */
  get isOver(): boolean {
    return this.#isLost || this.#age() > this.#leaseMs;
  }

  get age(): number {
    return this.#age();
  }

  renewed(age: () => number): void {
    this.#age = age;
  }

  lose(): void {
    this.#isLost = true;
  }
}

export interface TakeOptions {
  readonly queue: string;
  readonly base: string;
  readonly leaseMs: number;
  readonly clocks: Clocks;
  /** Never used before: what the tokens of the turns begin with. */
  readonly token: string;
  /** Whether other replicas should hear of what is left over. */
  readonly tell: boolean;
  /** So many workers are kept for keys that go ahead. */
  readonly reserved: number;
  /** Keys of a group at once; 0: any. */
  readonly perGroup: number;
  /** Keys in work here, by group. */
  readonly busy: Readonly<Record<string, number>>;
}

/** Hands out up to so many keys that are due, and says after how many milliseconds to ask again; -1: nothing is marked. */
export async function takeTurns(
  redis: Redis,
  atMost: number,
  { queue, base, leaseMs, clocks, token, tell, reserved, perGroup, busy }: TakeOptions,
): Promise<{ readonly turns: readonly Turn[]; readonly nextMs: number }> {
  const age = stopwatch(clocks);
  const reply = await runScript(
    redis,
    TAKE,
    [base],
    [atMost, leaseMs, token, tell ? 1 : 0, atMost - reserved, perGroup, JSON.stringify(busy), OVERDUE_MS],
  );
  const [nextMs, ...taken] = reply as [number, ...[string, string, string, string, string][]];
  const turns = taken.map(([key, own, generation, attempts, since]) => {
    const kept = { key, token: own, generation, attempts: Number(attempts), since: Number(since) };
    return new Turn({ queue, leaseMs, ...kept }, age);
  });
  return { turns, nextMs };
}
