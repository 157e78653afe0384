import { z } from 'zod';
import { member } from '../input.js';
import { operation } from '../operation.js';

const shape = z.strictObject({
  uploadId: member.text,
  completedUploads: z
    .array(z.strictObject({ partIndex: z.number().int().min(1), eTag: z.string().min(1).max(256) }))
    .min(1),
  dryRun: member.flag,
});

/** AWS looks at the file after it has answered: that it is ready is seen only by asking. */
export const completeAttachmentUpload = operation(shape, (desk, account, input) => {
  const upload = desk.uploads.find(account.id, input.uploadId);
  desk.uploads.checkComplete(upload, input.completedUploads);
  return () => {
    desk.uploads.complete(upload);
    return { uploadStatus: 'attachment-not-ready' };
  };
});
