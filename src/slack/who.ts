import type { Author } from '../case/author.js';
import type { Caller } from '../case/calls/caller.js';
import { readSubmittedBy } from '../case/submitted-by.js';

/** Who said or did it, and by which way; where nobody knows, it says so. Not escaped. */
export function who(author: Author): string {
  switch (author.side) {
    case 'aws':
      return author.name;
    case 'customer':
      if (author.caller !== undefined) return callerWords(author.caller);
      if (author.name === '') return 'Your side (AWS does not say who)';
      if (author.way === 'slack') return `${author.name}, from Slack`;
      // An API call and the console look the same, so no more can be said.
      return author.way === 'elsewhere' ? `${submitter(author.name)}, outside Slack` : submitter(author.name);
    case 'unknown':
      return 'Somebody (AWS does not say who)';
  }
}

/** Who called AWS and how: `Jane Doe (AdminRole), in the AWS console`. */
function callerWords(caller: Caller): string {
  const name = callerName(caller);
  if (caller.kind === 'service') return name;
  const factor = factorWords(caller);
  return `${name}, ${WAYS[caller.way]}${factor === '' ? '' : `, ${factor}`}`;
}

/** `Jane Doe (AdminRole)`, `AWS Health, an AWS service`. */
export function callerName({ kind, name, role }: Pick<Caller, 'kind' | 'name' | 'role'>): string {
  if (kind === 'service') return `${name}, an AWS service`;
  const known = name === '' ? role : role === '' ? name : `${name} (${role})`;
  if (kind === 'sso' && role === '') return `${known} (IAM Identity Center)`;
  return kind === 'federated' ? `${known} (federated)` : known;
}

/** `without MFA`, where that means something; else `''`. */
export function factorWords({ kind, way, mfa }: Pick<Caller, 'kind' | 'way' | 'mfa'>): string {
  // A role's session does not tell how the person before it signed in, and keys of a program have no second factor.
  const isPerson = kind === 'root' || (kind === 'iam-user' && way === 'console');
  return mfa === true ? 'with MFA' : mfa === false && isPerson ? 'without MFA' : '';
}

export const WAYS: Readonly<Record<Caller['way'], string>> = {
  console: 'in the AWS console',
  cli: 'by the AWS CLI',
  sdk: 'by an AWS SDK',
  service: 'by way of an AWS service',
  'support-app': 'from the AWS Support App',
  unknown: 'outside Slack',
};

/** From where they called AWS, for the quiet part of a line; '' where nobody knows. */
export function fromWhere(author: Author | null): string {
  const address = author?.caller?.address ?? '';
  return address === '' ? '' : ` · from ${address}`;
}

/** The address first, which people know; the role by which they came in brackets. */
function submitter(submittedBy: string): string {
  const { address, principal } = readSubmittedBy(submittedBy);
  return principal === '' ? address : `${address} (${principal})`;
}
