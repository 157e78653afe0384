/**
 * What AWS answers to a call for the way of the events, as sentences for people. Errors are told apart by name: several
 * that AWS sends are in no model of the SDK (ValidationException, AccessDenied, ExpiredToken).
 */

import { askedHost } from '../telemetry/asked-host.js';

export type EventPathErrorKind =
  | 'no-permission'
  | 'no-credentials'
  | 'expired'
  | 'throttled'
  | 'unreachable'
  | 'limit'
  | 'busy'
  | 'managed'
  | 'not-authorized'
  | 'role-not-ready'
  | 'gone'
  | 'refused';

export class EventPathError extends Error {
  /**
   * @param action the IAM action of the call: `events:PutRule`.
   * @param says what is wrong, and
   * @param remedy what to do: one sentence each. No secret.
   */
  constructor(
    readonly kind: EventPathErrorKind,
    readonly action: string,
    readonly says: string,
    readonly remedy: string,
    options?: ErrorOptions,
  ) {
    super(`${says} ${remedy}`, options);
    this.name = 'EventPathError';
  }

  /** A policy forbids it, so that nothing that allows it helps: it may stay like that for good. */
  get isForbidden(): boolean {
    return this.kind === 'no-permission' && this.cause instanceof Error && DENIED.test(this.cause.message);
  }
}

const DENIED = /explicit deny/;
const BAD_CREDENTIALS = new Set([
  'UnrecognizedClientException',
  'InvalidClientTokenId',
  'InvalidSignatureException',
  'SignatureDoesNotMatch',
  'IncompleteSignature',
  'IncompleteSignatureException',
  'MissingAuthenticationToken',
  'MissingAuthenticationTokenException',
  'OptInRequired',
  'InvalidSecurity',
]);
const NO_CREDENTIALS = new Set(['CredentialsProviderError', 'TokenProviderError']);
const EXPIRED = new Set(['ExpiredToken', 'ExpiredTokenException', 'RequestExpired']);
const LIMITS = new Set([
  'LimitExceeded',
  'LimitExceededException',
  'OverLimit',
  'PolicyLengthExceededException',
]);
const BUSY = new Set([
  'ConcurrentModification',
  'ConcurrentModificationException',
  'EntityTemporarilyUnmodifiable',
  'EntityTemporarilyUnmodifiableException',
  'QueueDeletedRecently',
  'AWS.SimpleQueueService.QueueDeletedRecently',
]);
const GONE = new Set([
  'ResourceNotFoundException',
  'QueueDoesNotExist',
  'AWS.SimpleQueueService.NonExistentQueue',
  'NoSuchEntity',
  'NoSuchEntityException',
]);
const THERE_ALREADY = new Set([
  'ResourceAlreadyExistsException',
  'EntityAlreadyExists',
  'EntityAlreadyExistsException',
]);

/** SQS names in small letters what is not allowed; also what a call does beside its own name. */
const OF_SQS = ['sqs:TagQueue', 'sqs:SetQueueAttributes', 'sqs:ListQueueTags'];

/** What was asked about is not there. */
export function isGone(error: unknown): boolean {
  return error instanceof Error && GONE.has(error.name);
}

/** Somebody made it first; perhaps we, when the answer was lost. */
export function isThereAlready(error: unknown): boolean {
  return error instanceof Error && THERE_ALREADY.has(error.name);
}

const WHERE_PERMISSIONS_ARE =
  'The README lists all that connect needs, under "Set up AWS": let an administrator attach it';

/**
 * @param action the IAM action of the call.
 * @param about what it is done to, for people: `the rule casethread`.
 * @param region in which it was called.
 */
