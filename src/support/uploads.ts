import {
  AddAttachmentsToSetCommand,
  CompleteAttachmentUploadCommand,
  DescribeAttachmentUploadStatusCommand,
  GetAttachmentUploadLinksCommand,
  type UploadUrl,
} from '@aws-sdk/client-support';
import type { Call } from './make-call.js';
import { putPart } from './put-part.js';
import { NO_ANSWER } from './reasons.js';
import type { PartUrl, SupportApi, UploadStatus } from './support-api.js';
import { SupportError } from './support-error.js';
import { milliseconds } from './wire.js';

/** AWS gives ten addresses at most in one answer. */
const LINKS_PER_CALL = 10;
/** 5 MB, and a third more in base64, take their time on a slow line. */
const WITH_FILES_MS = 60_000;

/** The ways by which files get to AWS, before a communication carries them (facts: aws-support.md, 2.2). */
export function uploads(
  call: Call,
): Pick<
  SupportApi,
  'addAttachments' | 'beginUpload' | 'uploadUrls' | 'putPart' | 'completeUpload' | 'uploadStatus'
> {
  return {
    async addAttachments(files, setId) {
      const attachments = files.map(({ name, data }) => ({ fileName: name, data }));
      const answer = await call('AddAttachmentsToSet', (client) =>
        client.send(
          new AddAttachmentsToSetCommand({
            attachments,
            ...(setId === undefined ? {} : { attachmentSetId: setId }),
          }),
          { requestTimeout: WITH_FILES_MS },
        ),
      );
      if (!answer.attachmentSetId) throw unusable('AddAttachmentsToSet');
      return { id: answer.attachmentSetId, expiresAt: milliseconds(answer.expiryTime) };
    },

    async beginUpload({ name, size }) {
      const answer = await call('GetAttachmentUploadLinks', (client) =>
        client.send(new GetAttachmentUploadLinksCommand({ fileName: name, fileSizeBytes: size })),
      );
      const { uploadId, partSizeBytes = 0, totalParts = 0, uploadUrls = [] } = answer;
      // By these the file is cut into parts: with numbers that do not fit, AWS would get another file.
      if (!uploadId || partSizeBytes <= 0 || Math.ceil(size / partSizeBytes) !== totalParts)
        throw unusable('GetAttachmentUploadLinks');
      return {
        id: uploadId,
        fileName: name,
        partBytes: partSizeBytes,
        parts: totalParts,
        urls: uploadUrls.flatMap(toPartUrl),
      };
    },

    async uploadUrls({ id, fileName }, firstPart) {
      const answer = await call('GetAttachmentUploadLinks', (client) =>
        client.send(
          new GetAttachmentUploadLinksCommand({
            fileName,
            uploadId: id,
            // Without an end, AWS takes as many as there are, ten at most.
            uploadRange: { startIndex: firstPart },
          }),
        ),
      );
      return (answer.uploadUrls ?? []).slice(0, LINKS_PER_CALL).flatMap(toPartUrl);
    },

    // Not one of the five calls a second: it goes to another place.
    putPart,

    async completeUpload(uploadId, parts) {
      const answer = await call('CompleteAttachmentUpload', (client) =>
        client.send(
          new CompleteAttachmentUploadCommand({
            uploadId,
            completedUploads: parts.map(({ part, eTag }) => ({ partIndex: part, eTag })),
          }),
        ),
      );
      return toStatus(answer.uploadStatus);
    },

    async uploadStatus(uploadId) {
      const answer = await call('DescribeAttachmentUploadStatus', (client) =>
        client.send(new DescribeAttachmentUploadStatusCommand({ uploadId })),
      );
      return toStatus(answer.uploadStatus);
    },
  };
}

function toPartUrl({ url, partIndex, expiryDate }: UploadUrl): PartUrl[] {
  return url && partIndex ? [{ part: partIndex, url, expiresAt: milliseconds(expiryDate) }] : [];
}

/** A word that is not known yet is waited on like `attachment-not-ready`. */
function toStatus(status: string | undefined): UploadStatus {
  if (status === 'attachment-ready') return 'ready';
  return status === 'failed' ? 'failed' : 'not-ready';
}

function unusable(operation: string): SupportError {
  return new SupportError('unreachable', `${operation}-answer`, NO_ANSWER, 'no');
}
