import { setTimeout as sleep } from 'node:timers/promises';
import { deliver } from '../../src/sandbox/aws/deliver.js';
import type { SupportEvent } from '../../src/sandbox/aws/support-event.js';
import { CHANNEL, EVENT_KEY } from '../../test/world/world.js';
import type { Benchmark } from './result.js';
import { spreadOf } from './spread.js';
import { type Backing, type StandIns, startStandIns } from './stand-ins.js';
import { startBot } from './start-bot.js';

const WARM_UP = 5;
const EVENTS = 45;
/** The bot posts 0.95 messages a second to a channel: slower events than that find it free to post at once. */
const EVERY_MS = 1_100;

/** AWS replies on a known case, again and again: how soon is each reply in the thread, and at what cost? */
export const eventToThread = (on: Backing): Benchmark => ({
  name: 'event-to-thread',
  async run() {
    const standIns = await startStandIns(on);
    try {
      const bot = await startBot(standIns);
      const seen: Seen[] = [];
      const say = await knownCase(standIns, `http://127.0.0.1:${bot.port}/aws/events`);
      let updatesBefore = 0;
      for (let event = 0; event < WARM_UP + EVENTS; event++) {
        if (event === WARM_UP) updatesBefore = standIns.slack.callsOf('chat.update').length;
        const started = performance.now();
        const whatFollowed = await say(event);
        await sleep(EVERY_MS - (performance.now() - started));
        if (event >= WARM_UP) seen.push(whatFollowed());
      }
      const updates = standIns.slack.callsOf('chat.update').length - updatesBefore;
      await bot.stop();
      const once = { of: 'each', is: '=', value: 1 } as const;
      const name = 'event-to-thread';
      return [
        {
          name,
          what: 'event sent to entry arriving at Slack',
          unit: 'ms',
          spread: spreadOf(seen.map(({ postedMs }) => postedMs)),
          target: { of: 'median', is: '<', value: 20 },
          facts: {
            answeredMedianMs: spreadOf(seen.map(({ answeredMs }) => answeredMs)).median,
            supportAskedMedianMs: spreadOf(seen.map(({ askedMs }) => askedMs)).median,
          },
        },
        {
          name,
          what: 'Support calls',
          unit: 'per event',
          spread: spreadOf(seen.map(({ calls }) => calls)),
          target: once,
        },
        {
          name,
          what: 'chat.postMessage',
          unit: 'per event',
          spread: spreadOf(seen.map(({ posts }) => posts)),
          target: once,
        },
        {
          name,
          what: 'chat.update, on average',
          unit: 'per event',
          spread: spreadOf([updates / EVENTS]),
          target: null,
        },
      ];
    } finally {
      await standIns.stop();
    }
  },
});

/** What followed from one event; milliseconds since it was sent. */
interface Seen {
  readonly answeredMs: number;
  /** The first call to AWS Support. */
  readonly askedMs: number;
  readonly postedMs: number;
  readonly calls: number;
  readonly posts: number;
}

/** A fault that never hits: it sees each call as it comes in, at no cost to the answer. */
function watch(arrivals: number[]) {
  const when = () => {
    arrivals.push(performance.now());
    return false;
  };
  return { kind: 'slow', ms: 0, times: Number.POSITIVE_INFINITY, when } as const;
}

/**
 * Opens a case and waits for its thread. Gives back how AWS says something on it; what that returns is to be called
 * when everything that follows has happened.
 */
async function knownCase(
  { aws, slack }: StandIns,
  url: string,
): Promise<(event: number) => Promise<() => Seen>> {
  const posts: number[] = [];
  const calls: number[] = [];
  slack.fault('chat.postMessage', watch(posts));
  aws.fault('*', watch(calls));
  let last: SupportEvent | undefined;
  aws.onEvent((event) => {
    last = event;
  });
  const { caseId } = aws.openCase({ subject: 'EC2 instance does not start', body: 'It says no capacity.' });
  await deliver(url, EVENT_KEY, last);
  await slack.until(() => slack.threads(CHANNEL)[0]?.replies.length === 1, { what: 'the thread' });
  await sleep(2 * EVERY_MS);

  return async (event) => {
    aws.reply(caseId, {
      from: 'aws',
      body: `Answer ${event}: which instance type is it, and in which zone?`,
    });
    const before = { posts: posts.length, calls: calls.length };
    const sentAt = performance.now();
    const { status } = await deliver(url, EVENT_KEY, last);
    const answeredMs = performance.now() - sentAt;
    if (status !== 202) throw new Error(`an event was answered ${status}`);
    return () => ({
      answeredMs,
      askedMs: (calls[before.calls] ?? Number.POSITIVE_INFINITY) - sentAt,
      postedMs: (posts[before.posts] ?? Number.POSITIVE_INFINITY) - sentAt,
      calls: calls.length - before.calls,
      posts: posts.length - before.posts,
    });
  };
}
