/** After quiet, whether everything is as promised: what a person finds in Slack against what AWS has, and nothing left over. */
import { Redis } from 'ioredis';
import { readStamp } from '../../../src/case/stamp.js';
import { agreement } from '../../../src/sandbox/agreement/agreement.js';
import { linksOf, type Message, mentionsOf } from '../../../src/sandbox/slack/start-slack.js';
import { CHANNEL } from '../../world/world.js';
import type { Crowd, Errand } from './people.js';
import { type Standing, Told } from './words.js';
import type { ChaosWorld } from './world.js';

/** What is not as it should be, in sentences; `quiet` changes whenever anybody could see a change. */
export interface Verdict {
  readonly differences: readonly string[];
  readonly quiet: string;
}

export async function judge(world: ChaosWorld, crowd: Crowd): Promise<Verdict> {
  const { slack, aws } = world;
  const cases = aws.cases();
  const threads = slack.threads(CHANNEL).filter(({ card }) => isCard(card));
  const told = new Told(slack);
  const { differences } = agreement(cases, threads, slack.textOf);
  const bodies = cases.flatMap(({ communications }) => communications.map(({ body }) => body));
  const byBot = threads.flatMap(({ card, replies }) => [card, ...replies]).filter((each) => each.botId);
  const left = await leftOver(world);
  return {
    differences: [
      ...differences.flatMap(({ displayId, what }) => what.map((each) => `Case ${displayId}: ${each}.`)),
      ...extraThreads(cases.length, threads.length),
      ...crowd.errands.flatMap((errand) => wrongWith(errand, bodies, told)),
      ...repeatedReferences(bodies),
      ...cases.flatMap((each) => unaskedResolves(each, crowd, world.resolves)),
      ...byBot.flatMap((message) => mentionsOf(message).map((who) => `A message of the bot calls ${who}.`)),
      ...left,
    ],
    quiet: JSON.stringify([
      byBot.map(({ ts, editedTs }) => [ts, editedTs]),
      crowd.errands.map(({ user }) => told.said(user)),
      bodies.length,
      cases.map(({ status }) => status),
      left,
    ]),
  };
}

/** In the channel people may write, and the bot may say what needs a person. */
function isCard(message: Message): boolean {
  return message.botId !== undefined && linksOf(message).some((link) => /[?&]displayId=\d/.test(link));
}

function extraThreads(cases: number, threads: number): string[] {
  return threads > cases ? [`There are ${threads} threads for ${cases} cases.`] : [];
}

/** How often AWS may have a reply, by how the person was told that things stand. */
const TIMES: Readonly<Record<Standing, readonly number[]>> = {
  arrived: [1],
  failed: [0],
  asking: [0],
  refused: [0],
  resolved: [0],
  waiting: [],
  nothing: [],
};

function wrongWith(
  { user, kind, displayId, text, taken }: Errand,
  bodies: readonly string[],
  told: Told,
): string[] {
  const standing = told.standing(user);
  const what = `The ${kind} by ${user} on case ${displayId}${kind === 'reply' ? ` (${tokenOf(text)})` : ''}`;
  const words = told
    .said(user)
    .map((each) => `“${each}”`)
    .join(', ');
  // Slack told the person that it was not handed over; whether it was, they find out in the thread.
  if (standing === 'nothing' && !taken) {
    return times(text, bodies) > 1 ? [`${what} is at AWS ${times(text, bodies)} times.`] : [];
  }
  if (standing === 'nothing') return [`${what}: the person was never told anything.`];
  if (standing === 'waiting') return [`${what}: the person was never told how it ended, only ${words}.`];
  // Whether the case is resolved now says nothing: others reopen it, and resolve it at AWS.
  if (kind === 'resolve') return [];
  const often = times(text, bodies);
  const body = bodies.find((each) => each.includes(tokenOf(text)));
  // Slack turns addresses into links, and those into words: they are left out here.
  const isChanged =
    body !== undefined && !text.includes('http') && bare(readStamp(body)?.text ?? '') !== bare(text);
  if (isChanged) return [`${what} is not what the person typed.`];
  return TIMES[standing].includes(often)
    ? []
    : [`${what} is at AWS ${often} times; the person was told ${words}.`];
}

