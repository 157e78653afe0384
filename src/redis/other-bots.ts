import { createHash } from 'node:crypto';
import type { Redis } from 'ioredis';
import { errorFields, type Log } from '../telemetry/log.js';
import { PREFIX } from './keys.js';
import { NOW_LUA } from './lua.js';
import { runScript, type Script } from './script.js';

const RENEW_EVERY_MS = 10_000;
/** Three signs of life may be lost. */
const SEEN_MS = 30_000;
const KEPT_MS = 60_000;

export const OTHER_BOT =
  'Another bot with other settings (SLACK_CHANNEL or AWS_ACCOUNTS) uses this Redis database: each needs a database ' +
  'number of its own. While you change the settings of all replicas one by one, this passes by itself.';

/**
 * KEYS: a hash with the time at which each fingerprint was seen last. ARGV: our fingerprint, for how long another counts as
 * here, for how long it is kept. Returns how many others are here.
 */
const SEE: Script = {
  name: 'botsSee',
  lua: `${NOW_LUA}
local at = now()
local others = 0
local seen = redis.call('HGETALL', KEYS[1])
for i = 1, #seen, 2 do
  local age = at - tonumber(seen[i + 1])
  if age > tonumber(ARGV[3]) then redis.call('HDEL', KEYS[1], seen[i])
  elseif seen[i] ~= ARGV[1] and age < tonumber(ARGV[2]) then others = others + 1 end
end
redis.call('HSET', KEYS[1], ARGV[1], at)
redis.call('PEXPIRE', KEYS[1], ARGV[3])
return others
`,
};

/** What bots have to have in common to share their work. */
export interface BotSettings {
  readonly channel: string;
  /** Accepted accounts, in any order; empty for any. */
  readonly accounts: readonly string[];
}

const BOTS = `${PREFIX}bots`;

function fingerprint({ channel, accounts }: BotSettings): string {
  const settings = JSON.stringify([channel, [...accounts].sort()]);
  return createHash('sha256').update(settings).digest('hex').slice(0, 16);
}

/** Whether bots with other settings are at work, as {@link watchForOtherBots} sees it; leaves no sign of its own. */
export async function seesOtherBots(redis: Redis, settings: BotSettings): Promise<boolean> {
  const us = fingerprint(settings);
  const [[seconds], seen] = await Promise.all([redis.time(), redis.hgetall(BOTS)]);
  return Object.entries(seen).some(
    ([bot, at]) => bot !== us && Number(seconds) * 1000 - Number(at) < SEEN_MS,
  );
}

export interface OtherBots {
  /** Whether a bot with other settings is at work in the same database, as seen last. */
  areHere(): boolean;
  stop(): Promise<void>;
}

/**
 * Two bots in one database would do each other's work: cases would be told in the wrong channel. Each leaves a sign of
 * life under the fingerprint of its settings, and looks for other ones. Says in the log when they come.
 */
export async function watchForOtherBots(
  redis: Redis,
  { channel, accounts }: BotSettings,
  log: Log,
  { renewEveryMs = RENEW_EVERY_MS, seenMs = SEEN_MS, keptMs = KEPT_MS } = {},
): Promise<OtherBots> {
  const key = BOTS;
  const us = fingerprint({ channel, accounts });
  let areHere = false;

  async function look(): Promise<void> {
    try {
      const others = Number(await runScript(redis, SEE, [key], [us, seenMs, keptMs]));
      if (others > 0 && !areHere) log.error('another bot uses this Redis database', { risk: OTHER_BOT });
      areHere = others > 0;
    } catch (error) {
      // When Redis is away its connection says so.
      log.debug('could not look for other bots', errorFields(error));
    }
  }

  await look();
  const timer = setInterval(() => void look(), renewEveryMs);
  timer.unref();
  return {
    areHere: () => areHere,
    async stop() {
      clearInterval(timer);
      // So that one that is started with other settings next is not taken for a second one. Replicas say it again.
      await redis.hdel(key, us).catch(() => undefined);
    },
  };
}
