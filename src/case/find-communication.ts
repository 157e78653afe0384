import { type Communication, isFromAws } from './communication.js';
import { referenceOf } from './entry-ids.js';
import { identify } from './identify.js';
import { readStamp } from './stamp.js';

/**
 * The communication that an entry shows, among some of those of its case; null when it is not one of them. Of equals, which
 * differ in nothing but their rank, any will do.
 *
 * @param entry as identify.ts or entry-ids.ts name it.
 * @param communications oldest first.
 */
export function findCommunication(
  entry: string,
  communications: readonly Communication[],
): Communication | null {
  const reference = referenceOf(entry);
  const isIt =
    reference === null
      ? ({ id }: { readonly id: string }) => withoutRank(id) === withoutRank(entry)
      : (each: Communication) => !isFromAws(each) && readStamp(each.body)?.reference === reference;
  return identify(communications).find(isIt) ?? null;
}

function withoutRank(id: string): string {
  return id.replace(/-\d+$/, '');
}
