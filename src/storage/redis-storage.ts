import { AHEAD_MS } from '../inbox/inbox.js';
import { RedisInbox } from '../inbox/redis-inbox.js';
import { redisGates } from '../pace/redis-gates.js';
import { connectRedis } from '../redis/connect-redis.js';
import { durabilityRisks } from '../redis/durability.js';
import { inboxBase } from '../redis/keys.js';
import { type BotSettings, OTHER_BOT, watchForOtherBots } from '../redis/other-bots.js';
import { startRedisClock } from '../redis/redis-clock.js';
import { redisDuty } from '../redis/redis-duty.js';
import { redisStore } from '../store/redis-store.js';
import type { Log } from '../telemetry/log.js';
import type { Storage } from './storage.js';

export interface RedisStorageOptions {
  readonly url: string;
  readonly settings: BotSettings;
  /** How long a parked key rests before it is tried again. */
  readonly parkedMs: number;
  /** How long work is left to a replica that gives no sign of life; see RedisInbox and redisDuty. */
  readonly leaseMs?: number | undefined;
  /** How long a message that was sent may be on its way to Slack. */
  readonly settlesWithinMs: number;
  readonly callsAfterMs?: number | undefined;
  readonly log: Log;
}

/** Everything in Redis, for any number of replicas. Rejects with a sentence for people when Redis cannot be used. */
export async function openRedisStorage({
  url,
  settings,
  parkedMs,
  leaseMs,
  settlesWithinMs,
  callsAfterMs = 0,
  log,
}: RedisStorageOptions): Promise<Storage> {
  const redis = await connectRedis({ url, log });
  try {
    const risks = await durabilityRisks(redis);
    for (const risk of risks) log.error('what Redis keeps is at risk', { risk });
    const otherBots = await watchForOtherBots(redis, settings, log);
    const clock = await startRedisClock(redis);
    const queue = (name: string) => new RedisInbox({ redis, queue: name, parkedMs, leaseMs, log });
    const cases = queue('cases');
    const store = redisStore({
      redis,
      base: inboxBase('cases'),
      markAfterMs: AHEAD_MS,
      callsAfterMs,
      onMarked: () => cases.wake(),
      settlesWithinMs,
    });
    return {
      name: 'redis',
      store,
      cases,
      cards: queue('cards'),
      replies: queue('replies'),
      notices: queue('notices'),
      directs: queue('directs'),
      gates: redisGates(redis),
      risks: () => (otherBots.areHere() ? [...risks, OTHER_BOT] : risks),
      now: () => clock.now(),
      duty: (name) => redisDuty(redis, name, leaseMs),
      async close() {
        await store.close();
        clock.stop();
        await otherBots.stop();
        redis.disconnect();
      },
    };
  } catch (error) {
    redis.disconnect();
    throw error;
  }
}
