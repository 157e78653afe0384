import { sharedState } from '../shared-state.js';
import { keep, kept } from '../shell/kept.js';

/** Whether the switches are to be seen on a wide page. */
export const troubleOpen = sharedState(kept('trouble') === 'open');

export function openTrouble(open: boolean): void {
  keep('trouble', open ? 'open' : 'closed');
  troubleOpen.set(open);
}
