import type { Case } from '../case/case.js';
import type { CaseKey } from '../case/case-key.js';
import type { OutboxMessage } from '../store/outbox-message.js';
import type { SupportApi } from '../support/support-api.js';
import { carries } from './is-on-case.js';

/** AWS's clock and ours may differ by so much. */
const CLOCKS_DIFFER_MS = 600_000;

/**
 * The case that an opening has made, if AWS shows it: found among the open cases by the reference in its stamp line. Rejects
 * with a SupportError.
 */
export async function findNewCase(
  api: SupportApi,
  { reference, attemptedAt, createdAt }: OutboxMessage,
): Promise<CaseKey | null> {
  const since = (attemptedAt ?? createdAt) - CLOCKS_DIFFER_MS;
  const busy: Case[] = [];
  for await (const reading of api.openCases()) {
    if (reading.communications.some((each) => carries(each, reference))) return reading.case.key;
    // So much was said at once that its opening is not among the newest any more.
    if (!reading.complete && reading.case.openedAt >= since) busy.push(reading.case);
  }
  for (const { key } of busy) {
    const all = await api.communications(key.caseId);
    if (all.some((each) => carries(each, reference))) return key;
  }
  return null;
}
