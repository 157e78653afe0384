import type { Burst } from '../case/calls/burst.js';
import type { Message } from './message.js';

/** What the audit channel shows of a call, or of several of one principal. */
export function renderBurst(_burst: Burst, _accountName: (account: string) => string): Message {
  throw new Error('not here yet');
}
