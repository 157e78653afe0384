import { z } from 'zod';
import { ApiError, invalid } from '../api-error.js';
import { member } from '../input.js';
import { operation, takeFiles } from '../operation.js';
import { categoryOf, languagesFor, SERVICES, severitiesOf } from '../service-catalogue.js';

// The model calls service, category and severity optional "even where the service needs it" (facts 2.2): they are
// required here, and their codes must be ones that DescribeServices and DescribeSeverityLevels gave out.
const shape = z.strictObject({
  subject: z.string().min(1),
  communicationBody: member.body,
  serviceCode: member.text,
  categoryCode: member.text,
  severityCode: member.text,
  ccEmailAddresses: member.cc,
  language: member.language,
  issueType: z.enum(['technical', 'customer-service']).optional(),
  attachmentSetId: member.text.optional(),
  uploadIds: member.uploadIds,
  dryRun: member.flag,
});

export const createCase = operation(shape, (desk, account, input) => {
  checkCodes(input, account.plan);
  const { issueType = 'technical', language = 'en' } = input;
  if (!languagesFor(issueType).includes(language)) throw invalid(`Unsupported language: ${language}`);
  const setId = input.attachmentSetId;
  if (setId !== undefined) desk.attachments.checkSet(account.id, setId);
  desk.uploads.checkUse(account.id, input.uploadIds);
  if (!account.creations.hasRoom(desk.now())) {
    throw new ApiError(
      'CaseCreationLimitExceeded',
      'The case creation limit for the account has been exceeded.',
    );
  }
  return () => {
    account.creations.admit(desk.now());
    const stored = desk.book.open({
      accountId: account.id,
      subject: input.subject,
      body: input.communicationBody,
      submittedBy: account.submittedBy,
      serviceCode: input.serviceCode,
      categoryCode: input.categoryCode,
      severityCode: input.severityCode,
      language: input.language,
      issueType: input.issueType,
      ccEmailAddresses: input.ccEmailAddresses,
      attachments: takeFiles(desk, account, setId, input.uploadIds),
    });
    return { caseId: stored.caseId };
  };
});

function checkCodes(
  codes: { serviceCode: string; categoryCode: string; severityCode: string },
  plan: string,
): void {
  const service = SERVICES.find(({ code }) => code === codes.serviceCode);
  if (service === undefined) throw invalid(`Unknown serviceCode: ${codes.serviceCode}`);
  if (categoryOf(codes.serviceCode, codes.categoryCode) === undefined) {
    throw invalid(`Unknown categoryCode for ${codes.serviceCode}: ${codes.categoryCode}`);
  }
  if (!severitiesOf(plan).some(({ code }) => code === codes.severityCode)) {
    throw invalid(`Unknown severityCode: ${codes.severityCode}`);
  }
}
