import type { CaseKey } from './case-key.js';

/**
 * The key of a case that somebody opens from Slack, until AWS has given it an id. From then on it is an alias of the real
 * key. AWS's own ids begin with `case-`.
 *
 * @param reference of the outbox message that opens it; ten characters.
 */
export function newCaseKey(account: string, reference: string): CaseKey {
  return { account, caseId: `new-${reference}` };
}

export function isNewCase({ caseId }: CaseKey): boolean {
  return /^new-[a-z0-9]{10}$/.test(caseId);
}
