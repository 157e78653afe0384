/**
 * One message on a case, as DescribeCommunications gives it. It has no id of its own: see identify.ts.
 * Times are whole seconds at AWS, milliseconds since 1970 here.
 */
export interface Communication {
  readonly body: string;
  /** Exactly `Amazon Web Services` for AWS; else an e-mail address or `Role (Role) <address>`. */
  readonly submittedBy: string;
  readonly at: number;
  readonly attachments: readonly Attachment[];
}

export interface Attachment {
  readonly id: string;
  readonly fileName: string;
}

/** What AWS writes into `submittedBy` of its own replies (facts: AWS CLI examples of the user guide). */
export const AWS_AUTHOR = 'Amazon Web Services';

export function isFromAws(communication: Communication): boolean {
  return communication.submittedBy.trim() === AWS_AUTHOR;
}
