import type { Operation } from '../operation.js';
import { addAttachmentsToSet } from './add-attachments-to-set.js';
import { addCommunicationToCase } from './add-communication-to-case.js';
import { createCase } from './create-case.js';
import { describeAttachment } from './describe-attachment.js';
import { describeCases } from './describe-cases.js';
import { describeCommunications } from './describe-communications.js';
import { describeServices } from './describe-services.js';
import { describeSeverityLevels } from './describe-severity-levels.js';
import { getAttachmentDownloadLink } from './get-attachment-download-link.js';
import { resolveCase } from './resolve-case.js';

/** Every operation that is answered; a name that is not here is UnknownOperationException. */
export const operations: ReadonlyMap<string, Operation> = new Map([
  ['AddAttachmentsToSet', addAttachmentsToSet],
  ['AddCommunicationToCase', addCommunicationToCase],
  ['CreateCase', createCase],
  ['DescribeAttachment', describeAttachment],
  ['DescribeCases', describeCases],
  ['DescribeCommunications', describeCommunications],
  ['DescribeServices', describeServices],
  ['DescribeSeverityLevels', describeSeverityLevels],
  ['GetAttachmentDownloadLink', getAttachmentDownloadLink],
  ['ResolveCase', resolveCase],
]);
