import { z } from 'zod';
import { member } from '../input.js';
import { operation } from '../operation.js';

const shape = z.strictObject({
  attachmentSetId: member.text.optional(),
  attachments: z.array(z.strictObject({ fileName: z.string().min(1), data: z.base64() })).min(1),
  dryRun: member.flag,
});

export const addAttachmentsToSet = operation(shape, (desk, account, input) => {
  const files = input.attachments.map(({ fileName, data }) => ({
    fileName,
    data: Buffer.from(data, 'base64'),
  }));
  desk.attachments.checkAdd(account.id, input.attachmentSetId, files);
  return () => desk.attachments.add(account.id, input.attachmentSetId, files);
});
