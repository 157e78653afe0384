import { setTimeout as sleep } from 'node:timers/promises';
import { deliver } from '../../src/sandbox/aws/deliver.js';
import type { SupportEvent } from '../../src/sandbox/aws/support-event.js';
import { EVENT_KEY } from '../../test/world/world.js';
import { connectionPool } from './connection-pool.js';
import { eventRequest } from './event-request.js';
import { type OpenLoop, openLoop } from './open-loop.js';
import { processFigures } from './process-figures.js';
import type { Benchmark, Result } from './result.js';
import { spreadOf } from './spread.js';
import { type Backing, type StandIns, startStandIns } from './stand-ins.js';
import { startBot } from './start-bot.js';

const PER_SECOND = 300;
const SECONDS = 15;
/** The first two seconds after a start, in which both sides run code for the first time, are told apart. */
const COLD_SECONDS = 2;
const COLD = COLD_SECONDS * PER_SECOND;
const CASES = 300;
const REPLIES = (PER_SECOND * (COLD_SECONDS + SECONDS)) / CASES;
const CONNECTIONS = 32;
const REST_MS = 10_000;

type Send = (url: { port: number }, events: readonly SupportEvent[]) => Promise<OpenLoop>;

/** 300 events a second, each new to the bot, which meanwhile opens the threads of their 300 cases at Slack's pace. */
export const eventsRate = (on: Backing): Benchmark => ({
  name: 'events-rate',
  async run() {
    const kept = await underLoad(on, 'keep-alive', overKeptConnections);
    const closed = await underLoad(on, 'a connection each', overOwnConnections);
    return [...kept.results, ...closed.results, kept.memory];
  },
});

async function underLoad(
  on: Backing,
  how: string,
  send: Send,
): Promise<{ results: Result[]; memory: Result }> {
  const standIns = await startStandIns(on);
  try {
    const events = happenings(standIns);
    const bot = await startBot(standIns);
    const before = processFigures(bot.pid);
    const hereBefore = process.cpuUsage();
    const { latencies, statuses, lateness } = await send(bot, events);
    const here = process.cpuUsage(hereBefore);
    const after = processFigures(bot.pid);
    const tookMs = (COLD_SECONDS + SECONDS) * 1000;
    const calls = { supportCalls: standIns.aws.calls.length, slackCalls: standIns.slack.calls.length };
    // A backlog this long goes on for ten minutes at the paces of AWS and Slack: it is not waited for.
    if (how === 'keep-alive') await sleep(REST_MS);
    const { residentMb, anonymousMb, peakMb } = processFigures(bot.pid);
    await bot.stop();
    const name = 'events-rate';
    const sentLate = spreadOf(lateness);
    return {
      results: [
        {
          name,
          what: `300 events/s for 15 s, ${how}`,
          unit: 'ms',
          spread: spreadOf(latencies.slice(COLD)),
          target: { of: 'p99', is: '<', value: 25 },
          facts: {
            coldP99: spreadOf(latencies.slice(0, COLD)).p99,
            sentLateMedian: sentLate.median,
            sentLateP99: sentLate.p99,
            botCpuShare: (after.cpuMs - before.cpuMs) / tookMs,
            botWaitedForCpuShare: (after.waitedMs - before.waitedMs) / tookMs,
            generatorCpuShare: (here.user + here.system) / 1000 / tookMs,
            ...calls,
          },
        },
        {
          name,
          what: `answers other than 2xx, ${how}`,
          unit: 'answers',
          spread: spreadOf([statuses.filter((status) => status < 200 || status > 299).length]),
          target: { of: 'each', is: '=', value: 0 },
        },
      ],
      memory: {
        name: 'memory',
        what: 'resident, 10 s after 5,100 events, paced backlog going on',
        unit: 'MB',
        spread: spreadOf([residentMb]),
        target: null,
        facts: { anonymousMb, peakMb },
      },
    };
  } finally {
    await standIns.stop();
  }
}

/** All cases and all that is said on them is there before the first event is sent; their events, turn by turn. */
function happenings({ aws }: StandIns): SupportEvent[] {
  const events: SupportEvent[] = [];
  const ids = Array.from(
    { length: CASES },
    (_, number) =>
      aws.openCase({ subject: `Case ${number}`, body: 'It does not start.', silent: true }).caseId,
  );
  aws.onEvent((event) => events.push(event));
  for (let reply = 0; reply < REPLIES; reply++) {
    for (const id of ids) aws.reply(id, { from: 'aws', body: `Answer ${reply}: which zone is it in?` });
  }
  return events;
}

async function overKeptConnections({ port }: { port: number }, events: readonly SupportEvent[]) {
  const pool = await connectionPool(port, CONNECTIONS);
  try {
    return await openLoop(events.map(eventRequest), PER_SECOND, (request) => pool.send(request));
  } finally {
    pool.close();
  }
}

/** As EventBridge does. */
function overOwnConnections({ port }: { port: number }, events: readonly SupportEvent[]) {
  const url = `http://127.0.0.1:${port}/aws/events`;
  return openLoop(events, PER_SECOND, async (event) => (await deliver(url, EVENT_KEY, event)).status);
}
