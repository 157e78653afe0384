import type { CallsTaken } from './names.js';
import type { TrailsSeen } from './read-trails.js';

/**
 * What the trails of an account lack of what is wanted; the gravest, of which the others would follow.
 *
 * - `trail`: there is none at work.
 * - `changes`: none records management events that change something.
 * - `reads`: none records those that read.
 * - `plans`: none records calls of AWS Support Plans, whose Region is another one.
 * - `plan-reads`: none records those of them that read.
 */
export type TrailsLack = (typeof TRAILS_LACKS)[number];
export const TRAILS_LACKS = ['trail', 'changes', 'reads', 'plans', 'plan-reads'] as const;

export function trailsLack({ atWork, calls, plans }: TrailsSeen, wanted: CallsTaken): TrailsLack | null {
  if (!atWork) return 'trail';
  if (!calls.writes) return 'changes';
  if (wanted === 'all' && !calls.reads) return 'reads';
  if (!plans.writes) return 'plans';
  return wanted === 'all' && !plans.reads ? 'plan-reads' : null;
}
