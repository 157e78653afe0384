/**
 * A whole world on this machine for one test: a Slack workspace, AWS Support, EventBridge between AWS and the bot, and
 * the bot itself, as it is, with quicker delays. Everything is gone after `stop`.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ConfigFile } from '../../src/config/config-file.js';
import { FILE_TIMING } from '../../src/outbox/bring-files.js';
import { type EventBridge, startEventBridge } from '../../src/sandbox/aws/event-bridge.js';
import { type Aws, type AwsOptions, startAws } from '../../src/sandbox/aws/start-aws.js';
import { type Slack, type SlackOptions, startSlack } from '../../src/sandbox/slack/start-slack.js';
import type { Timing } from '../../src/wiring/timing.js';
import { PATIENCE_MS } from '../patience.js';
import { startBalancer } from './balancer.js';
import { type Bot, type BotOptions, botHere, botInProcess, type ProcessBot } from './bot.js';
import { type RedisServer, startRedisServer } from './redis-server.js';

export const CHANNEL = 'C0CASES0001';
export const ACCOUNT = '111122223333';
export const ALICE = 'U0ALICE0001';
export const BOB = 'U0BOB000001';
export const EVENT_KEY = 'event-key-for-tests-0001';
export const BOT_TOKEN = 'xoxb-for-tests';
export const SIGNING_SECRET = '0123456789abcdef0123456789abcdef';

export const QUICK_FILES = { ...FILE_TIMING, retryMs: 20, askMs: 20, readyForMs: 400 };

/** Slack's and AWS's limits are off unless a test is about them. */
export const QUICK: Partial<Timing> = {
  posts: { perSecond: 1_000, burst: 1_000 },
  updates: { perSecond: 1_000, burst: 1_000 },
  reads: { perSecond: 1_000, burst: 1_000 },
  calls: { calls: 1_000, perMs: 1_000 },
  backoff: { firstMs: 20, longestMs: 200 },
  send: {
    lookAfterMs: [20, 40, 80],
    announcedMs: 2_000,
    giveUpMs: 1_500,
    tellForMs: 60_000,
    files: QUICK_FILES,
  },
  parkedMs: 200,
  settlesWithinMs: 50,
  cardEveryMs: 30,
  callsGatherMs: 20,
  notices: { gatherMs: 50, updateEveryMs: 150 },
  audit: { gatherMs: 20, updateEveryMs: 100, lookEveryMs: 200 },
  home: { everyMs: 100, watchMs: 60_000 },
};

const LOOK_AGAIN_MS = 100;

export interface WorldOptions {
  readonly slack?: Partial<SlackOptions>;
  readonly aws?: AwsOptions;
  readonly timing?: Partial<Timing>;
  /** More of the bot's environment. */
  readonly environment?: Readonly<Record<string, string>>;
  /** What CONFIG_FILE says, without a file. Only for bots in this process. */
  readonly file?: Partial<ConfigFile>;
  /** Where the bot keeps everything; a redis-server of its own. `TEST_STORE=redis` runs every flow test on Redis. */
  readonly store?: 'sqlite' | 'redis';
  /** How many replicas of the bot there are, on one Redis and behind one address; 1 unless given. */
  readonly replicas?: number;
  /** False: events go nowhere unless the test delivers them. */
  readonly bridge?: boolean;
}

export interface World {
  readonly slack: Slack;
  readonly aws: Aws;
  readonly bridge: EventBridge;
  /** Null on SQLite. */
  readonly redis: RedisServer | null;
  /** Where the bot is reached. Of several replicas each is given one request after the other. */
  readonly botUrl: string;
  /** Its replicas. */
  readonly bots: readonly Bot[];
  readonly environment: Readonly<Record<string, string>>;
  /** Everything that the bot has logged, replica by replica. */
  readonly log: readonly string[];
  /** Stops all replicas and starts them on what is stored, with changes of the environment where some are given. */
  restart(changes?: Readonly<Record<string, string>>): Promise<void>;
  stopBot(): Promise<void>;
  /** From now on, and over restarts, CONFIG_FILE says this. */
  reload(file: Partial<ConfigFile>): void;
  /** Waits for a condition on either side. */
  until<T>(condition: () => T | Promise<T>, what: string, timeoutMs?: number): Promise<T>;
  stop(): Promise<void>;
}

export interface ProcessWorld extends World {
  readonly bots: readonly ProcessBot[];
}

export function startWorld(options: WorldOptions = {}): Promise<World> {
  return worldOf(options, botHere);
}

/** A world whose replicas are processes of their own. */
export function startProcessWorld(options: WorldOptions = {}): Promise<ProcessWorld> {
  return worldOf(options, botInProcess);
}

