import type { Gate } from './gate.js';
import { latenessMs } from './lateness.js';

/**
 * Nobody's turn comes any more, so nothing has been sent.
 *
 * - `stopping`: the pacer was stopped.
 * - `gate-away`: the gate could not say whether anybody may go; the cause says why.
 */
export class NoTurn extends Error {
  override readonly name = 'NoTurn';

  constructor(
    readonly why: 'stopping' | 'gate-away',
    options?: ErrorOptions,
  ) {
    super(why, options);
  }
}

interface Waiting {
  readonly priority: number;
  readonly go: () => void;
  readonly stop: (error: Error) => void;
}

interface Lane {
  /** By priority, then in order of arrival. */
  readonly waiting: Waiting[];
  /** The gate said that nobody goes before; by our own clock. */
  readyAt: number;
  /** How often the gate has sent us away since our last turn, and our place among those who ask again, by chance. */
  refused: number;
  random: number;
  /** The gate is being asked. One question at a time: the answer is for whoever is first by then. */
  asking: boolean;
  timer: NodeJS.Timeout | null;
}

/**
 * The waiting lines of this process before a gate, one per lane (a channel, a method, an account): whoever waits goes by
 * priority, then in order of arrival, and the gate is asked for the first in line only. No lane waits for another.
 *
 * When the gate cannot answer, all who wait in the lane are turned away and nobody goes unpaced. They are not kept waiting
 * for it to come back: the store and the inbox are then away as well, whose retries bring the work back, and each further
 * question could take as long as the first to fail.
 */
export class Pacer {
  readonly #gate: Gate;
  readonly #now: () => number;
  readonly #random: () => number;
  readonly #lanes = new Map<string, Lane>();
  #stopped = false;

  /** @param now milliseconds of a clock that never goes back. */
  constructor(gate: Gate, now: () => number, random: () => number = Math.random) {
    this.#gate = gate;
    this.#now = now;
    this.#random = random;
  }

  /** Resolves when it is this caller's turn; rejects with NoTurn. Higher priorities, from 0 on, go first. */
  take(name: string, priority: number): Promise<void> {
    if (this.#stopped) return Promise.reject(new NoTurn('stopping'));
    const lane = this.#lane(name);
    return new Promise((go, stop) => {
      const after = lane.waiting.findIndex((other) => other.priority < priority);
      const place = after < 0 ? lane.waiting.length : after;
      lane.waiting.splice(place, 0, { priority, go, stop });
      // Whoever is not the first changes nothing in what the lane waits for.
      if (place === 0) this.#serve(name, lane);
    });
  }

  /** Somebody said when to come back: nobody goes before, whoever shares the gate included. */
  pause(name: string, ms: number): void {
    if (this.#stopped) return;
    const lane = this.#lane(name);
    lane.readyAt = Math.max(lane.readyAt, this.#now() + ms);
    // Where the others cannot be told, they learn it as we did.
    Promise.resolve(this.#gate.pause(name, ms)).catch(() => undefined);
    this.#serve(name, lane);
  }

  stop(): void {
    this.#stopped = true;
    for (const lane of this.#lanes.values()) {
      if (lane.timer !== null) clearTimeout(lane.timer);
      turnAway(lane, new NoTurn('stopping'));
    }
    this.#lanes.clear();
  }

  #lane(name: string): Lane {
    const existing = this.#lanes.get(name);
    if (existing !== undefined) return existing;
    const lane: Lane = { waiting: [], readyAt: 0, refused: 0, random: 0, asking: false, timer: null };
    this.#lanes.set(name, lane);
    return lane;
  }

  /** Asks for all who may go now, and comes back when the next may. */
  #serve(name: string, lane: Lane): void {
    if (lane.timer !== null) clearTimeout(lane.timer);
    lane.timer = null;
    while (!lane.asking && !this.#stopped) {
      const wait = this.#askAt(lane) - this.#now();
      if (wait > 0) {
        lane.timer = setTimeout(() => this.#serve(name, lane), Math.ceil(wait));
        return;
      }
      if (lane.waiting.length === 0) {
        // A lane at rest need not be remembered.
        this.#lanes.delete(name);
        return;
      }
      const answer = this.#gate.take(name);
      if (typeof answer === 'number') this.#heed(lane, answer);
      else this.#await(name, lane, answer);
    }
  }

  /** When the first in line asks again. */
  #askAt({ waiting: [first], readyAt, refused, random }: Lane): number {
    const { spreadMs } = this.#gate;
    if (first === undefined || spreadMs === 0 || readyAt === 0) return readyAt;
    return readyAt + latenessMs({ spreadMs, priority: first.priority, times: Math.max(1, refused), random });
  }

  #await(name: string, lane: Lane, answer: Promise<number>): void {
    lane.asking = true;
    answer
      .then(
        (wait) => this.#heed(lane, wait),
        (cause: unknown) => turnAway(lane, new NoTurn('gate-away', { cause })),
      )
      .finally(() => {
        lane.asking = false;
        this.#serve(name, lane);
      });
  }

  #heed(lane: Lane, wait: number): void {
    if (wait > 0) {
      lane.readyAt = Math.max(lane.readyAt, this.#now() + wait);
      lane.refused++;
      lane.random = this.#random();
      return;
    }
    // A pause may have come while the gate was being asked: then the turn is let go.
    if (lane.readyAt > this.#now()) return;
    lane.refused = 0;
    // Where turns come several at a time, those of other replicas who wait already go before our next.
    lane.random = 1;
    lane.waiting.shift()?.go();
  }
}

function turnAway(lane: Lane, error: NoTurn): void {
  for (const { stop } of lane.waiting.splice(0)) stop(error);
}
