import { type ApiCall, isOwnDeed, isOwnLook, type Principal } from '../../case/calls/api-call.js';
import type { Burst } from '../../case/calls/burst.js';
import { oneLine } from '../one-line.js';
import { callerName, factorWords, WAYS } from '../who.js';

const NAME = 120;
const FIELD = 60;

/** Who made the calls, as a sentence begins; plain. */
export function callerOfBurst(
  { user }: Burst,
  first: ApiCall,
  names: { readonly account: (account: string) => string; readonly person: (user: string) => string },
): string {
  const { principal, account } = first;
  if (isByBot(first, user))
    return user === null
      ? 'Casethread (for whom is not known)'
      : `${oneLine(names.person(user), NAME) || 'Somebody'}, from Slack,`;
  const known = { ...principal, name: oneLine(principal.name, NAME), role: oneLine(principal.role, NAME) };
  const isNamed = known.name !== '' || known.role !== '';
  const name = isNamed
    ? `${kindOf(principal)}${callerName(known)}`
    : known.kind === 'service'
      ? 'An AWS service'
      : 'Somebody (CloudTrail does not say who)';
  const other = principal.account === '' || principal.account === account ? '' : principal.account;
  const from = other === '' ? '' : ` of account ${oneLine(names.account(other), NAME)}`;
  // What makes root worse stands where nobody misses it.
  const factor = principal.kind === 'root' ? factorOf(first) : '';
  return `${name}${from}${factor === '' ? '' : `, ${factor},`}`;
}

/** By which way, from which address, in which Region; plain. */
export function wherefrom(call: ApiCall, { user }: Burst): string[] {
  const isOwn = isByBot(call, user);
  const way = isOwn ? 'by Casethread' : call.way === 'unknown' ? '' : WAYS[call.way];
  const address = addressOf(call);
  return [
    `${way.slice(0, 1).toUpperCase()}${way.slice(1)}`,
    isOwn || call.principal.kind === 'root' ? '' : factorOf(call),
    address === '' ? '' : `from ${address}`,
    oneLine(call.region, FIELD),
  ].filter((each) => each !== '');
}

/** An IP address or the name of an AWS service; '' where not told. */
export function addressOf({ address }: ApiCall): string {
  return oneLine(address, FIELD);
}

/** What is called in the bot's role and is nothing that the bot calls was somebody else. */
function isByBot(call: ApiCall, user: string | null): boolean {
  return user !== null || isOwnDeed(call) || isOwnLook(call);
}

const KINDS: Readonly<Record<Principal['kind'], string>> = {
  'iam-user': 'IAM user ',
  role: 'session ',
  sso: 'user ',
  federated: 'user ',
  service: '',
  unknown: 'user ',
  root: '',
};

/** Said of those alone that are called what another is called here. */
function kindOf({ kind, name }: Principal): string {
  return /^(root|casethread)$/i.test(name) ? KINDS[kind] : '';
}

function factorOf({ principal: { kind }, way, mfa }: ApiCall): string {
  return factorWords({ kind, way, mfa });
}
