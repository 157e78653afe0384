import type { Operation } from '../operation.js';
import { addAttachmentsToSet } from './add-attachments-to-set.js';
import { addCommunicationToCase } from './add-communication-to-case.js';
import { completeAttachmentUpload } from './complete-attachment-upload.js';
import { createCase } from './create-case.js';
import { describeAttachment } from './describe-attachment.js';
import { describeAttachmentUploadStatus } from './describe-attachment-upload-status.js';
import { describeCases } from './describe-cases.js';
import { describeCommunications } from './describe-communications.js';
import { describeCreateCaseOptions } from './describe-create-case-options.js';
import { describeServices } from './describe-services.js';
import { describeSeverityLevels } from './describe-severity-levels.js';
import { describeSupportedLanguages } from './describe-supported-languages.js';
import { getAttachmentDownloadLink } from './get-attachment-download-link.js';
import { getAttachmentUploadLinks } from './get-attachment-upload-links.js';
import { resolveCase } from './resolve-case.js';

/** Every operation that is answered; a name that is not here is UnknownOperationException. */
export const operations: ReadonlyMap<string, Operation> = new Map([
  ['AddAttachmentsToSet', addAttachmentsToSet],
  ['AddCommunicationToCase', addCommunicationToCase],
  ['CompleteAttachmentUpload', completeAttachmentUpload],
  ['CreateCase', createCase],
  ['DescribeAttachment', describeAttachment],
  ['DescribeAttachmentUploadStatus', describeAttachmentUploadStatus],
  ['DescribeCases', describeCases],
  ['DescribeCommunications', describeCommunications],
  ['DescribeCreateCaseOptions', describeCreateCaseOptions],
  ['DescribeServices', describeServices],
  ['DescribeSeverityLevels', describeSeverityLevels],
  ['DescribeSupportedLanguages', describeSupportedLanguages],
  ['GetAttachmentUploadLinks', getAttachmentUploadLinks],
  ['GetAttachmentDownloadLink', getAttachmentDownloadLink],
  ['ResolveCase', resolveCase],
]);
