import type { CaseKey } from '../case/case-key.js';
import type { Communication } from '../case/communication.js';
import type { SupportApi } from './support-api.js';

/** Whether a file is on this case, as AWS has it: one call, and one more where that gives only the newest. Rejects with a SupportError. */
export async function hasAttachment(
  api: Pick<SupportApi, 'getCase' | 'communications'>,
  { caseId }: CaseKey,
  attachmentId: string,
): Promise<boolean> {
  const reading = await api.getCase(caseId);
  if (reading === null) return false;
  const isIn = (communications: readonly Communication[]) =>
    communications.some(({ attachments }) => attachments.some(({ id }) => id === attachmentId));
  if (isIn(reading.communications) || reading.complete) return isIn(reading.communications);
  return isIn(await api.communications(reading.case.key.caseId));
}
