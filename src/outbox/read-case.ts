import type { Reading } from '../case/reading.js';
import { NO_SUCH_CASE } from '../support/reasons.js';
import type { SupportApi } from '../support/support-api.js';
import { SupportError } from '../support/support-error.js';

/**
 * A case that is there. Rejects where AWS does not show it: of what is on a case that cannot be seen, nobody may say that
 * it is not there.
 */
export async function readCase(api: SupportApi, caseId: string): Promise<Reading> {
  const reading = await api.getCase(caseId);
  if (reading !== null) return reading;
  throw new SupportError('not-found', 'no-case', api.noSuchCase ?? NO_SUCH_CASE, 'no');
}
