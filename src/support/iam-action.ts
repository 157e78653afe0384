/** Operations whose permission goes by another name (facts: aws-support.md, section 2.3, attachments). */
const ACTIONS: Readonly<Record<string, string>> = { GetAttachmentDownloadLink: 'DownloadAttachment' };

/** The IAM action, without its prefix, that allows an operation. */
export function iamAction(operation: string): string {
  return ACTIONS[operation] ?? operation;
}
