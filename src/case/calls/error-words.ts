/** Why a call failed, by AWS's name for it without `Client.` in front and `Exception` behind. */
const WHY: Readonly<Record<string, string>> = {
  SubscriptionRequired: "the account's support plan does not allow it",
  Throttling: 'too many calls',
  TooManyRequests: 'too many calls',
  RequestLimitExceeded: 'too many calls',
  CaseIdNotFound: 'there is no such case',
  CaseCreationLimitExceeded: 'too many new cases',
  AttachmentIdNotFound: 'there is no such file',
  AttachmentSetIdNotFound: 'there is no such set of files',
  AttachmentSetExpired: 'the files were uploaded too long ago',
  AttachmentSetSizeLimitExceeded: 'the files are too large, or too many',
  AttachmentLimitExceeded: 'too many files in a short time',
  DescribeAttachmentLimitExceeded: 'too many files in a short time',
  UploadIdNotFound: 'there is no such upload',
  Validation: 'AWS does not take a value of it',
  InvalidParameterValue: 'AWS does not take a value of it',
  Conflict: 'it does not fit with how things stand',
  ServiceQuotaExceeded: 'there are too many already',
  ResourceNotFound: 'it does not exist',
  InternalServer: 'AWS had trouble of its own',
  InternalServerError: 'AWS had trouble of its own',
  InternalFailure: 'AWS had trouble of its own',
  ServiceUnavailable: 'AWS had trouble of its own',
  ExpiredToken: 'the session had ended',
};

const REFUSED = /^(AccessDenied|UnauthorizedOperation|Unauthorized|NotAuthorized|AuthFailure|Forbidden)$/;

const PASSED: ReadonlySet<string | undefined> = new Set([WHY.Throttling, WHY.InternalServer]);

/** Whether it failed for a moment only, so that the same call may well succeed right after it. */
export function hasPassed(error: string | null): boolean {
  const name = nameOf(error ?? '');
  return Object.hasOwn(WHY, name) && PASSED.has(WHY[name]);
}

/** Why a call failed, in plain words behind AWS's own name for it, and whether AWS refused it for want of permission. */
export function errorWords(error: string): { readonly refused: boolean; readonly words: string } {
  const name = nameOf(error);
  if (REFUSED.test(name)) return { refused: true, words: `${error} (no permission for it)` };
  // CloudTrail had a message and no name: the message may hold what people wrote, so it is not kept.
  if (error === 'an error') return { refused: false, words: 'CloudTrail does not name the error' };
  const why = Object.hasOwn(WHY, name) ? WHY[name] : undefined;
  return { refused: false, words: why === undefined ? error : `${error} (${why})` };
}

function nameOf(error: string): string {
  return error.replace(/^(Client|Server)\./, '').replace(/Exception$/, '');
}
