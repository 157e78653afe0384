import type { SupportPlan } from './account.js';
import { AWS_AUTHOR } from './communication.js';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/**
 * Within which time AWS means to answer a new case (user guide, "Case management"; facts: aws-support.md, 2.3). For
 * critical cases it depends on the plan: here is the longest, that of Business Support+, for where nobody says which it is.
 */
const TARGETS: Readonly<Record<string, number>> = {
  low: 24 * HOUR,
  normal: 12 * HOUR,
  high: 4 * HOUR,
  urgent: HOUR,
  critical: 30 * MINUTE,
};

/** Of critical cases, where the plan promises less. */
const CRITICAL: Partial<Record<SupportPlan, number>> = {
  enterprise: 15 * MINUTE,
  'unified-operations': 5 * MINUTE,
};

/** With these AWS answers in business hours, of which nobody tells us whose they are: no time can be promised. */
const BUSINESS_HOURS: ReadonlySet<SupportPlan | null> = new Set<SupportPlan>(['basic', 'developer']);

/** When AWS first said something on a case, as far as is known. */
export interface FirstAnswer {
  /** Milliseconds since 1970; null when it had said nothing by then. */
  readonly at: number | null;
  /** The newest communication that was looked at to find out. */
  readonly asOf: number;
}

export interface Waiting {
  readonly severity: string;
  readonly openedBy: string;
  readonly openedAt: number;
  readonly resolved: boolean;
  /** Undefined where nobody knows. */
  readonly firstAnswer: FirstAnswer | undefined;
  /** Null where nobody has said. */
  readonly plan: SupportPlan | null;
}

interface Said {
  readonly at: number;
  readonly byAws: boolean;
}

/**
 * What is known of AWS's first answer after a look at a case. One that brings only the newest communications proves
 * something only where it reaches back to what is known already.
 *
 * @param said the communications of the look, oldest first.
 */
export function firstAnswerOf(
  said: readonly Said[],
  complete: boolean,
  before: FirstAnswer | undefined,
): FirstAnswer | undefined {
  if (before !== undefined && before.at !== null) return before;
  if (!complete && !reachesBack(said[0]?.at, before)) return undefined;
  const at = said.find(({ byAws }) => byAws)?.at ?? null;
  return { at, asOf: said.at(-1)?.at ?? before?.asOf ?? 0 };
}

/**
 * Whether a look that brings nothing older than `oldest` is enough to know when AWS said something first: else that may be
 * among what it leaves out.
 */
export function reachesBack(oldest: number | undefined, before: FirstAnswer | undefined): boolean {
  if (before === undefined) return false;
  return before.at !== null || (oldest !== undefined && oldest <= before.asOf);
}

/**
 * How AWS stands to its target for the first answer, e.g. `First answer from AWS due in about 3 h`. Coarse, so that a card
 * need not be shown anew too often. Null where there is no target, or nothing is known.
 */
export function firstResponseWords(waiting: Waiting, now: number): string | null {
  const { openedAt, firstAnswer } = waiting;
  const target = targetOf(waiting);
  if (target === null || firstAnswer === undefined) return null;
  if (firstAnswer.at !== null) {
    const took = Math.max(0, firstAnswer.at - openedAt);
    const late = took > target ? `, ${duration(took - target)} late` : '';
    return `First answer from AWS after ${duration(took)}${late}`;
  }
  if (waiting.resolved) return null;
  return step(openedAt + target - now).words;
}

/** When {@link firstResponseWords} says something else, if nothing happens; null when it never does. */
export function firstResponseChangesAt(waiting: Waiting, now: number): number | null {
  const target = targetOf(waiting);
  if (target === null || waiting.resolved || waiting.firstAnswer?.at !== null) return null;
  const due = waiting.openedAt + target;
  const { words } = step(due - now);
  for (let at = now; ; ) {
    at = due - step(due - at).until;
    if (step(due - at).words !== words) return at;
  }
}

/** In milliseconds; null where there is none. What AWS opened itself, it need not answer. */
export function targetOf({ severity, openedBy, openedAt, plan }: Waiting): number | null {
  if (openedAt === 0 || openedBy.trim() === AWS_AUTHOR || !Object.hasOwn(TARGETS, severity)) return null;
  if (BUSINESS_HOURS.has(plan)) return null;
  const ofPlan = severity === 'critical' && plan !== null ? CRITICAL[plan] : undefined;
  return ofPlan ?? TARGETS[severity] ?? null;
}

/** @param left milliseconds until it is due; below 0 when it is late. `until`: so much is left when the words end. */
function step(left: number): { readonly words: string; readonly until: number } {
  if (left <= 0) return lateStep(-left);
  const size = left > 4 * HOUR ? HOUR : left > HOUR ? 30 * MINUTE : 5 * MINUTE;
  const floor = left > 4 * HOUR ? 4 * HOUR : left > HOUR ? HOUR : 0;
  const steps = Math.ceil((left - size / 2) / size);
  const soon = steps === 0;
  return {
    words: `First answer from AWS due ${soon ? 'in a few minutes' : `in about ${duration(steps * size)}`}`,
    until: Math.max(floor, (steps - 0.5) * size, 0),
  };
}

function lateStep(late: number): { readonly words: string; readonly until: number } {
  // The later, the less the next hour matters.
  const size = late < HOUR ? 20 * MINUTE : late < 12 * HOUR ? HOUR : late < 48 * HOUR ? 6 * HOUR : 24 * HOUR;
  const steps = Math.floor(late / size);
  const words = steps === 0 ? 'due now' : `${duration(steps * size)} late`;
  return { words: `First answer from AWS ${words}`, until: -((steps + 1) * size) };
}

/** `25 min`, `3 h 30 min`, `2 days`. */
export function duration(ms: number): string {
  const minutes = Math.floor(ms / MINUTE);
  if (minutes < 1) return 'less than a minute';
  if (minutes < 60) return `${minutes} min`;
  const hours = Math.floor(minutes / 60);
  if (hours >= 48) return `${Math.floor(hours / 24)} days`;
  const rest = hours < 12 ? minutes % 60 : 0;
  return rest === 0 ? `${hours} h` : `${hours} h ${rest} min`;
}