function bare(text: string): string {
  return text.replace(/\s+/gu, '');
}

/** Each reply has a word that no other text has. */
function tokenOf(text: string): string {
  return /word[0-9a-z]{3,}x[0-9a-z]+/.exec(text)?.[0] ?? text;
}

function times(text: string, bodies: readonly string[]): number {
  const token = tokenOf(text);
  return token === '' ? 0 : bodies.filter((body) => body.includes(token)).length;
}

function repeatedReferences(bodies: readonly string[]): string[] {
  const seen = new Map<string, number>();
  for (const body of bodies) {
    const reference = readStamp(body)?.reference;
    if (reference !== undefined) seen.set(reference, (seen.get(reference) ?? 0) + 1);
  }
  return [...seen].flatMap(([reference, often]) =>
    often > 1 ? [`The reference ${reference} is at AWS ${often} times.`] : [],
  );
}

/** A case is resolved by the bot no more often than people asked for it: somebody may have reopened it in between. */
function unaskedResolves(
  { caseId, displayId }: { readonly caseId: string; readonly displayId: string },
  { errands }: Crowd,
  resolves: ChaosWorld['resolves'],
): string[] {
  const done = [...resolves].filter((call) => call.done && call.input.caseId === caseId).length;
  const asked = errands
    .filter((errand) => errand.kind === 'resolve' && errand.displayId === displayId)
    .reduce((sum, errand) => sum + errand.asked, 0);
  return done > asked ? [`Case ${displayId} was resolved ${done} times, and people asked for ${asked}.`] : [];
}

/** Work that is not done, and what needs a person. */
async function leftOver(world: ChaosWorld): Promise<string[]> {
  const { replicas, redis } = world;
  const left = await Promise.all(replicas.map(({ name, url }) => readyOf(name, url)));
  return [
    ...left.flat(),
    ...(world.lateEvents() > 0 ? ['Events are still on their way.'] : []),
    ...(redis === null ? [] : await keysInWork(redis.url)),
  ];
}

interface Ready {
  readonly ready: boolean;
  readonly parked: readonly { readonly reason: string; readonly cases: number }[];
  readonly inbox: { readonly waiting: number; readonly working: number } | null;
}

async function readyOf(name: string, url: string): Promise<string[]> {
  try {
    const response = await fetch(`${url}/readyz`, { signal: AbortSignal.timeout(5_000) });
    const { ready, parked, inbox, ...parts } = (await response.json()) as Ready;
    const busy = inbox === null ? 'no inbox' : inbox.waiting + inbox.working;
    return [
      ...(ready ? [] : [`${name} is not ready: ${JSON.stringify(parts)}.`]),
      ...parked.map(({ reason, cases }) => `${name} has ${cases} cases parked: ${reason}`),
      ...(busy === 0 ? [] : [`${name} has ${busy} cases in its inbox.`]),
    ];
  } catch (error) {
    return [`${name} does not say whether it is ready: ${error instanceof Error ? error.message : error}.`];
  }
}

async function keysInWork(url: string): Promise<string[]> {
  const client = new Redis(url, { lazyConnect: true, maxRetriesPerRequest: 1 });
  client.on('error', () => undefined);
  try {
    const found: string[] = [];
    for (const queue of await client.keys('{casethread}:inbox:*:work')) {
      for (const key of await client.zrange(queue, '0', '-1'))
        found.push(`${key} is still in work (${queue}).`);
    }
    return found;
  } catch (error) {
    return [`Redis does not answer: ${error instanceof Error ? error.message : error}.`];
  } finally {
    client.disconnect();
  }
}
