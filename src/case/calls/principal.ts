import type { Principal } from './api-call.js';
import { fieldsOf, word } from './record-fields.js';

/** What people call the services that call AWS Support; any other is called by the first word of its address. */
const SERVICES: Readonly<Record<string, string>> = {
  health: 'AWS Health',
  support: 'AWS Support',
  supportapp: 'AWS Support App',
  trustedadvisor: 'AWS Trusted Advisor',
  servicequotas: 'Service Quotas',
  organizations: 'AWS Organizations',
  cloudformation: 'AWS CloudFormation',
};

/** The permission set of `AWSReservedSSO_<permission set>_<16 hexadecimal digits>`. */
const SSO_ROLE = /^AWSReservedSSO_(.+)_[0-9a-f]{16}$/;

/** IAM's names, and those of sessions, are no longer. A longer one would push out of sight what stands behind it. */
const LONGEST_NAME = 64;

/** Reads `userIdentity`, of whatever shape. */
export function principalOf(identity: unknown): Principal {
  const { name, role, ...principal } = whoIn(identity);
  return { ...principal, name: shortened(name), role: shortened(role) };
}

function shortened(name: string): string {
  const letters = [...name];
  return letters.length <= LONGEST_NAME ? name : `${letters.slice(0, LONGEST_NAME - 1).join('')}…`;
}

function whoIn(identity: unknown): Principal {
  const fields = fieldsOf(identity);
  const issuer = fieldsOf(fieldsOf(fields.sessionContext).sessionIssuer);
  const arn = word(fields.arn, 300);
  const account = word(fields.accountId, 20) || word(issuer.accountId, 20);
  const known = { arn, account };
  const userName = word(fields.userName, 128);
  switch (fields.type) {
    case 'Root':
      return { kind: 'root', name: 'root', role: '', ...known };
    case 'IAMUser':
      return { kind: 'iam-user', name: userName || lastOf(arn), role: '', ...known };
    case 'AssumedRole': {
      const [, roleInArn = ''] = /:assumed-role\/([^/]+)\//.exec(arn) ?? [];
      const role = word(issuer.userName, 128) || lastOf(word(issuer.arn, 300)) || roleInArn;
      const session = lastOf(arn) || word(fields.principalId, 300).split(':').at(-1) || '';
      const permissionSet = SSO_ROLE.exec(role)?.[1];
      return permissionSet === undefined
        ? { kind: 'role', name: session, role, ...known }
        : { kind: 'sso', name: session, role: permissionSet, ...known };
    }
    case 'FederatedUser':
    case 'SAMLUser':
    case 'WebIdentityUser':
      return { kind: 'federated', name: userName || lastOf(arn), role: '', ...known };
    case 'IdentityCenterUser':
      // Most have but the id that the identity store knows them by.
      return {
        kind: 'sso',
        name: userName || word(fieldsOf(fields.onBehalfOf).userId, 64),
        role: '',
        ...known,
      };
    case 'AWSService':
      return { kind: 'service', name: serviceName(word(fields.invokedBy, 128)), role: '', ...known };
    default:
      return { kind: 'unknown', name: userName, role: '', ...known };
  }
}

/** What people call the service of an address like `health.amazonaws.com`. */
function serviceName(address: string): string {
  const [service = ''] = address.split('.');
  return (Object.hasOwn(SERVICES, service) ? SERVICES[service] : undefined) ?? service;
}

function lastOf(arn: string): string {
  return arn.includes('/') ? (arn.split('/').at(-1) ?? '') : '';
}
