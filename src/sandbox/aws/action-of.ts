/** Operations that a permission of another name allows (facts 2.3, attachments). */
const ACTIONS: Readonly<Record<string, string>> = { GetAttachmentDownloadLink: 'DownloadAttachment' };

/** The IAM action, without its prefix, that allows an operation. */
export function actionOf(operation: string): string {
  return ACTIONS[operation] ?? operation;
}
