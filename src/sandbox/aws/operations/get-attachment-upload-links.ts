import { z } from 'zod';
import { invalid } from '../api-error.js';
import { member } from '../input.js';
import { operation } from '../operation.js';
import { UPLOAD_BYTES, UPLOAD_LINKS } from '../upload-room.js';

const shape = z.strictObject({
  fileName: z.string().min(1),
  fileSizeBytes: z.number().int().min(1).max(UPLOAD_BYTES).optional(),
  uploadId: z.string().min(1).max(2048).optional(),
  uploadRange: z
    .strictObject({ startIndex: z.number().int().min(1), endIndex: z.number().int().min(2).optional() })
    .optional(),
  dryRun: member.flag,
});

/** Begins an upload, or gives fresh links to the parts of one. Both at once is a mistake of the client. */
export const getAttachmentUploadLinks = operation(shape, (desk, account, input) => {
  const { fileName, fileSizeBytes, uploadId, uploadRange } = input;
  if ((fileSizeBytes === undefined) === (uploadId === undefined))
    throw invalid('Either fileSizeBytes or uploadId is required, and not both.');
  const known = uploadId === undefined ? undefined : desk.uploads.find(account.id, uploadId);
  if (known !== undefined && known.fileName !== fileName) throw invalid('The upload is of another file.');
  if (known?.completedAt !== undefined) throw invalid('The upload is complete already.');
  const start = uploadRange?.startIndex ?? 1;
  const { endIndex } = uploadRange ?? {};
  if (endIndex !== undefined && (endIndex <= start || endIndex - start > UPLOAD_LINKS))
    throw invalid(`A range is of 1 to ${UPLOAD_LINKS} parts.`);
  if (known !== undefined && (start > known.totalParts || (endIndex ?? 0) > known.totalParts + 1))
    throw invalid(`The upload has ${known.totalParts} parts.`);
  return () => {
    const upload = known ?? desk.uploads.begin(account.id, fileName, fileSizeBytes ?? 0);
    const end = Math.min(endIndex ?? start + UPLOAD_LINKS, upload.totalParts + 1);
    return {
      uploadId: upload.id,
      partSizeBytes: upload.partBytes,
      totalParts: upload.totalParts,
      nextIndex: end > upload.totalParts ? null : end,
      uploadUrls: desk.uploads.links(upload, start, end),
    };
  };
});
