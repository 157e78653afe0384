/**
 * A whole world on this machine for one test: a Slack workspace, AWS Support, EventBridge between AWS and the bot, and
 * the bot itself, as it is, with quicker delays. Everything is gone after `stop`.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Casethread, startCasethread } from '../../src/casethread.js';
import { readConfig } from '../../src/config.js';
import { type EventBridge, startEventBridge } from '../../src/sandbox/aws/event-bridge.js';
import { type Aws, type AwsOptions, startAws } from '../../src/sandbox/aws/start-aws.js';
import { type Slack, type SlackOptions, startSlack } from '../../src/sandbox/slack/start-slack.js';
import { createLog } from '../../src/telemetry/log.js';
import type { Timing } from '../../src/wiring/timing.js';
import { type RedisServer, startRedisServer } from './redis-server.js';

export const CHANNEL = 'C0CASES0001';
export const ACCOUNT = '111122223333';
export const ALICE = 'U0ALICE0001';
export const BOB = 'U0BOB000001';
export const EVENT_KEY = 'event-key-for-tests-0001';
export const BOT_TOKEN = 'xoxb-for-tests';
export const SIGNING_SECRET = '0123456789abcdef0123456789abcdef';

/** Slack's and AWS's limits are off unless a test is about them. */
export const QUICK: Partial<Timing> = {
  posts: { perSecond: 1_000, burst: 1_000 },
  updates: { perSecond: 1_000, burst: 1_000 },
  reads: { perSecond: 1_000, burst: 1_000 },
  calls: { calls: 1_000, perMs: 1_000 },
  backoff: { firstMs: 20, longestMs: 200 },
  send: { lookAfterMs: [20, 40, 80], announcedMs: 2_000, giveUpMs: 1_500, tellForMs: 60_000 },
  parkedMs: 200,
  settlesWithinMs: 50,
  notices: { gatherMs: 50, updateEveryMs: 150 },
};

export interface WorldOptions {
  readonly slack?: Partial<SlackOptions>;
  readonly aws?: AwsOptions;
  readonly timing?: Partial<Timing>;
  /** More of the bot's environment. */
  readonly environment?: Readonly<Record<string, string>>;
  /** Where the bot keeps everything; a redis-server of its own. `TEST_STORE=redis` runs every flow test on Redis. */
  readonly store?: 'sqlite' | 'redis';
  /** False: events go nowhere unless the test delivers them. */
  readonly bridge?: boolean;
}

export interface World {
  readonly slack: Slack;
  readonly aws: Aws;
  readonly bridge: EventBridge;
  /** Null on SQLite. */
  readonly redis: RedisServer | null;
  /** Where the bot listens. */
  readonly botUrl: string;
  readonly environment: Readonly<Record<string, string>>;
  /** Everything the bot has logged. */
  readonly log: readonly string[];
  /** Stops the bot and starts it again on what it has stored, with changes of its environment where some are given. */
  restart(changes?: Readonly<Record<string, string>>): Promise<void>;
  stopBot(): Promise<void>;
  /** Waits for a condition on either side. */
  until<T>(condition: () => T | Promise<T>, what: string, timeoutMs?: number): Promise<T>;
  stop(): Promise<void>;
}

export async function startWorld(options: WorldOptions = {}): Promise<World> {
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

  const log: string[] = [];
  const start = async (port: number): Promise<Casethread> => {
    const read = readConfig({ ...environment, PORT: String(port) });
    if ('problems' in read) throw new Error(JSON.stringify(read.problems));
    // The AWS SDK reads the process's own environment, and not before the first call.
    Object.assign(process.env, environment);
    return startCasethread(
      read.config,
      createLog('debug', (line) => log.push(line)),
      { ...QUICK, ...options.timing },
    );
  };
  let bot: Casethread | null = await start(0);
  const port = bot.port;
  const botUrl = `http://127.0.0.1:${port}`;
  const bridge = await startEventBridge({
    target: `${botUrl}/aws/events`,
    apiKey: EVENT_KEY,
    aws: options.bridge === false ? undefined : aws,
    retry: { baseMs: 20 },
  });
  const stopBot = async () => {
    await bot?.stop();
    bot = null;
  };

  return {
    slack,
    aws,
    bridge,
    redis,
    botUrl,
    environment,
    log,
    stopBot,
    async restart(changes = {}) {
      await stopBot();
      Object.assign(environment, changes);
      bot = await start(port);
    },
    until: (condition, what, timeoutMs = 5_000) =>
      slack.until(condition, { what, timeoutMs }).catch((error: unknown) => {
        // A test that waited in vain is explained by what the bot did meanwhile.
        if (error instanceof Error) error.message += `\nthe bot's log:\n${log.slice(-25).join('')}`;
        throw error;
      }),
    async stop() {
      stopNudging();
      await bridge.stop();
      await stopBot();
      await Promise.all([slack.stop(), aws.stop(), redis?.stop()]);
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
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: account?.accessKeyId ?? '',
    AWS_SECRET_ACCESS_KEY: account?.secretAccessKey ?? '',
    ...more,
  };
}
