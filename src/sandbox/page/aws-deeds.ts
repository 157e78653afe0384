/** What customers in the AWS console and AWS's engineers do on the page. */
import { z } from 'zod';
import { ACCOUNT_DEEDS, accountDeeds } from '../account-deeds.js';
import type { AttachmentFile } from '../aws/attachment-room.js';
import { SMALL_ATTACHMENT_BYTES } from '../aws/attachment-room.js';
import { JANE } from '../aws/console-person.js';
import { SERVICES, SEVERITY_LEVELS } from '../aws/service-catalogue.js';
import type { Aws } from '../aws/start-aws.js';
import { CUSTOMERS } from '../cast.js';
import { CannotBeDone, deed, fields } from './deed.js';
import type { FileGiven } from './protocol.js';

/** Of a communication: AddCommunicationToCase, `communicationBody` (API reference). */
const LONGEST = 8_000;

const body = z
  .string()
  .trim()
  .min(1, 'the text is missing')
  .max(LONGEST, `AWS takes ${LONGEST} characters at most`);
const severity = z.enum(SEVERITY_LEVELS.map(({ code }) => code));
const customer = z
  .enum(CUSTOMERS.map(({ name }) => name))
  .optional()
  .transform((name) => CUSTOMERS.find((each) => each.name === name));

export function awsDeeds({ aws }: { aws: Aws }) {
  const inAccount = accountDeeds(aws);
  const title = (caseId: string) => `Case ${aws.case(caseId).displayId}`;
  return {
    'open-case': deed(
      z.strictObject({
        as: customer,
        subject: z.string().trim().min(1, 'the subject is missing').max(250, '250 characters at most'),
        body,
        severity,
        service: fields.id,
        category: fields.id,
        files: fields.files,
      }),
      ({ files, as, ...opening }) => {
        const service = SERVICES.find(({ code }) => code === opening.service);
        if (!service?.categories.some(({ code }) => code === opening.category)) {
          throw new CannotBeDone('Choose a service, and a category of that service.');
        }
        const { caseId } = aws.openCase({ ...opening, by: as, attachments: attachments(files) });
        return { ok: true, caseId };
      },
    ),
    'reply-to-case': deed(
      z.strictObject({
        caseId: fields.id,
        from: z.enum(['aws', 'customer']),
        as: customer,
        body,
        files: fields.files,
      }),
      ({ caseId, from, as, body: text, files }) => {
        aws.reply(caseId, { from, by: as, body: text, attachments: attachments(files) });
        return { ok: true };
      },
    ),
    'resolve-case': deed(z.strictObject({ caseId: fields.id, as: customer }), ({ caseId, as }) => {
      if (aws.case(caseId).status === 'resolved')
        throw new CannotBeDone(`${title(caseId)} is resolved already.`);
      aws.resolve(caseId, { by: as });
      return { ok: true };
    }),
    'set-severity': deed(z.strictObject({ caseId: fields.id, severity }), ({ caseId, severity: code }) => {
      aws.setSeverity(caseId, code);
      return { ok: true };
    }),
    'account-deed': deed(
      z.strictObject({ name: z.enum(ACCOUNT_DEEDS.map(({ name }) => name)), as: customer }),
      ({ name, as = JANE }) => {
        if (!inAccount(name, as)) throw new CannotBeDone('There is no case yet. Create one first.');
        return { ok: true };
      },
    ),
  };
}

function attachments(files: readonly FileGiven[] | undefined): AttachmentFile[] {
  return (files ?? []).map(({ fileName, data }) => {
    const bytes = Buffer.from(data, 'base64');
    if (bytes.length === 0) throw new CannotBeDone(`${fileName} is empty. Choose another file.`);
    if (bytes.length > SMALL_ATTACHMENT_BYTES) {
      throw new CannotBeDone(
        `${fileName} is larger than 5 MB, the most that AWS takes. Choose a smaller file.`,
      );
    }
    return { fileName, data: bytes };
  });
}
