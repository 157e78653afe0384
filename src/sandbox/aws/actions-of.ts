const UPLOAD = ['UploadAttachment', 'AddAttachmentsToSet'];

/** Operations that permissions of other names allow (facts 2.3, attachments). */
const ACTIONS: Readonly<Record<string, readonly string[]>> = {
  GetAttachmentUploadLinks: UPLOAD,
  CompleteAttachmentUpload: UPLOAD,
  DescribeAttachmentUploadStatus: UPLOAD,
  GetAttachmentDownloadLink: ['DownloadAttachment', 'DescribeAttachment'],
};

/** The IAM actions, without their prefix, that an operation needs, all of them. */
export function actionsOf(operation: string): readonly string[] {
  return ACTIONS[operation] ?? [operation];
}
