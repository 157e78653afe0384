import type { CaseKey } from '../case/case-key.js';
import { CARD, isOwed } from '../case/ledger-entry.js';
import type { Reading } from '../case/reading.js';
import type { RoutedCase } from '../case/route.js';
import { destinationOf, type Routing } from '../case/routing.js';
import type { CaseFile } from '../store/store.js';

/** By what a case is sent on its way: what AWS shows now, else what it has shown; null where it never has. */
export function routedBy({ record }: Pick<CaseFile, 'record'>, reading: Reading | null): RoutedCase | null {
  return reading?.case ?? record?.card?.details ?? null;
}

/**
 * The channel of a case's thread. One that exists stays where it is, as one does of which nobody is sure whether it was
 * opened: there it is looked for. Where nothing was posted yet, the routes are asked anew, so that a case which waits
 * because of a channel goes on as soon as they lead elsewhere.
 */
export function threadChannel(
  routing: Routing,
  key: CaseKey,
  file: Pick<CaseFile, 'record' | 'ledger'>,
  reading: Reading | null,
): string {
  const { record, ledger } = file;
  const isThere =
    record?.threadTs != null ||
    record?.formerTs != null ||
    ledger.some((row) => row.entry === CARD && !isOwed(row));
  return isThere && record?.channel != null
    ? record.channel
    : destinationOf(routing, key, routedBy(file, reading)).channel;
}