export function toEventPathError(
  error: unknown,
  { action, about, region }: { readonly action: string; readonly about: string; readonly region: string },
): EventPathError {
  if (error instanceof EventPathError) return error;
  const { name, message, status, code } = look(error);
  const host = askedHost(error);
  const make = (kind: EventPathErrorKind, says: string, remedy: string) =>
    new EventPathError(kind, action, says, remedy, { cause: error });

  // Of a session that ended, the SDK says so in its words alone.
  if (NO_CREDENTIALS.has(name) && /expired/.test(message)) {
    return make('expired', 'The AWS sign-in has expired.', 'Sign in again (aws login, aws sso login).');
  }
  if (NO_CREDENTIALS.has(name)) {
    const profile = /profile:? \[([^\]]+)\]/.exec(message)?.[1];
    return make(
      'no-credentials',
      profile === undefined
        ? 'There are no AWS credentials here.'
        : `The profile ${profile} gives no AWS credentials.`,
      'Sign in (aws login, aws sso login), or name a profile with --profile or AWS_PROFILE.',
    );
  }
  if (EXPIRED.has(name)) {
    return make(
      'expired',
      'The AWS credentials have expired.',
      'Sign in again, or check the clock of this machine.',
    );
  }
  if (BAD_CREDENTIALS.has(name)) {
    return make(
      'no-credentials',
      `AWS does not accept these credentials in ${region} (${name}).`,
      `Check them, and whether the account has ${region} switched on.`,
    );
  }
  if (/^(AccessDenied|UnauthorizedOperation|AuthorizationError|NotAuthorized)/.test(name) || status === 403) {
    const [, named = action, on = ''] =
      /not authorized to perform: ([\w-]+:\w+)(?: on resource: (\S+?))?(?:[\s,.]|$)/.exec(message) ?? [];
    const where = on === '' ? about : on;
    const denied = [action, ...OF_SQS].find((each) => each.toLowerCase() === named.toLowerCase()) ?? named;
    return DENIED.test(message)
      ? make(
          'no-permission',
          `A policy forbids these credentials ${denied} on ${where}, explicitly.`,
          "Nothing that allows it helps: ask whoever keeps your organization's policies (SCP) or permissions boundaries.",
        )
      : make(
          'no-permission',
          `These credentials may not do ${denied} on ${where}.`,
          `${WHERE_PERMISSIONS_ARE}.`,
        );
  }
  if (/Throttl|TooManyRequests|RequestLimitExceeded|SlowDown/.test(name) || status === 429) {
    return make('throttled', `AWS limits calls at the moment (${action}).`, 'Wait a minute.');
  }
  if (LIMITS.has(name)) {
    return make(
      'limit',
      `The account has as many as AWS allows, or it is too large: ${ended(message)}`,
      'Remove what is not needed, or ask for more in the AWS console under Service Quotas.',
    );
  }
  if (BUSY.has(name)) {
    return make(
      'busy',
      name.includes('QueueDeletedRecently')
        ? `${capital(about)} was deleted less than a minute ago, and AWS keeps its name for that long.`
        : `Somebody else changes ${about} at the same moment.`,
      'Wait a minute.',
    );
  }
  if (name === 'ManagedRuleException') {
    return make(
      'managed',
      `An AWS service has made ${about} for itself.`,
      'Choose another name: EVENTS_NAME or --name.',
    );
  }
  if (/cannot be assumed by principal/.test(message)) {
    return make(
      'role-not-ready',
      'EventBridge cannot take the role yet.',
      'New roles take some seconds: wait a minute.',
    );
  }
  if (name === 'OperationDisabledException' || name === 'UnknownOperationException') {
    return make('refused', `AWS does not offer ${action} in ${region}.`, 'Choose us-east-1.');
  }
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') {
    return make(
      'unreachable',
      `No address is found for ${host ?? `AWS in ${region}`}.`,
      'Check the Region, and whether this machine reaches the internet.',
    );
  }
  if (status === undefined || status >= 500) {
    return make(
      'unreachable',
      `AWS gave no answer (${action}${status === undefined ? '' : `, status ${status}`}).`,
      host === null || status !== undefined
        ? 'Check whether this machine reaches AWS, and wait a minute.'
        : `Check whether this machine reaches ${host} by HTTPS (firewall, proxy), and wait a minute.`,
    );
  }
  return make(
    GONE.has(name) ? 'gone' : 'refused',
    `AWS refused ${action} for ${about}: ${ended(message)} (${name})`,
    'Put right what it names.',
  );
}

function look(error: unknown): { name: string; message: string; status?: number; code?: string } {
  if (!(error instanceof Error)) return { name: 'Unknown', message: 'unknown error' };
  const status = (error as { $metadata?: { httpStatusCode?: number } }).$metadata?.httpStatusCode;
  const code = (error as { code?: unknown }).code;
  return {
    name: error.name,
    message: error.message,
    ...(status === undefined ? {} : { status }),
    ...(typeof code === 'string' ? { code } : {}),
  };
}

function ended(message: string): string {
  const text = message.trim();
  return /[.!?]$/.test(text) ? text : `${text}.`;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
