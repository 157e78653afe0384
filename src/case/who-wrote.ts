import type { Author } from './author.js';
import type { ApiCall } from './calls/api-call.js';
import { NO_CALLS, withCallers } from './calls/with-callers.js';
import { conversationAtAws, type Known } from './conversation-at-aws.js';
import { isSpoken } from './item.js';
import type { Reading } from './reading.js';

/** Who has said something on a case, for each time, the oldest first: as the entries of its thread name them. */
export function whoWrote(
  known: Known & { readonly calls: readonly ApiCall[] },
  reading: Reading,
  now: number,
): Author[] {
  const { items } = conversationAtAws(known, reading);
  const called = withCallers(
    { ...known, items, transitions: [], reading, now },
    { ...NO_CALLS, calls: known.calls },
  );
  return called.items
    .filter(isSpoken)
    .sort((a, b) => a.at - b.at)
    .map(({ author }) => author);
}
