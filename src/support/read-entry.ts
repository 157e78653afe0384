import type { CaseKey } from '../case/case-key.js';
import type { Communication } from '../case/communication.js';
import { findCommunication } from '../case/find-communication.js';
import type { SupportApi } from './support-api.js';

/**
 * What an entry shows, read anew: the newest first, which come in one call; an old one takes one more. Null where AWS does
 * not show it any more. Rejects with a SupportError.
 */
export async function readEntry(
  api: Pick<SupportApi, 'getCase' | 'communications'>,
  { caseId }: CaseKey,
  entry: string,
): Promise<Communication | null> {
  const reading = await api.getCase(caseId);
  if (reading === null) return null;
  const found = findCommunication(entry, reading.communications);
  if (found !== null || reading.complete) return found;
  return findCommunication(entry, await api.communications(reading.case.key.caseId));
}
