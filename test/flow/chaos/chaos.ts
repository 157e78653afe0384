/** One run from beginning to end: a world, a plan carried out in it, quiet, and the verdict. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { CHANNEL } from '../../world/world.js';
import { Figures } from './figures.js';
import { judge, type Verdict } from './judge.js';
import { judgeLogs } from './logs.js';
import { Crowd } from './people.js';
import { planOf, type Settings } from './plan.js';
import { run } from './run.js';
import { type ChaosWorld, startWorld } from './world.js';

export interface Result {
  /** What is not as promised; empty when all is well. */
  readonly differences: readonly string[];
  readonly figures: Figures;
  /** Logs of the replicas; the caller's to remove. */
  readonly folder: string;
  /** The threads and what people were told, in words. */
  readonly picture: string;
}

export interface ChaosOptions {
  readonly settings: Settings;
  /** How long the bot may take to finish when nothing is broken any more. */
  readonly quietMs: number;
  readonly signal?: AbortSignal;
  /** Told each half minute how far it is. */
  readonly onProgress?: (line: string) => void;
}

const PROGRESS_MS = 30_000;
const LOOK_EVERY_MS = 500;
const PRESSES = 3;
/** Nothing wrong and nothing changed for so long: it stays so. */
const QUIET_MS = 2_000;

export async function chaos({
  settings,
  quietMs,
  signal = new AbortController().signal,
  onProgress,
}: ChaosOptions): Promise<Result> {
  const plan = planOf(settings);
  const figures = new Figures();
  const folder = mkdtempSync(join(tmpdir(), 'casethread-chaos-'));
  const startedAt = performance.now();
  const world = await startWorld(plan, figures, folder);
  const crowd = new Crowd(world, figures);
  let phase = 'things happen';
  const progress = setInterval(() => onProgress?.(lineOf(world, crowd, phase, startedAt)), PROGRESS_MS);
  try {
    await Promise.all(world.replicas.map((each) => each.start()));
    for (const each of world.replicas) {
      if (each.state !== 'up')
        throw new Error(`${each.name} does not start:\n${each.logged().slice(-2_000)}`);
    }
    await run(plan, { world, crowd, figures, signal });
    figures.set('seconds until everything worked again', seconds(startedAt));
    world.state.calm = true;
    await Promise.all(world.replicas.map((each) => each.start()));

    phase = 'everything works, the bot finishes';
    const quietFrom = performance.now();
    const notYet = (all: readonly string[]) => {
      phase = `everything works, the bot finishes; ${all.length} differences still, the first: ${all[0] ?? 'none'}`;
    };
    let verdict = await quiet(world, crowd, quietMs, signal, notYet);
    figures.set('replies that were told not to have arrived, at the end', crowd.offers().length);
    // Who presses "Send again" may have to agree, with a second button, that the reply reopens the case.
    for (let round = 0; round < PRESSES && verdict.differences.length === 0; round += 1) {
      const offers = crowd.offers();
      if (offers.length === 0) break;
      for (const offer of offers) await crowd.press(offer, 1);
      verdict = await quiet(world, crowd, quietMs, signal, notYet);
    }
    const unsent = crowd
      .offers()
      .map(({ user }) => `${user} has pressed every button, and is still told that it did not arrive.`);
    figures.set('seconds until it was quiet', seconds(quietFrom));
    const logs = judgeLogs(
      world.replicas,
      world.state.outages,
      new RegExp(`word[0-9a-z]{3,}x${(settings.seed >>> 0).toString(36)}`),
    );
    for (const [kind, often] of logs.explained) figures.count(`error lines: ${kind}`, often);
    const differences = [
      ...verdict.differences,
      ...(verdict.differences.length === 0 ? unsent : []),
      ...figures.crashReport(),
      ...logs.differences,
    ];
    finalFigures(world, crowd, figures);
    figures.set('differences', differences.length);
    figures.set('seconds in all', seconds(startedAt));
    return { differences, figures, folder, picture: differences.length === 0 ? '' : world.slack.picture() };
  } catch (error) {
    if (signal.aborted) rmSync(folder, { recursive: true, force: true });
    else if (error instanceof Error) error.message += `\nlogs: ${folder}`;
    throw error;
  } finally {
    clearInterval(progress);
    await world.stop();
  }
}

/** Waits until nothing is wrong and nothing changes any more; when the time is up, with what is wrong then. */
async function quiet(
  world: ChaosWorld,
  crowd: Crowd,
  quietMs: number,
  signal: AbortSignal,
  notYet: (differences: readonly string[]) => void,
): Promise<Verdict> {
  const giveUpAt = performance.now() + quietMs;
  let last = '';
  let since = performance.now();
  for (;;) {
    const verdict = await judge(world, crowd);
    const { differences } = verdict;
    const now = performance.now();
    if (verdict.quiet !== last || differences.length > 0) since = now;
    last = verdict.quiet;
    notYet(differences);
    if (now - since >= QUIET_MS || now > giveUpAt) return verdict;
    await sleep(LOOK_EVERY_MS, undefined, { signal });
  }
}

function finalFigures({ slack, aws, bridge }: ChaosWorld, crowd: Crowd, figures: Figures): void {
  const cases = aws.cases();
  const messages = slack.threads(CHANNEL).flatMap(({ card, replies }) => [card, ...replies]);
  figures.set('cases', cases.length);
  figures.set(
    'communications',
    cases.reduce((sum, each) => sum + each.communications.length, 0),
  );
  figures.set('messages by the bot', messages.filter(({ botId }) => botId !== undefined).length);
  figures.set('requests by EventBridge', bridge.sent);
  figures.set('requests by EventBridge that were retries', bridge.retried);
  figures.set('replies sent by people', crowd.errands.filter(({ kind }) => kind === 'reply').length);
}

function seconds(since: number): number {
  return Math.round((performance.now() - since) / 1000);
}

function lineOf({ aws, replicas }: ChaosWorld, { errands }: Crowd, phase: string, startedAt: number): string {
  const states = replicas.map(({ state }) => state).join(', ');
  return `${seconds(startedAt)} s: ${phase}; ${aws.cases().length} cases, ${errands.length} wishes of people; replicas: ${states}`;
}
