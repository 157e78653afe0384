/** The world of a run: Slack, AWS, EventBridge, Redis, a load balancer, and the bot as one or more real processes. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type EventBridge, startEventBridge } from '../../../src/sandbox/aws/event-bridge.js';
import type { RecordedCall } from '../../../src/sandbox/aws/recorded-call.js';
import { type Aws, startAws } from '../../../src/sandbox/aws/start-aws.js';
import { readManifest, type Slack, startSlack } from '../../../src/sandbox/slack/start-slack.js';
import { startBalancer } from '../../world/balancer.js';
import { lastingPort } from '../../world/lasting-port.js';
import { type RedisServer, startRedisServer } from '../../world/redis-server.js';
import { BOT_TOKEN, CHANNEL, EVENT_KEY, environmentFor, SIGNING_SECRET } from '../../world/world.js';
import { fates } from './fate.js';
import type { Figures } from './figures.js';
import type { Plan } from './plan.js';
import { anyOf, randomFor } from './random.js';
import { Replica } from './replica.js';

/** As Slack documents it, with a little room: what the bot allows itself is slower still. */
const PACE = { perSecond: 1, burst: 4 };
/** Often, because every tenth event is lost and nobody wants to wait five minutes for it. */
const SWEEP_SECONDS = 6;
/** Slack waits for minutes before it sends an event again, and gives up after three; here none gets lost for good. */
const EVENT_RETRY_MS = [300, 1_000, 3_000, 5_000, ...Array.from({ length: 20 }, () => 10_000)];
const REMEMBER_CALLS = 500;
/** Part of all calls takes longer than others: [how long in ms, how many of them]. */
const LATENCY = [
  [600, 0.02],
  [150, 0.08],
  [25, 0.3],
] as const;

export interface ChaosWorld {
  readonly slack: Slack;
  readonly aws: Aws;
  readonly bridge: EventBridge;
  readonly redis: RedisServer | null;
  readonly replicas: readonly Replica[];
  /** Where Slack and EventBridge find the bot. */
  readonly url: string;
  readonly state: WorldState;
  /** Events between AWS and EventBridge, late by their fate. */
  lateEvents(): number;
  /** Every call of ResolveCase, also those that are long past. */
  readonly resolves: ReadonlySet<RecordedCall>;
  stop(): Promise<void>;
}

export interface WorldState {
  /** Every event arrives once, and at once. */
  calm: boolean;
  /** Then a replica may fail to start, and try again. */
  redisIsAway: boolean;
  /** When Redis was away or a replica stood still: what is then logged as an error may be no bug. */
  readonly outages: Outage[];
}

export interface Outage {
  /** Null for all of them. */
  readonly replica: string | null;
  readonly from: number;
  readonly to: number;
}

/** @param folder for databases and logs; it is the caller's to remove. */
export async function startWorld(plan: Plan, figures: Figures, folder: string): Promise<ChaosWorld> {
  const { seed, store, hurried } = plan.settings;
  const endings: (() => unknown)[] = [];
  const stop = async () => {
    for (const end of endings.splice(0).reverse()) await end();
  };
  try {
    const slack = await startSlack({
      botToken: BOT_TOKEN,
      signingSecret: SIGNING_SECRET,
      manifest: readManifest(readFileSync('manifest.yml', 'utf8')),
      pace: PACE,
      eventRetryMs: EVENT_RETRY_MS,
      remember: REMEMBER_CALLS,
    });
    endings.push(() => slack.stop());
    slack.addChannel({ id: CHANNEL, name: 'aws-cases' });
    const aws = await startAws({ remember: REMEMBER_CALLS });
    endings.push(() => aws.stop());
    const resolves = new Set<RecordedCall>();
    const stopNudging = aws.onChange(() => {
      for (const call of aws.callsOf('ResolveCase')) resolves.add(call);
      slack.nudge();
    });
    endings.push(stopNudging);
    const redis = store === 'redis' ? await startRedisServer(['--appendfsync', 'always']) : null;
    endings.push(() => redis?.stop());

    const state: WorldState = { calm: false, redisIsAway: false, outages: [] };
    const environment = {
      ...environmentFor({ slack, aws, folder }),
      SWEEP_INTERVAL_SECONDS: String(SWEEP_SECONDS),
      LOG_LEVEL: 'debug',
      ...(redis === null ? {} : { REDIS_URL: redis.url }),
    };
    const replicas: Replica[] = [];
    for (const [index, skewMs] of plan.skewsMs.entries()) {
      const replica = new Replica({
        name: `replica-${index}`,
        port: await lastingPort(),
        environment,
        folder: join(folder, `replica-${index}`),
        skewMs,
        onCrash: (crash) => {
          if (crash.starting && state.redisIsAway) figures.count('starts in vain while Redis was away');
          else figures.crashed(crash);
        },
      });
      replicas.push(replica);
      endings.push(() => replica.end('SIGKILL'));
    }
    const chance = randomFor(seed, 'balancer');
    const balancer = await startBalancer(() => {
      const up = replicas.filter(({ state }) => state === 'up' || state === 'paused');
      return up.length === 0 ? null : anyOf(chance, up).url;
    });
    endings.push(() => balancer.stop());

    const bridge = await startEventBridge({
      target: `${balancer.url}/aws/events`,
      apiKey: EVENT_KEY,
      retry: { baseMs: 250, maxDelayMs: 4_000 },
      remember: REMEMBER_CALLS,
      seed,
    });
    endings.push(() => bridge.stop());
    const nextFate = fates(seed, hurried);
    const timers = new Set<NodeJS.Timeout>();
    endings.push(() => {
      for (const timer of timers) clearTimeout(timer);
    });
    const stopListening = aws.onEvent((event) => {
      figures.count('events by AWS');
      const fate = state.calm ? [0] : nextFate(event.detail['event-name']);
      if (fate.length === 0) figures.count('events dropped');
      if (fate.length > 1) figures.count('events duplicated');
      if (fate.some((ms) => ms > 0)) figures.count('events delayed');
      for (const ms of fate) {
        const timer = setTimeout(() => {
          timers.delete(timer);
          bridge.send(event);
        }, ms);
        timers.add(timer);
      }
    });
    endings.push(stopListening);

    for (const [ms, part] of LATENCY) {
      const often = randomFor(seed, `latency of ${ms}`);
      const slow = { kind: 'slow', ms, times: Number.POSITIVE_INFINITY, when: () => often() < part } as const;
      slack.fault('*', slow);
      aws.fault('*', slow);
    }
    return {
      slack,
      aws,
      bridge,
      redis,
      replicas,
      url: balancer.url,
      state,
      lateEvents: () => timers.size,
      resolves,
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}
