import { z } from 'zod';
import { member } from '../input.js';
import { operation } from '../operation.js';

const shape = z.strictObject({ attachmentId: member.text, dryRun: member.flag });

/** Of any size, unlike DescribeAttachment. */
export const getAttachmentDownloadLink = operation(shape, (desk, account, input) => {
  const { fileName } = desk.attachments.own(account.id, input.attachmentId);
  return () => ({ fileName, downloadUrl: desk.downloads.issue(account.id, input.attachmentId) });
});
