import type { CallsTaken } from './names.js';
import type { TrailsSeen } from './read-trails.js';

/**
 * What the trails of an account lack of what is wanted; the gravest, of which the others would follow.
 *
 * - `trail`: there is none at work.
 * - `changes`: none records management events that change something.
 * - `reads`: none records those that read.
 * - `plans`: none records calls of AWS Support Plans, whose Region is another one.
 */
export type TrailsLack = 'trail' | 'changes' | 'reads' | 'plans';

export function trailsLack({ atWork, calls, plans }: TrailsSeen, wanted: CallsTaken): TrailsLack | null {
  if (!atWork) return 'trail';
  if (!calls.writes) return 'changes';
  if (wanted === 'all' && !calls.reads) return 'reads';
  return plans.writes && (wanted === 'changes' || plans.reads) ? null : 'plans';
}
