import type { Side } from './author.js';
import { isResolved } from './case.js';

/** Who has to act next: we, AWS, or nobody any more. */
export type Turn = 'us' | 'aws' | 'nobody';

/**
 * AWS's status decides where it is plain; where it only says that the case is open, the side that spoke last waits for
 * the other (facts: status values of CaseDetails and their words in the console).
 */
export function turnOf(status: string, lastSpeaker: Side | null): Turn {
  if (isResolved(status)) return 'nobody';
  switch (status) {
    case 'pending-customer-action':
      return 'us';
    case 'unassigned':
    case 'work-in-progress':
    case 'customer-action-completed':
      return 'aws';
    default:
      return lastSpeaker === 'aws' ? 'us' : 'aws';
  }
}
