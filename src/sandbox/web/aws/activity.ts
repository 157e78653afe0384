import type { CaseState } from '../../aws/case-state.js';

/** When somebody last said something on a case: AWS tells no other time of change. */
export function lastActivity({ communications, timeCreated }: CaseState): string {
  return communications.at(-1)?.timeCreated ?? timeCreated;
}

export function newestFirst(cases: readonly CaseState[]): CaseState[] {
  return [...cases].sort(
    (a, b) => lastActivity(b).localeCompare(lastActivity(a)) || b.timeCreated.localeCompare(a.timeCreated),
  );
}

export function isOpen({ status }: CaseState): boolean {
  return status !== 'resolved';
}
