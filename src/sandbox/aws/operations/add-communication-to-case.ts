import { z } from 'zod';
import { member } from '../input.js';
import { caseOf, operation, takeFiles } from '../operation.js';

// `caseId` is optional in the model although the operation is nothing without it.
const shape = z.strictObject({
  caseId: member.text,
  communicationBody: member.body,
  ccEmailAddresses: member.cc,
  attachmentSetId: member.text.optional(),
  uploadIds: member.uploadIds,
  dryRun: member.flag,
});

/** Answers only `true`: no id, and no idempotency token to send with it (facts 2.2). */
export const addCommunicationToCase = operation(shape, (desk, account, input) => {
  const stored = caseOf(desk, account, input.caseId);
  desk.book.checkReopenable(stored);
  const setId = input.attachmentSetId;
  if (setId !== undefined) desk.attachments.checkSet(account.id, setId);
  desk.uploads.checkUse(account.id, input.uploadIds);
  return () => {
    desk.book.reply(stored, {
      from: 'customer',
      body: input.communicationBody,
      submittedBy: account.submittedBy,
      ccEmailAddresses: input.ccEmailAddresses,
      attachments: takeFiles(desk, account, setId, input.uploadIds),
    });
    return { result: true };
  };
});
