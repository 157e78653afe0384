import type {
  Communication as ApiCommunication,
  Service as ApiService,
  SeverityLevel as ApiSeverityLevel,
  CaseDetails,
} from '@aws-sdk/client-support';
import dayjs from 'dayjs';
import type { Case } from '../case/case.js';
import type { Communication } from '../case/communication.js';
import type { Service, SeverityLevel } from './support-api.js';

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

/** None where there is no code: nothing could be done with it. */
export function toService({ code, name, categories = [] }: ApiService): Service[] {
  if (!code) return [];
  return [{ code, name: name || code, categories: categories.flatMap(coded) }];
}

export function toSeverityLevel(level: ApiSeverityLevel): SeverityLevel[] {
  return coded(level);
}

function coded({ code, name }: { code?: string | undefined; name?: string | undefined }) {
  return code ? [{ code, name: name || code }] : [];
}

/** ISO 8601 in UTC, e.g. `2020-05-12T23:12:35.000Z`. */
function milliseconds(time: string | undefined): number {
  const at = dayjs(time ?? '').valueOf();
  return Number.isNaN(at) ? 0 : at;
}