async function worldOf<B extends Bot>(
  options: WorldOptions,
  makeBot: (of: BotOptions) => B,
): Promise<World & { readonly bots: readonly B[] }> {
  const folder = mkdtempSync(join(tmpdir(), 'casethread-test-'));
  const slack = await startSlack({
    botToken: BOT_TOKEN,
    signingSecret: SIGNING_SECRET,
    pace: 'off',
    ...options.slack,
  });
  slack.addChannel({ id: CHANNEL, name: 'aws-cases' });
  slack.addUser({ id: ALICE, name: 'alice', realName: 'Alice Example' });
  slack.addUser({ id: BOB, name: 'bob', realName: 'Bob Sample' });
  const aws = await startAws({ callsPerSecond: 'off', ...options.aws });
  // What AWS does may be what a condition on Slack waits for, and the other way round.
  const stopNudging = aws.onChange(() => slack.nudge());
  const redis = (options.store ?? process.env.TEST_STORE) === 'redis' ? await startRedisServer() : null;
  const more = { ...(redis === null ? {} : { REDIS_URL: redis.url }), ...options.environment };
  const environment = environmentFor({ slack, aws, folder, more });

  const timing = { ...QUICK, ...options.timing };
  let file = options.file ?? {};
  const bots = Array.from({ length: options.replicas ?? 1 }, () =>
    makeBot({ environment: () => environment, timing, file: () => file }),
  );
  const startBots = () => Promise.all(bots.map((bot) => bot.start()));
  const stopBots = () => Promise.all(bots.map((bot) => bot.stop()));
  await startBots();
  let turn = 0;
  const next = () => {
    const up = bots.filter((bot) => bot.isUp);
    turn += 1;
    return up[turn % up.length]?.url ?? null;
  };
  const balancer = bots.length > 1 ? await startBalancer(next) : null;
  const botUrl = balancer?.url ?? String(bots[0]?.url);
  const bridge = await startEventBridge({
    target: `${botUrl}/aws/events`,
    apiKey: EVENT_KEY,
    aws: options.bridge === false ? undefined : aws,
    retry: { baseMs: 20 },
  });

  return {
    slack,
    aws,
    bridge,
    redis,
    botUrl,
    bots,
    environment,
    get log() {
      return bots.flatMap((bot) => bot.log);
    },
    async stopBot() {
      await stopBots();
    },
    reload(changed) {
      file = changed;
      for (const bot of bots) if (bot.isUp) bot.reload(changed);
    },
    async restart(changes = {}) {
      await stopBots();
      Object.assign(environment, changes);
      await startBots();
    },
    async until(condition, what, timeoutMs = PATIENCE_MS) {
      // What changes on neither side, as what a process prints, would be looked at only when time runs out.
      const looking = setInterval(() => slack.nudge(), LOOK_AGAIN_MS);
      try {
        return await slack.until(condition, { what, timeoutMs });
      } catch (error) {
        // A test that waited in vain is explained by what the bot did meanwhile.
        const last = bots.map((bot) => bot.log.slice(-25).join(''));
        if (error instanceof Error) error.message += `\nthe bot's log:\n${last.join('\nanother replica:\n')}`;
        throw error;
      } finally {
        clearInterval(looking);
      }
    },
    async stop() {
      stopNudging();
      await bridge.stop();
      await stopBots();
      await Promise.all([balancer?.stop(), slack.stop(), aws.stop(), redis?.stop()]);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

export interface EnvironmentOptions {
  readonly slack: Slack;
  readonly aws: Aws;
  readonly folder: string;
  readonly more?: Readonly<Record<string, string>>;
}

/** The bot's environment in this world: what an operator would put into `.env`. */
export function environmentFor({
  slack,
  aws,
  folder,
  more = {},
}: EnvironmentOptions): Record<string, string> {
  const [account] = aws.accounts;
  return {
    SLACK_BOT_TOKEN: BOT_TOKEN,
    SLACK_SIGNING_SECRET: SIGNING_SECRET,
    SLACK_CHANNEL: CHANNEL,
    SLACK_API_URL: slack.url,
    EVENT_API_KEY: EVENT_KEY,
    HOST: '127.0.0.1',
    DATABASE_PATH: join(folder, 'casethread.db'),
    SWEEP_INTERVAL_SECONDS: '0',
    AWS_ENDPOINT_URL_SUPPORT: aws.url,
    // AWS STS is there as well.
    AWS_ENDPOINT_URL_STS: aws.url,
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: account?.accessKeyId ?? '',
    AWS_SECRET_ACCESS_KEY: account?.secretAccessKey ?? '',
    ...more,
  };
}
