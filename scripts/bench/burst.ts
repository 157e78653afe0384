import { connectRedis } from '../../src/redis/connect-redis.js';
import { inboxBase } from '../../src/redis/keys.js';
import { deliver } from '../../src/sandbox/aws/deliver.js';
import type { SupportEvent } from '../../src/sandbox/aws/support-event.js';
import { redisStore } from '../../src/store/redis-store.js';
import { createLog } from '../../src/telemetry/log.js';
import { ACCOUNT, EVENT_KEY } from '../../test/world/world.js';
import { openLoop } from './open-loop.js';
import type { Benchmark, Result } from './result.js';
import { spreadOf } from './spread.js';
import { type StandIns, startStandIns } from './stand-ins.js';
import { startBot } from './start-bot.js';

const REPLICAS = 3;
const CASES = 300;
const CHANNELS = 30;
const EVENTS_PER_CASE = 10;
const PER_SECOND = 600;
/** Slack takes so long for each message: one worker's posts to one thread are at least so far apart. */
const SLACK_MS = 20;
const GIVE_UP_MS = 600_000;

/**
 * Three replicas on one Redis share 3,000 events on 300 cases in 30 channels, while Slack and AWS refuse whatever goes
 * beyond their paces: how long until every thread is complete, and was any case worked on twice at a time?
 */
export const burst: Benchmark = {
  name: 'burst-redis',
  async run() {
    const standIns = await startStandIns('redis', 'real');
    try {
      const channels = Array.from({ length: CHANNELS }, (_, n) => `C0BURST${String(n).padStart(4, '0')}`);
      for (const id of channels) standIns.slack.addChannel({ id, name: id.toLowerCase() });
      const { events, ids } = happenings(standIns);
      await spread(standIns, ids, channels);
      const posts = watchPosts(standIns);
      const bots = await Promise.all(Array.from({ length: REPLICAS }, () => startBot(standIns)));
      const startedAt = performance.now();
      let turn = 0;
      const { latencies, statuses } = await openLoop(events, PER_SECOND, async (event) => {
        const bot = bots[turn++ % REPLICAS];
        const url = `http://127.0.0.1:${bot?.port}/aws/events`;
        return (await deliver(url, EVENT_KEY, event)).status;
      });
      const wanted = CASES * (1 + 1 + EVENTS_PER_CASE);
      const shown = () =>
        channels.flatMap((id) => standIns.slack.threads(id)).reduce((n, t) => n + 1 + t.replies.length, 0);
      await standIns.slack.until(() => shown() >= wanted, { what: 'every entry', timeoutMs: GIVE_UP_MS });
      const tookMs = performance.now() - startedAt;
      const refused = standIns.slack.calls.filter((call) => call.result?.error === 'ratelimited').length;
      const throttled = standIns.aws.calls.filter((call) => /Throttl/.test(call.result)).length;
      for (const bot of bots) await bot.stop();
      return resultsOf({
        latencies,
        not2xx: statuses.filter((status) => status < 200 || status > 299).length,
        tookMs,
        overlaps: posts.overlaps(),
        extra: shown() - wanted,
        refused,
        throttled,
        calls: standIns.aws.calls.length,
      });
    } finally {
      await standIns.stop();
    }
  },
};

interface Figures {
  readonly latencies: readonly number[];
  readonly not2xx: number;
  readonly tookMs: number;
  readonly overlaps: number;
  readonly extra: number;
  readonly refused: number;
  readonly throttled: number;
  readonly calls: number;
}

function resultsOf(figures: Figures): Result[] {
  const none = { of: 'each', is: '=', value: 0 } as const;
  const line = (
    what: string,
    value: number,
    unit: Result['unit'],
    target: Result['target'] = none,
  ): Result => ({
    name: 'burst-redis',
    what,
    unit,
    spread: spreadOf([value]),
    target,
  });
  return [
    {
      name: 'burst-redis',
      what: `3,000 events at ${PER_SECOND}/s over 3 replicas, to the answer`,
      unit: 'ms',
      spread: spreadOf(figures.latencies),
      target: null,
    },
    line('answers other than 2xx', figures.not2xx, 'answers'),
    line('until all 3,600 messages are in their threads', figures.tookMs, 'ms', null),
    line('cases worked on twice at a time', figures.overlaps, 'times'),
    line('messages said twice', figures.extra, 'times'),
    // Where all of it shares two cores, some arrive late, and meet those of the next second.
    line('posts that Slack refused (429)', figures.refused, 'times', null),
    line('calls that AWS throttled', figures.throttled, 'times', null),
    line('Support calls', figures.calls / (CASES * EVENTS_PER_CASE), 'per event', null),
  ];
}

/** All cases, and all that is said on them, are there before the first event is sent; their events, turn by turn. */
function happenings({ aws }: StandIns): { events: SupportEvent[]; ids: string[] } {
  const ids = Array.from(
    { length: CASES },
    (_, n) => aws.openCase({ subject: `Case ${n}`, body: 'It does not start.', silent: true }).caseId,
  );
  const events: SupportEvent[] = [];
  aws.onEvent((event) => events.push(event));
  for (let reply = 0; reply < EVENTS_PER_CASE; reply++) {
    for (const id of ids) aws.reply(id, { from: 'aws', body: `Answer ${reply}: which zone is it in?` });
  }
  return { events, ids };
}

/** Gives each case its channel beforehand. */
async function spread(
  { redis }: StandIns,
  ids: readonly string[],
  channels: readonly string[],
): Promise<void> {
  const connection = await connectRedis({ url: redis?.url ?? '', log: createLog('error') });
  const store = redisStore({
    redis: connection,
    base: inboxBase('cases'),
    onMarked: () => undefined,
    settlesWithinMs: 0,
  });
  for (const [n, caseId] of ids.entries()) {
    await store.saveCase({
      key: { account: ACCOUNT, caseId },
      displayId: '',
      channel: channels[n % CHANNELS] ?? null,
      threadTs: null,
      card: null,
      digest: null,
      resolved: false,
      activityAt: 0,
      walkedAt: null,
      recoveredAt: null,
      formerTs: null,
    });
  }
  await store.close();
  connection.disconnect();
}

/** Every post's beginning, by case. Two that begin within the time that one takes were made by two workers. */
function watchPosts({ slack }: StandIns): { overlaps(): number } {
  const begun = new Map<string, number[]>();
  slack.fault('chat.postMessage', {
    kind: 'slow',
    ms: SLACK_MS,
    times: Number.POSITIVE_INFINITY,
    when: (args) => {
      const key = JSON.stringify(args.metadata).match(/"case":"([^"]*)"/)?.[1] ?? '';
      begun.set(key, [...(begun.get(key) ?? []), performance.now()]);
      return true;
    },
  });
  return {
    overlaps: () =>
      [...begun.values()].flatMap((times) =>
        times.slice(1).filter((time, index) => time - (times[index] ?? 0) < SLACK_MS - 1),
      ).length,
  };
}
