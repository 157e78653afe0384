/** Which steps are done. It goes by what the picture shows, never by which button somebody pressed. */
import type { CaseState } from '../../aws/case-state.js';
import { shownText } from '../../slack/seen/shown-text.js';
import { findThread } from '../aws/find-thread.js';
import type { Picture } from '../live.js';
import { partsOf } from '../live.js';
import { STEPS, type StepId } from './steps.js';

export interface Progress {
  /** From when on things count, in ms: what is older belongs to the story that the sandbox begins with. */
  since: number;
  done: readonly StepId[];
  /** The cases that were open at some time since. */
  seenOpen: readonly string[];
  /** How much had been said on all cases when the bot was last there; null before the first look. */
  saidBefore: number | null;
  /** Something was said while the bot was away, and it has not caught up yet. */
  behind: boolean;
}

export function freshProgress(now: number): Progress {
  // AWS's times are whole seconds.
  return { since: Math.floor(now / 1_000) * 1_000, done: [], seenOpen: [], saidBefore: null, behind: false };
}

type OpenThread = { channel: string; ts: string } | null;

/** How far they are, given what is to be seen now. The same object when nothing has changed. */
export function watch(before: Progress, picture: Picture, thread: OpenThread, now: number): Progress {
  const { bot, agreement } = picture.parts;
  if (bot === undefined || agreement === undefined) return before;
  const cases = partsOf(picture, 'case').filter((each) => each !== undefined);
  // Another sandbox than the one they began with.
  const strange = before.seenOpen.length > 0 && !cases.some(({ caseId }) => before.seenOpen.includes(caseId));
  const progress = strange && cases.length > 0 ? freshProgress(now) : before;

  const said = cases.reduce((sum, { communications }) => sum + communications.length, 0);
  const here = bot.state === 'running';
  const isBehind = progress.behind || (!here && progress.saidBefore !== null && said > progress.saidBefore);
  const caughtUp = here && isBehind && agreement.agreeing === agreement.cases;
  const open = cases.filter(({ status }) => status !== 'resolved').map(({ caseId }) => caseId);

  const done = STEPS.map(({ id }) => id).filter(
    (id) =>
      progress.done.includes(id) ||
      (id === 'trouble' ? caughtUp : isDone(id, cases, picture, thread, progress)),
  );
  const next: Progress = {
    since: progress.since,
    done,
    seenOpen: [...new Set([...progress.seenOpen, ...open])],
    saidBefore: here ? said : progress.saidBefore,
    behind: isBehind && !caughtUp,
  };
  return JSON.stringify(next) === JSON.stringify(before) ? before : next;
}

function isDone(
  step: Exclude<StepId, 'trouble'>,
  cases: readonly CaseState[],
  picture: Picture,
  thread: OpenThread,
  { since, seenOpen }: Progress,
): boolean {
  const isNew = (time: string) => Date.parse(time) >= since;
  const behind = picture.parts.agreement?.differences.map(({ caseId }) => caseId) ?? [];
  // What is not in the thread yet has not been seen yet.
  const settled = cases.filter(({ caseId }) => !behind.includes(caseId));
  const newlySaid = settled.flatMap(({ communications }) =>
    communications.filter(({ timeCreated }) => isNew(timeCreated)),
  );
  switch (step) {
    case 'read':
      return (
        thread !== null && cases.some(({ displayId }) => findThread(picture, displayId)?.ts === thread.ts)
      );
    case 'answer':
      return newlySaid.some(({ from, body }) => from === 'customer' && body.includes(', via Slack'));
    case 'take':
      return cases.some(({ displayId }) => {
        const card = findThread(picture, displayId);
        return card !== undefined && shownText(card).includes('Owned by');
      });
    case 'engineer':
      return newlySaid.some(({ from }) => from === 'aws');
    case 'resolve':
      return settled.some(({ caseId, status }) => status === 'resolved' && seenOpen.includes(caseId));
    case 'open':
      return settled.some(({ timeCreated }) => isNew(timeCreated));
  }
}
