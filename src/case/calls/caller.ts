import { createHash } from 'node:crypto';
import type { ApiCall, CallWay, Principal } from './api-call.js';

/** Who called AWS and how, as far as an entry says it. */
export interface Caller extends Pick<Principal, 'kind' | 'name' | 'role'> {
  readonly way: CallWay;
  readonly mfa: boolean | null;
  /** The IP address from which they called; '' where not told, or where several are. */
  readonly address: string;
}

/** Null where a call does not say who made it. */
export function callerOf({ principal, way, mfa, address }: ApiCall): Caller | null {
  const { kind, name, role } = principal;
  if (name === '' && role === '') return null;
  return { kind, name, role, way, mfa, address: isIpAddress(address) ? address : '' };
}

/** What was shown of a caller, in few characters: to know whether an entry shows it already. */
export function printOf(caller: Caller): string {
  const { kind, name, role, way, mfa, address } = caller;
  const hash = createHash('sha256').update(JSON.stringify([kind, name, role, way, mfa, address]));
  return hash.digest('base64url').slice(0, 12);
}

function isIpAddress(address: string): boolean {
  return /^[0-9.]{7,15}$|^[0-9a-f:.]*:[0-9a-f:.]*$/i.test(address);
}
