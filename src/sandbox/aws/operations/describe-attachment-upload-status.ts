import { z } from 'zod';
import { member } from '../input.js';
import { operation } from '../operation.js';

const shape = z.strictObject({ uploadId: member.text, dryRun: member.flag });

export const describeAttachmentUploadStatus = operation(shape, (desk, account, input) => {
  const upload = desk.uploads.find(account.id, input.uploadId);
  return () => ({
    uploadStatus: desk.uploads.status(upload),
    fileName: upload.fileName,
    uploadProgress: { totalParts: upload.totalParts, completedPartsCount: upload.parts.size },
  });
});
