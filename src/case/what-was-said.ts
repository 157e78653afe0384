import type { ApiCall } from './calls/api-call.js';
import { NO_CALLS, withCallers } from './calls/with-callers.js';
import { conversationAtAws, type Known } from './conversation-at-aws.js';
import { isSpoken } from './item.js';
import type { Reading } from './reading.js';

/** What has been said on a case, the oldest first, by whom as the entries of its thread say it. */
export function whatWasSaid(
  known: Known & { readonly calls: readonly ApiCall[] },
  reading: Reading,
  now: number,
) {
  const { items } = conversationAtAws(known, reading);
  const called = withCallers(
    { ...known, items, transitions: [], reading, now },
    { ...NO_CALLS, calls: known.calls },
  );
  return called.items.filter(isSpoken).sort((a, b) => a.at - b.at);
}
