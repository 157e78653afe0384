/** Carries out a plan, step by step at its time. What a step breaks it puts right again when its time is over. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { CaseState } from '../../../src/sandbox/aws/case-state.js';
import type { Figures } from './figures.js';
import { Outages } from './outages.js';
import type { Crowd } from './people.js';
import type { Plan, Step } from './plan.js';
import type { Replica } from './replica.js';
import type { ChaosWorld } from './world.js';

export interface RunDeps {
  readonly world: ChaosWorld;
  readonly crowd: Crowd;
  readonly figures: Figures;
  /** Aborted when somebody wants it to end. */
  readonly signal: AbortSignal;
}

/** Resolves when the last step is over and everything is put right; rejects when a step goes wrong by itself. */
export async function run({ steps }: Plan, deps: RunDeps): Promise<void> {
  const outages = new Outages(deps.world, deps.figures);
  const startedAt = performance.now();
  const underway: Promise<void>[] = [];
  for (const step of steps) {
    await sleep(Math.max(0, startedAt + step.at - performance.now()), undefined, { signal: deps.signal });
    const what = perform(step, deps, outages).then((done) => {
      deps.figures.count(done ? `steps: ${step.do}` : `steps that found nothing to do: ${step.do}`);
    });
    what.catch(() => undefined);
    underway.push(what);
  }
  await Promise.all(underway);
  outages.countHits();
}

/** False when there was nothing to do it to. */
async function perform(step: Step, deps: RunDeps, outages: Outages): Promise<boolean> {
  const { world, crowd, figures, signal } = deps;
  const { aws } = world;
  // When somebody wants it to end, it is put right at once.
  const passes = (ms: number) => sleep(ms, undefined, { signal }).catch(() => undefined);
  switch (step.do) {
    case 'open-case':
      aws.openCase({ subject: step.subject, body: step.body, severity: step.severity });
      return true;
    case 'aws-replies':
      return onCase(world, step.pick, ({ caseId }) => aws.reply(caseId, { from: 'aws', body: step.body }));
    case 'customer-replies':
      return onCase(world, step.pick, ({ caseId }) =>
        aws.reply(caseId, { from: 'customer', body: step.body }),
      );
    case 'resolve-at-aws':
      return onCase(world, step.pick, ({ caseId }) => aws.resolve(caseId));
    case 'change-severity':
      return onCase(world, step.pick, ({ caseId }) => aws.setSeverity(caseId, step.severity));
    case 'change-status':
      // Only words of AWS's about open cases: a resolved one is reopened by a reply.
      return onCase(world, step.pick, ({ caseId, status }) => {
        if (status !== 'resolved') aws.setStatus(caseId, step.status);
      });
    case 'command-reply':
      return onCase(world, step.pick, ({ displayId }) =>
        crowd.commands('reply', displayId, step.text, step.resendAfterMs),
      );
    case 'command-resolve':
      return onCase(world, step.pick, ({ displayId }) =>
        crowd.commands('resolve', displayId, '', step.resendAfterMs),
      );
    case 'mention-reply':
      return onCase(world, step.pick, ({ displayId }) =>
        crowd.mentions(displayId, step.text, step.resendAfterMs),
      );
    case 'press':
      return crowd.press(crowd.offers()[0], step.times);
    case 'slack-fault':
    case 'aws-fault': {
      const end = step.do === 'slack-fault' ? outages.slackFault(step.fault) : outages.awsFault(step.fault);
      await passes(step.forMs);
      end();
      return true;
    }
    case 'slack-down':
    case 'aws-down':
    case 'remove-bot':
      outages.begin(step.do);
      await passes(step.forMs);
      outages.end(step.do);
      return true;
    case 'aws-shows-late':
      aws.showDelayMs = step.lateMs;
      await passes(step.forMs);
      aws.showDelayMs = 0;
      return true;
    case 'kill':
    case 'restart': {
      const of = chosen(world, step.replicas);
      const ended = await Promise.all(of.map((each) => each.end(step.do === 'kill' ? 'SIGKILL' : 'SIGTERM')));
      figures.count(
        step.do === 'kill' ? 'replicas killed' : 'replicas stopped cleanly',
        ended.filter(Boolean).length,
      );
      await passes(step.forMs);
      await Promise.all(of.map((each) => each.start()));
      return ended.some(Boolean);
    }
    case 'kill-in-call': {
      const goOn = await outages.held(step.on, step.kind, step.waitMs);
      if (goOn === null) return false;
      const ended = await Promise.all(world.replicas.map((each) => each.end('SIGKILL')));
      figures.count('replicas killed', ended.filter(Boolean).length);
      goOn();
      await passes(step.forMs);
      await Promise.all(world.replicas.map((each) => each.start()));
      return true;
    }
    case 'pause': {
      const paused = chosen(world, step.replicas).filter((each) => each.pause());
      figures.count('replicas paused', paused.length);
      const from = Date.now();
      await passes(step.forMs);
      for (const each of paused) {
        each.goOn();
        world.state.outages.push({ replica: each.name, from, to: Date.now() });
      }
      return paused.length > 0;
    }
    case 'kill-redis':
    case 'pause-redis':
      return redisAway(deps, step.do, () => passes(step.forMs));
  }
}

async function onCase(
  { aws }: ChaosWorld,
  pick: number,
  act: (supportCase: CaseState) => unknown,
): Promise<boolean> {
  const cases = aws.cases();
  const supportCase = cases[Math.floor(pick * cases.length)];
  if (supportCase === undefined) return false;
  return (await act(supportCase)) !== false;
}

function chosen({ replicas }: ChaosWorld, indexes: readonly number[]): Replica[] {
  return replicas.filter((_, index) => indexes.includes(index));
}

/** One at a time: what is killed cannot be paused. */
async function redisAway(
  { world }: RunDeps,
  how: 'kill-redis' | 'pause-redis',
  passes: () => Promise<unknown>,
): Promise<boolean> {
  const { redis, state } = world;
  if (redis === null || state.redisIsAway) return false;
  state.redisIsAway = true;
  const from = Date.now();
  try {
    if (how === 'kill-redis') {
      await redis.kill();
      await passes();
      await redis.restart();
    } else {
      const { pid } = redis;
      process.kill(pid, 'SIGSTOP');
      await passes();
      process.kill(pid, 'SIGCONT');
    }
  } finally {
    state.redisIsAway = false;
    state.outages.push({ replica: null, from, to: Date.now() });
  }
  return true;
}
