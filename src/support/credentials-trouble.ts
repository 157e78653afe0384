import type { NoCredentials } from './credentials.js';
import { SupportError } from './support-error.js';
import { type Described, describe, isThrottling, isUnreachable } from './unreachable.js';

/** Why there are no credentials to make a call with. Nothing has been sent, whatever it is. */
export function credentialsTrouble(error: NoCredentials): SupportError {
  const { role, cause } = error;
  const about = describe(cause);
  const { name, code } = about;
  const make = (kind: SupportError['kind'], sentence: string) =>
    new SupportError(kind, code ?? name, sentence, 'no', { cause: error });
  if (isThrottling(about))
    return make('throttled', 'AWS STS is limiting the calls of this bot at the moment.');
  if (isUnreachable(cause)) {
    const from = role === null ? '' : ' (AWS STS)';
    return make(
      'unreachable',
      `The service that gives Casethread its credentials${from} cannot be reached at the moment.`,
    );
  }
  if (role === null) return make('no-permission', noOwn(about));
  return make('no-permission', notAssumed(about, role));
}

/** AWS knows the call, and refuses whoever signed it. */
export function notAccepted({ name, message }: Described, role: string | null): string {
  if (/scoped to a valid region/i.test(message)) {
    return (
      `AWS Support is asked in another Region than the one that the request is signed for (${name}). Set AWS_REGION, or ` +
      "the account's partition and endpoints in CONFIG_FILE, to where AWS Support is asked."
    );
  }
  const keys =
    role === null ? 'the credentials that Casethread runs with' : `Casethread's session of the role ${role}`;
  const remedy = role === null ? 'Give it valid ones for this account.' : 'Look at the role in this account.';
  return `AWS does not accept ${keys} (${name}). ${remedy}${ofPartition(name)}`;
}

function notAssumed(about: Described, role: string): string {
  const { name } = about;
  if (name.startsWith('AccessDenied')) {
    return (
      `Casethread may not assume the role ${role} (${name}). Look at three things: that the role's trust policy names ` +
      "the bot's own role or account and the external id that CONFIG_FILE has; that the role is called so; that the " +
      "bot's own policy allows sts:AssumeRole on it."
    );
  }
  if (name === 'RegionDisabledException') {
    return `AWS STS is not active for this account in the Region that is asked (${name}). Activate it there in IAM > Account settings.`;
  }
  if (/^(InvalidClientTokenId|SignatureDoesNotMatch|ExpiredToken|UnrecognizedClient)/.test(name)) {
    return `AWS STS does not accept the credentials that Casethread runs with (${name}), so it cannot assume the role ${role}. Give it valid ones.${ofPartition(name)}`;
  }
  // AWS's own message may repeat the external id.
  return `AWS STS does not give Casethread a session of the role ${role} (${name}). Look at role and external_id in CONFIG_FILE.`;
}

function noOwn({ name }: Described): string {
  return (
    `Casethread has no AWS credentials of its own (${name}). Run it on a machine or in a task with a role, or set ` +
    'AWS_PROFILE, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.'
  );
}

/** Keys that are unknown may be known elsewhere. */
function ofPartition(name: string): string {
  return /^(UnrecognizedClient|InvalidClientTokenId)/.test(name)
    ? ' Those of one partition (aws, aws-us-gov, aws-cn) are not known in another.'
    : '';
}
