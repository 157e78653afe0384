import type { Log } from '../telemetry/log.js';
import { connectRedis } from './connect-redis.js';
import { durabilityRisks } from './durability.js';
import { type BotSettings, OTHER_BOT, seesOtherBots } from './other-bots.js';
import { tryReading } from './try-reading.js';

export interface RedisState {
  /** `Redis 7.2.4`, `Valkey 8.0.1`. */
  readonly server: string;
  /** What may cost us what it keeps: sentences with the remedy. */
  readonly risks: readonly string[];
}

/** How long it is waited for: nothing is starting here. */
const WAIT_MS = 2_000;

/** Looks, and writes nothing. Rejects with a sentence for people when Redis cannot be used. */
export async function examineRedis(url: string, settings: BotSettings, log: Log): Promise<RedisState> {
  const redis = await connectRedis({ url, log, waitMs: WAIT_MS, tryOut: tryReading });
  try {
    const info = await redis.info('server');
    const risks = await durabilityRisks(redis);
    if (await seesOtherBots(redis, settings)) risks.push(OTHER_BOT);
    return { server: serverOf(info), risks };
  } finally {
    redis.disconnect();
  }
}

function serverOf(info: string): string {
  const valkey = /^valkey_version:(\S+)/m.exec(info)?.[1];
  if (valkey !== undefined) return `Valkey ${valkey}`;
  return `Redis ${/^redis_version:(\S+)/m.exec(info)?.[1] ?? 'of an unknown version'}`;
}
