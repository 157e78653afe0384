import type { Redis } from 'ioredis';
import { type Clocks, LOCAL_CLOCKS } from '../lease/stopwatch.js';

export interface RedisClock {
  /** Milliseconds since 1970 by the clock of Redis, to some milliseconds. Costs nothing. */
  now(): number;
  stop(): void;
}

const RENEW_EVERY_MS = 30_000;
const SAMPLES = 5;
/** The two local clocks drift apart by less than this in 30 s, unless one was set or stood still. */
const STEP_MS = 250;
/** While Redis is away, and {@link RedisClock.now} goes on noticing the step. */
const NOT_SOONER_MS = 1_000;

/**
 * The clock that all replicas agree on, however wrong their own are: Redis's, carried on between two looks at it by the
 * monotonic clock of this machine. That one, because nobody can set it: a wall clock that is set would make every time
 * wrong until the next look. It may stand still while the machine sleeps, which is seen by comparing it with the wall
 * clock, and leads to another look at once.
 *
 * While Redis is away, it goes on from the last look. Rejects when Redis cannot be asked at the start.
 */
export async function startRedisClock(redis: Redis, clocks: Clocks = LOCAL_CLOCKS): Promise<RedisClock> {
  const apart = () => clocks.wall() - clocks.monotonic();
  let { offset, apartThen } = await look();
  let lookedAt = clocks.wall();
  let isLooking = false;

  async function look(): Promise<{ offset: number; apartThen: number }> {
    let best = { tookMs: Number.POSITIVE_INFINITY, offset: 0 };
    const apartThen = apart();
    for (let sample = 0; sample < SAMPLES; sample++) {
      const asked = clocks.monotonic();
      const [seconds, microseconds] = (await redis.time()).map(Number);
      const answered = clocks.monotonic();
      const time = (seconds ?? 0) * 1_000 + (microseconds ?? 0) / 1_000;
      // Somewhere on the way there and back; the shorter the way, the surer.
      const sampled = { tookMs: answered - asked, offset: time - (asked + answered) / 2 };
      if (sampled.tookMs < best.tookMs) best = sampled;
    }
    return { offset: best.offset, apartThen };
  }

  async function lookAgain(): Promise<void> {
    if (isLooking) return;
    isLooking = true;
    lookedAt = clocks.wall();
    try {
      ({ offset, apartThen } = await look());
    } catch {
      // Redis is away, which its connection says.
    }
    isLooking = false;
  }

  const timer = setInterval(() => void lookAgain(), RENEW_EVERY_MS);
  timer.unref();
  // Another server may answer now, with another clock.
  const onReady = () => void lookAgain();
  redis.on('ready', onReady);

  return {
    now() {
      const hasStepped = Math.abs(apart() - apartThen) > STEP_MS;
      if (hasStepped && Math.abs(clocks.wall() - lookedAt) > NOT_SOONER_MS) void lookAgain();
      return Math.floor(clocks.monotonic() + offset);
    },
    stop() {
      clearInterval(timer);
      redis.off('ready', onReady);
    },
  };
}
