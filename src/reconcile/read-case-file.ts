import type { CaseKey } from '../case/case-key.js';
import { CARD } from '../case/ledger-entry.js';
import type { CaseFile, Store } from '../store/store.js';

/**
 * All that is known of a case. Killed right after its card was posted, the ledger has the card and the record no thread
 * yet: without this, every entry would be posted into the channel from then on.
 */
export async function readCaseFile(store: Pick<Store, 'caseFile'>, key: CaseKey): Promise<CaseFile> {
  const file = await store.caseFile(key);
  const { record, ledger } = file;
  const cardTs = ledger.find(({ entry }) => entry === CARD)?.ts ?? null;
  if (record === null || record.threadTs !== null || cardTs === null) return file;
  return { ...file, record: { ...record, threadTs: cardTs } };
}
