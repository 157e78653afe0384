import { z } from 'zod';
import { member } from '../input.js';
import { operation } from '../operation.js';

const shape = z.strictObject({ attachmentId: member.text, dryRun: member.flag });

export const describeAttachment = operation(shape, (desk, account, input) => {
  const { fileName, data } = desk.attachments.file(account.id, input.attachmentId);
  return () => ({ attachment: { fileName, data: Buffer.from(data).toString('base64') } });
});
