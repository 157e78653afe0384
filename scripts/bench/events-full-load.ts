import { join } from 'node:path';
import { makeSupportEvent } from '../../src/sandbox/aws/support-event.js';
import { ACCOUNT } from '../../test/world/world.js';
import { closedLoop } from './closed-loop.js';
import { eventRequest } from './event-request.js';
import { processFigures } from './process-figures.js';
import type { Benchmark, Result } from './result.js';
import { type ServerProcess, startServerProcess } from './server-process.js';
import { spreadOf } from './spread.js';
import { type Backing, type StandIns, startStandIns } from './stand-ins.js';
import { startBot } from './start-bot.js';

const CONNECTIONS = 32;
const ROUNDS = 7;
const ROUND_MS = 1_300;
const WARM_UP_MS = 1_000;
const CASES = 300;

/** One server under load, and what it managed in each round. */
interface Side {
  readonly server: ServerProcess;
  readonly perSecond: number[];
  readonly cpuShares: number[];
  readonly generatorCpuShares: number[];
  not2xx: number;
}

/**
 * As fast as it goes, in turns with bare servers on the same machine, so that what else goes on there hits all alike.
 * Compared round by round; the median round counts.
 */
export const eventsFullLoad = (on: Backing): Benchmark => ({
  name: 'events-full-load',
  async run() {
    const standIns = await startStandIns(on);
    try {
      const next = endlessEvents(standIns);
      const bot = side(await startBot(standIns));
      const bare = side(await startBare(standIns, 'each'));
      const other = side(await startBare(standIns, on === 'redis' ? 'redis' : 'grouped'));
      const nothing = side(await startBare(standIns, 'nothing'));
      const all = [bot, bare, other, nothing];
      for (const each of all) await load(each, next, WARM_UP_MS);
      for (const each of all) forget(each);
      for (let round = 0; round < ROUNDS; round++) {
        // The bot stands between the two it is compared with.
        for (const each of [bare, bot, other]) await load(each, next, ROUND_MS);
        if (round % 3 === 0) await load(nothing, next, ROUND_MS / 2);
      }
      for (const each of all) await each.server.stop();
      return resultsOf({ bot, bare, other, nothing }, on);
    } finally {
      await standIns.stop();
    }
  },
});

/** Side by side with the bot. */
interface Sides {
  readonly bot: Side;
  /** Makes each event durable by itself. */
  readonly bare: Side;
  /** On SQLite: groups what comes together. On Redis: one command for each event, durable within a second. */
  readonly other: Side;
  readonly nothing: Side;
}

function resultsOf({ bot, bare, other, nothing }: Sides, on: Backing): Result[] {
  const name = 'events-full-load';
  const otherName = on === 'redis' ? 'one Redis command each' : 'inserts grouped';
  const ratio = (to: Side) =>
    spreadOf(bot.perSecond.map((perSecond, round) => perSecond / (to.perSecond[round] ?? Number.NaN)));
  const line = (what: string, { perSecond, cpuShares, generatorCpuShares }: Side): Result => ({
    name,
    what,
    unit: 'per s',
    spread: spreadOf(perSecond),
    target: null,
    facts: {
      serverCpuShare: spreadOf(cpuShares).median,
      generatorCpuShare: spreadOf(generatorCpuShares).median,
    },
  });
  return [
    line('Casethread', bot),
    line('bare server, one durable insert each', bare),
    line(`bare server, ${otherName}`, other),
    line('bare server, storing nothing (the generator)', nothing),
    {
      name,
      what: 'Casethread : bare server',
      unit: 'ratio',
      spread: ratio(bare),
      target: { of: 'median', is: '>=', value: 0.7 },
    },
    { name, what: `Casethread : bare, ${otherName}`, unit: 'ratio', spread: ratio(other), target: null },
    {
      name,
      what: 'answers other than 2xx',
      unit: 'answers',
      spread: spreadOf([bot.not2xx]),
      target: { of: 'each', is: '=', value: 0 },
    },
  ];
}

function side(server: ServerProcess): Side {
  return { server, perSecond: [], cpuShares: [], generatorCpuShares: [], not2xx: 0 };
}

function forget({ perSecond, cpuShares, generatorCpuShares }: Side): void {
  for (const list of [perSecond, cpuShares, generatorCpuShares]) list.length = 0;
}

function startBare(
  { folder, redis }: StandIns,
  kind: 'each' | 'grouped' | 'nothing' | 'redis',
): Promise<ServerProcess> {
  const environment = {
    DATABASE_PATH: join(folder, `bare-${kind}.db`),
    REDIS_URL: redis?.url ?? '',
    BARE: kind,
  };
  return startServerProcess({ script: 'bare-server.js', folder, environment });
}

async function load(to: Side, next: () => Buffer, forMs: number): Promise<void> {
  const { pid, port } = to.server;
  const cpuBefore = processFigures(pid).cpuMs;
  const hereBefore = process.cpuUsage();
  const { perSecond, not2xx } = await closedLoop({ port, connections: CONNECTIONS, forMs, next });
  const here = process.cpuUsage(hereBefore);
  to.perSecond.push(perSecond);
  to.not2xx += not2xx;
  to.cpuShares.push((processFigures(pid).cpuMs - cpuBefore) / forMs);
  to.generatorCpuShares.push((here.user + here.system) / 1000 / forMs);
}

/** Each is new: its communication has a number of its own, put into bytes that are made beforehand. */
function endlessEvents({ aws }: StandIns): () => Buffer {
  const NUMBER = '0000000000';
  const requests = Array.from({ length: CASES }, (_, number) => {
    const { caseId, displayId } = aws.openCase({ subject: `Case ${number}`, body: 'Help.', silent: true });
    const request = eventRequest(
      makeSupportEvent({
        name: 'AddCommunicationToCase',
        accountId: ACCOUNT,
        caseId,
        displayId,
        at: Date.now(),
        communication: { id: NUMBER, from: 'aws' },
      }),
    );
    return { request, at: request.indexOf(`"communication-id":"${NUMBER}"`) + '"communication-id":"'.length };
  });
  let count = 0;
  return () => {
    const template = requests[count % CASES];
    if (template === undefined) throw new Error('no case');
    count += 1;
    const request = Buffer.from(template.request);
    request.write(String(count).padStart(NUMBER.length, '0'), template.at, 'latin1');
    return request;
  };
}
