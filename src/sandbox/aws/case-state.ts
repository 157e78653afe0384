import { wireTime } from './wire-time.js';

/** Who a communication comes from. The API never says it; it is known here for events and for the sandbox page. */
export type From = 'aws' | 'customer';

/** Replies from AWS carry exactly this and no address (facts 2.3 "submittedBy"). */
export const AWS_NAME = 'Amazon Web Services';

export interface AttachmentRef {
  attachmentId: string;
  fileName: string;
  size: number;
}

export interface StoredCommunication {
  /** Grows with every communication: the tie-break inside one second. */
  serial: number;
  communicationId: string;
  from: From;
  body: string;
  submittedBy: string;
  /** Whole seconds, in ms. */
  time: number;
  /** The API shows it from this moment on. */
  shownFrom: number;
  attachments: AttachmentRef[];
}

export interface StoredCase {
  serial: number;
  accountId: string;
  caseId: string;
  displayId: string;
  subject: string;
  status: string;
  serviceCode: string;
  categoryCode: string;
  severityCode: string;
  submittedBy: string;
  time: number;
  language: string;
  issueType: string;
  ccEmailAddresses: string[];
  resolvedAt: number | undefined;
  communications: StoredCommunication[];
}

export interface CommunicationState {
  communicationId: string;
  from: From;
  body: string;
  submittedBy: string;
  timeCreated: string;
  attachments: AttachmentRef[];
}

/** Everything there is to know of a case, as a copy: reading it later does not show later changes. */
export interface CaseState {
  account: string;
  caseId: string;
  displayId: string;
  subject: string;
  status: string;
  serviceCode: string;
  categoryCode: string;
  severityCode: string;
  submittedBy: string;
  timeCreated: string;
  language: string;
  issueType: string;
  ccEmailAddresses: string[];
  /** Oldest first, those included that the API does not show yet. */
  communications: CommunicationState[];
}

export function caseState(stored: StoredCase): CaseState {
  const { serial: _serial, accountId, time, resolvedAt: _resolvedAt, communications, ...rest } = stored;
  return {
    ...structuredClone(rest),
    account: accountId,
    timeCreated: wireTime(time),
    communications: [...communications]
      .sort((a, b) => a.time - b.time || a.serial - b.serial)
      .map(({ serial: _s, shownFrom: _f, time: created, ...communication }) => ({
        ...structuredClone(communication),
        timeCreated: wireTime(created),
      })),
  };
}
