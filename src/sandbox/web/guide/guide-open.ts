import { sharedState } from '../shared-state.js';
import { keep, kept } from '../shell/kept.js';

export const guideOpen = sharedState(kept('guide') !== 'hidden');

export function openGuide(open: boolean): void {
  keep('guide', open ? 'shown' : 'hidden');
  guideOpen.set(open);
}
