import type { Communication as ApiCommunication, CaseDetails } from '@aws-sdk/client-support';
import dayjs from 'dayjs';
import type { Case } from '../case/case.js';
import type { Communication } from '../case/communication.js';

/** AWS's shapes in ours. Every field is optional in AWS's model, so nothing here may assume that it is there. */
export function toCase(account: string, details: CaseDetails): Case {
  return {
    key: { account, caseId: details.caseId ?? '' },
    displayId: details.displayId ?? '',
    subject: details.subject ?? '',
    status: details.status ?? '',
    severity: details.severityCode ?? '',
    service: details.serviceCode ?? '',
    category: details.categoryCode ?? '',
    openedBy: details.submittedBy ?? '',
    openedAt: milliseconds(details.timeCreated),
  };
}

export function toCommunication(communication: ApiCommunication): Communication {
  return {
    body: communication.body ?? '',
    submittedBy: communication.submittedBy ?? '',
    at: milliseconds(communication.timeCreated),
    attachments: (communication.attachments ?? communication.attachmentSet ?? []).map((file) => ({
      id: file.attachmentId ?? '',
      fileName: file.fileName ?? '',
    })),
  };
}

/** ISO 8601 in UTC, e.g. `2020-05-12T23:12:35.000Z`. */
export function milliseconds(time: string | undefined): number {
  const at = dayjs(time ?? '').valueOf();
  return Number.isNaN(at) ? 0 : at;
}
