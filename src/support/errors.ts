import { iamAction } from './iam-action.js';
import { SupportError } from './support-error.js';

const NO_CREDENTIALS = new Set([
  'CredentialsProviderError',
  'TokenProviderError',
  'UnrecognizedClientException',
  'InvalidClientTokenId',
  'InvalidSignatureException',
  'SignatureDoesNotMatch',
  'IncompleteSignatureException',
  'MissingAuthenticationTokenException',
  'ExpiredTokenException',
  'ExpiredToken',
  'OptInRequired',
]);

/** The connection was never made, so AWS cannot have carried out anything. */
const NEVER_SENT = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH']);

/**
 * What an error of the AWS SDK means to us. SubscriptionRequiredException and the throttling of DescribeCases are not in
 * the SDK's model, so errors are told apart by name (facts: aws-support.md, 2.1).
 *
 * @param operation its name, e.g. `DescribeCases`.
 */
export function toSupportError(error: unknown, operation: string): SupportError {
  if (error instanceof SupportError) return error;
  const { name, code, status, message } = describe(error);
  const make = (...[kind, sentence, happened]: Parts) =>
    new SupportError(kind, code ?? name, sentence, happened, { cause: error });

  if (name === 'CaseIdNotFound') return make('not-found', 'AWS has no such case in this account.', 'no');
  if (name === 'AttachmentIdNotFound')
    return make('not-found', 'AWS has no such file in this account.', 'no');
  if (name === 'SubscriptionRequiredException') {
    return make(
      'no-plan',
      'This AWS account has no support plan that includes the AWS Support API. Business Support+, Enterprise Support and ' +
        'Unified Operations do: change the plan in the AWS console under Support > Support plans.',
      'no',
    );
  }
  if (NO_CREDENTIALS.has(name)) {
    return make(
      'no-permission',
      `AWS does not accept the credentials that Casethread runs with (${name}). Give it valid ones for this account.`,
      'no',
    );
  }
  if (name.startsWith('AccessDenied') || name === 'UnauthorizedOperation' || status === 403) {
    return make(
      'no-permission',
      `Casethread's AWS role may not call support:${iamAction(operation)}. Allow it in the role's IAM policy.`,
      'no',
    );
  }
  if (
    /Throttl|TooManyRequests|RequestLimitExceeded|DescribeAttachmentLimitExceeded|SlowDown/.test(name) ||
    status === 429
  ) {
    return make('throttled', 'AWS is limiting the calls of this account at the moment.', 'no');
  }
  if (code !== undefined && NEVER_SENT.has(code)) {
    return make('unreachable', 'AWS Support cannot be reached at the moment.', 'no');
  }
  if (status === undefined || status >= 500) {
    return make('unreachable', 'AWS Support did not answer as it should.', 'maybe');
  }
  return make('refused', `AWS did not accept it: ${message} (${name}).`, 'no');
}

type Parts = [kind: SupportError['kind'], sentence: string, happened: SupportError['happened']];

function describe(error: unknown): { name: string; code?: string; status?: number; message: string } {
  if (!(error instanceof Error)) return { name: 'Unknown', message: 'unknown error' };
  const code = 'code' in error && typeof error.code === 'string' ? error.code : undefined;
  const metadata =
    '$metadata' in error ? (error.$metadata as { httpStatusCode?: number } | undefined) : undefined;
  const status = metadata?.httpStatusCode;
  return {
    name: error.name,
    message: error.message,
    ...(code === undefined ? {} : { code }),
    ...(status === undefined ? {} : { status }),
  };
}
