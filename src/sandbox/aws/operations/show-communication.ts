import { SMALL_ATTACHMENT_BYTES } from '../attachment-room.js';
import type { AttachmentRef, StoredCase, StoredCommunication } from '../case-state.js';
import type { Desk, Output } from '../operation.js';
import { wireTime } from '../wire-time.js';

/** A communication has no id in the API: nothing of it can be matched with an event (facts 2.3). */
export function showCommunication(stored: StoredCase, communication: StoredCommunication): Output {
  const small = communication.attachments.filter(({ size }) => size <= SMALL_ATTACHMENT_BYTES);
  return {
    caseId: stored.caseId,
    body: communication.body,
    submittedBy: communication.submittedBy,
    timeCreated: wireTime(communication.time),
    attachments: communication.attachments.map(reference),
    attachmentSet: small.map(reference),
  };
}

function reference({ attachmentId, fileName }: AttachmentRef): Output {
  return { attachmentId, fileName };
}

/** What the API shows by now. */
export function shownCommunications(desk: Desk, stored: StoredCase): StoredCommunication[] {
  const now = desk.now();
  return stored.communications.filter(({ shownFrom }) => shownFrom <= now);
}

/** The list that a token of DescribeCommunications belongs to; `recentCommunications.nextToken` is one without filters. */
export function communicationsScope(stored: StoredCase, afterTime?: number, beforeTime?: number): unknown[] {
  return ['DescribeCommunications', stored.serial, afterTime ?? null, beforeTime ?? null];
}
