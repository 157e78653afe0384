import { type ApiCall, isOwnCall } from '../../case/calls/api-call.js';
import type { Burst } from '../../case/calls/burst.js';
import { oneLine } from '../one-line.js';
import { callerName, factorWords, WAYS } from '../who.js';

const NAME = 120;
const FIELD = 60;
const ADDRESSES = 3;

/** Who made the calls, as a sentence begins; plain. */
export function callerOfBurst(
  { calls, user }: Burst,
  first: ApiCall,
  names: { readonly account: (account: string) => string; readonly person: (user: string) => string },
): string {
  const { principal, account } = first;
  if (isOwnCall(first))
    return user === null
      ? 'Casethread (for whom is not known)'
      : `${oneLine(names.person(user), NAME) || 'Somebody'}, from Slack,`;
  const known = { ...principal, name: oneLine(principal.name, NAME), role: oneLine(principal.role, NAME) };
  const isNamed = known.name !== '' || known.role !== '';
  const name = isNamed
    ? callerName(known)
    : known.kind === 'service'
      ? 'An AWS service'
      : 'Somebody (CloudTrail does not say who)';
  const other = principal.account === '' || principal.account === account ? '' : principal.account;
  const from = other === '' ? '' : ` of account ${oneLine(names.account(other), NAME)}`;
  // What makes root worse stands where nobody misses it.
  const factor = principal.kind === 'root' ? factorOf(calls) : '';
  return `${name}${from}${factor === '' ? '' : `, ${factor},`}`;
}

/** By which way, from which address, in which Region; plain. */
export function wherefrom({ calls }: Burst, first: ApiCall): string[] {
  if (isOwnCall(first)) return ['By Casethread'];
  const ways = known(calls.map(({ way }) => (way === 'unknown' ? '' : WAYS[way])));
  const way = ways.join(', ');
  const addresses = known(calls.map(({ address }) => oneLine(address, FIELD)));
  const regions = known(calls.map(({ region }) => oneLine(region, FIELD)));
  return [
    `${way.slice(0, 1).toUpperCase()}${way.slice(1)}`,
    first.principal.kind === 'root' ? '' : factorOf(calls),
    addresses.length === 0 ? '' : `from ${someOf(addresses)}`,
    someOf(regions),
  ].filter((each) => each !== '');
}

function factorOf(calls: readonly ApiCall[]): string {
  const factors = known(calls.map(({ principal: { kind }, way, mfa }) => factorWords({ kind, way, mfa })));
  return factors.length > 1 ? 'partly without MFA' : (factors[0] ?? '');
}

function known(words: readonly string[]): string[] {
  return [...new Set(words)].filter((each) => each !== '');
}

function someOf(words: readonly string[]): string {
  const more = words.length - ADDRESSES;
  return `${words.slice(0, ADDRESSES).join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}
