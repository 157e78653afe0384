/** What the AWS window shows: the form for a new case, or the open case, or the list. */
import { openCase, pane } from '../selection.js';
import { sharedState } from '../shared-state.js';

/** Whether the form for a new case is open; it gives way to a case that is opened from elsewhere. */
export const creating = sharedState(false);

/** Somebody has been led to the form for a new case; the form takes the focus, and forgets it. */
export const formAsked = sharedState(false);

export function showCase(caseId: string): void {
  creating.set(false);
  openCase.set(caseId);
  pane.set('aws');
}

export function showList(): void {
  creating.set(false);
  openCase.set(null);
  pane.set('aws');
}

export function showForm(): void {
  openCase.set(null);
  creating.set(true);
  pane.set('aws');
}
