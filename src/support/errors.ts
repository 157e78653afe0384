import { NoCredentials } from './credentials.js';
import { credentialsTrouble, notAccepted } from './credentials-trouble.js';
import { iamAction } from './iam-action.js';
import { NO_ANSWER, NO_SUCH_CASE, SESSION_OVER } from './reasons.js';
import { SupportError } from './support-error.js';
import { describe, isThrottling, wasNeverSent } from './unreachable.js';

/** The next call gets a new one, where a role gives it. */
const EXPIRED = new Set(['ExpiredTokenException', 'ExpiredToken']);

const NO_CREDENTIALS = new Set([
  ...EXPIRED,
  'CredentialsProviderError',
  'TokenProviderError',
  'UnrecognizedClientException',
  'InvalidClientTokenId',
  'InvalidSignatureException',
  'SignatureDoesNotMatch',
  'IncompleteSignatureException',
  'MissingAuthenticationTokenException',
  'OptInRequired',
]);

/** What files meet on their way (facts: aws-support.md, 2.2). */
const OF_FILES: Readonly<Record<string, Pick<SupportError, 'kind' | 'sentence'>>> = {
  AttachmentSetExpired: {
    kind: 'refused',
    sentence:
      'AWS keeps files for an hour before they are sent, and that was over. Send it again: they are brought anew.',
  },
  AttachmentSetIdNotFound: {
    kind: 'refused',
    sentence: 'AWS does not have the files any more. Send it again: they are brought anew.',
  },
  UploadIdNotFound: {
    kind: 'refused',
    sentence: 'AWS does not have the uploaded file any more. Send it again: it is uploaded anew.',
  },
  AttachmentSetSizeLimitExceeded: {
    kind: 'refused',
    sentence:
      'AWS found the files too many or too large: this way it takes 3 of 5 MB each. Send fewer, or attach them in the AWS console.',
  },
  AttachmentLimitExceeded: {
    kind: 'throttled',
    sentence:
      'This AWS account has sent too many files in a short time. Wait some minutes, then send it again.',
  },
};

/** These have no permission of their own: AWS wants both of two others (facts: aws-support.md, 2.3). */
const OF_UPLOADS = new Set([
  'GetAttachmentUploadLinks',
  'CompleteAttachmentUpload',
  'DescribeAttachmentUploadStatus',
]);

/**
 * What an error of the AWS SDK means to us. SubscriptionRequiredException and the throttling of DescribeCases are not in
 * the SDK's model, so errors are told apart by name (facts: aws-support.md, 2.1).
 *
 * @param operation its name, e.g. `DescribeCases`.
 * @param role of the session whose keys signed the call; null: they were the bot's own.
 */
export function toSupportError(error: unknown, operation: string, role: string | null = null): SupportError {
  if (error instanceof SupportError) return error;
  if (error instanceof NoCredentials) return credentialsTrouble(error);
  const about = describe(error);
  const { name, code, status, message } = about;
  const make = (...[kind, sentence, happened]: Parts) =>
    new SupportError(kind, code ?? name, sentence, happened, { cause: error, requestId: requestIdOf(error) });

  if (name === 'CaseIdNotFound') return make('not-found', NO_SUCH_CASE, 'no');
  if (name === 'CaseCreationLimitExceeded') {
    return make(
      'refused',
      'This AWS account has opened as many cases within an hour as AWS allows (ten). Wait an hour, or open it in the AWS console.',
      'no',
    );
  }
  const ofFiles = Object.hasOwn(OF_FILES, name) ? OF_FILES[name] : undefined;
  if (ofFiles !== undefined) return make(ofFiles.kind, ofFiles.sentence, 'no');
  if (OF_UPLOADS.has(operation) && name === 'UnknownOperationException') {
    return make(
      'refused',
      'AWS Support in this partition takes no uploads: only up to 3 files of 5 MB go to a case. Attach the others in the AWS console.',
      'no',
    );
  }
  if (name === 'AttachmentIdNotFound')
    return make(
      'not-found',
      'AWS has no such file in this account. Look at the case in the AWS console.',
      'no',
    );
  if (name === 'SubscriptionRequiredException') {
    return make(
      'no-plan',
      'This AWS account has no support plan that includes the AWS Support API. Business Support+, Enterprise Support and ' +
        'Unified Operations do: change the plan in the AWS console under Support > Support plans.',
      'no',
    );
  }
  if (role !== null && EXPIRED.has(name)) return make('unreachable', SESSION_OVER, 'no');
  if (NO_CREDENTIALS.has(name)) return make('no-permission', notAccepted(about, role), 'no');
  if (name.startsWith('AccessDenied') || name === 'UnauthorizedOperation' || status === 403) {
    const sentence = OF_UPLOADS.has(operation)
      ? "Casethread's AWS role may not upload files. Allow both support:UploadAttachment and support:AddAttachmentsToSet in the role's IAM policy."
      : `Casethread's AWS role may not call support:${iamAction(operation)}. Allow it in the role's IAM policy.`;
    return make('no-permission', sentence, 'no');
  }
  if (isThrottling(about)) {
    return make('throttled', 'AWS is limiting the calls of this account at the moment.', 'no');
  }
  if (wasNeverSent(about)) {
    return make('unreachable', 'AWS Support cannot be reached at the moment.', 'no');
  }
  if (status === undefined || status >= 500) {
    return make('unreachable', NO_ANSWER, 'maybe');
  }
  return make('refused', `AWS did not accept it: ${message} (${name}).`, 'no');
}

/** AWS's id of the call, as the SDK hands it on with an answer or an error; null where there was no answer. */
export function requestIdOf(answer: unknown): string | null {
  const metadata =
    typeof answer === 'object' && answer !== null && '$metadata' in answer ? answer.$metadata : null;
  const id =
    typeof metadata === 'object' && metadata !== null && 'requestId' in metadata ? metadata.requestId : null;
  // It comes from outside, and is kept.
  return typeof id === 'string' && /^[\w-]{1,100}$/.test(id) ? id : null;
}

/** Of a role: the next call is made with a new session. */
export function hasSessionEnded({ kind, code }: SupportError): boolean {
  return kind === 'unreachable' && EXPIRED.has(code);
}

type Parts = [kind: SupportError['kind'], sentence: string, happened: SupportError['happened']];
