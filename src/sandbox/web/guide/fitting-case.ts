import type { CaseState } from '../../aws/case-state.js';
import { isOpen, newestFirst } from '../aws/activity.js';
import type { StepId } from './steps.js';

/** A case to try a step with; undefined when there is none and one has to be created first. */
export function fittingCase(step: StepId, cases: readonly CaseState[]): CaseState | undefined {
  const open = newestFirst(cases.filter(isOpen));
  const asking = open.find(({ status }) => status === 'pending-customer-action');
  switch (step) {
    case 'read':
    case 'answer':
      return asking ?? open[0];
    default:
      // The one that they have just worked with.
      return open[0];
  }
}
