import type { Log } from '../telemetry/log.js';
import type { Storage } from './storage.js';

export interface StorageOptions {
  /** How long a parked key rests before it is tried again. */
  readonly parkedMs: number;
  /** How long work is left to a replica that gives no sign of life; undefined: as each kind of work has it. */
  readonly leaseMs?: number | undefined;
  /** How long a message that was sent may be on its way to Slack. */
  readonly settlesWithinMs: number;
  /** After how many milliseconds a case is due of which a record of CloudTrail tells; 0 unless given. */
  readonly callsAfterMs?: number;
  readonly log: Log;
}

/** See Config. Bots with other ones may not share a Redis database; what CONFIG_FILE says does not count, as it changes while they run. */
export interface StorageSettings {
  readonly redisUrl: string | null;
  readonly databasePath: string;
  readonly slackChannel: string;
  readonly awsAccounts: readonly string[];
}

/**
 * Redis where there is an address for it, else the file. Rejects with a sentence for people when it cannot be used. Only the
 * code of that one is loaded: that of the other costs a sixth of the time until the bot listens.
 */
export async function openStorage(
  { redisUrl, databasePath, slackChannel, awsAccounts }: StorageSettings,
  { parkedMs, leaseMs, settlesWithinMs, callsAfterMs, log }: StorageOptions,
): Promise<Storage> {
  if (redisUrl === null) {
    const { openSqliteStorage } = await import('./sqlite-storage.js');
    return openSqliteStorage({ path: databasePath, now: Date.now, parkedMs, callsAfterMs });
  }
  const { openRedisStorage } = await import('./redis-storage.js');
  return openRedisStorage({
    url: redisUrl,
    settings: { channel: slackChannel, accounts: awsAccounts },
    parkedMs,
    leaseMs,
    settlesWithinMs,
    callsAfterMs,
    log,
  });
}
