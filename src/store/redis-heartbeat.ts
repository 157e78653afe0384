import type { Redis } from 'ioredis';
import type { Doubt } from '../case/doubt.js';
import { readDoubts } from './redis-doubts.js';

/** The longer, the more there is to doubt after a restart of Redis. */
const BEAT_MS = 5_000;

/** Writes down that Redis was there, while the store is open: what is in doubt after a restart begins at the last beat. */
export class RedisHeartbeat {
  readonly #redis: Redis;
  #timer: NodeJS.Timeout | null;
  readonly #settlesWithinMs: number;
  #hasBeaten = false;

  /**
   * @param settlesWithinMs how long a message that was sent may be on its way to Slack.
   * @param everyMs 0: never, for who only reads.
   */
  constructor(redis: Redis, settlesWithinMs: number, everyMs = BEAT_MS) {
    this.#redis = redis;
    this.#settlesWithinMs = settlesWithinMs;
    this.#timer = setInterval(() => this.#beat(), everyMs || BEAT_MS).unref();
    if (everyMs === 0) clearInterval(this.#timer);
    else this.#beat();
  }

  get isStopped(): boolean {
    return this.#timer === null;
  }

  stop(): void {
    if (this.#timer !== null) clearInterval(this.#timer);
    this.#timer = null;
  }

  /** Each look at the doubts is a sign of life as well. */
  async doubts(redis: Redis): Promise<Doubt[]> {
    // A process that has just begun has sent nothing yet.
    const doubts = await readDoubts(redis, this.#hasBeaten ? this.#settlesWithinMs : 0);
    this.#hasBeaten = true;
    return doubts;
  }

  #beat(): void {
    // While Redis is away there is no life to write down; the connection says so in the log.
    this.doubts(this.#redis).catch(() => undefined);
  }
}
