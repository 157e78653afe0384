import { isDeepStrictEqual } from 'node:util';

/**
 * Whether two documents (policies, event patterns) say the same. AWS gives them back in its own order, and takes one
 * value for a list of one.
 */
export function saySame(one: unknown, other: unknown): boolean {
  return isDeepStrictEqual(plain(one), plain(other));
}

/** The statements of a policy; none of what is no policy. */
export function statementsOf(policy: unknown): readonly unknown[] {
  if (typeof policy !== 'object' || policy === null || !('Statement' in policy)) return [];
  return Array.isArray(policy.Statement) ? policy.Statement : [policy.Statement];
}

/** A statement's Sid is only its name. */
export function withoutSid(statement: unknown): unknown {
  if (typeof statement !== 'object' || statement === null) return statement;
  return Object.fromEntries(Object.entries(statement).filter(([key]) => key !== 'Sid'));
}

export function sidOf(statement: unknown): string | null {
  if (typeof statement !== 'object' || statement === null || !('Sid' in statement)) return null;
  return typeof statement.Sid === 'string' ? statement.Sid : null;
}

/** The one service that a statement names; null where it names something else, or more. */
export function serviceOf(statement: unknown): string | null {
  const principal = (statement as { Principal?: unknown } | null | undefined)?.Principal;
  if (typeof principal !== 'object' || principal === null) return null;
  const entries = Object.entries(principal);
  const [key, value] = entries[0] ?? [];
  const service = Array.isArray(value) && value.length === 1 ? value[0] : value;
  return entries.length === 1 && key === 'Service' && typeof service === 'string' ? service : null;
}

function plain(value: unknown): unknown {
  if (Array.isArray(value)) {
    const each = value.map(plain);
    if (each.length === 1) return each[0];
    return each.sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
  }
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, plain(each)]));
}
