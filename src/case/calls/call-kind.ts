import type { ApiCall } from './api-call.js';

/**
 * Kinds of calls that the audit channel may show. A call can be of several: one of root that changed the plan is both.
 * Changes of a case that succeeded, by anybody but root, are of none: its thread shows them.
 */
export const CALL_KINDS = [
  'plan-changes',
  'plan-reads',
  'trusted-advisor-refreshes',
  'trusted-advisor-reads',
  'support-app-changes',
  'support-app-reads',
  'recommendations',
  'failed-case-calls',
  'root-case-calls',
  'other-changes',
  'other-reads',
] as const;

export type CallKind = (typeof CALL_KINDS)[number];

/** Those that are shown unless CONFIG_FILE says otherwise: what changes something, or tried to. */
export const KINDS_BY_DEFAULT: readonly CallKind[] = [
  'plan-changes',
  'trusted-advisor-refreshes',
  'support-app-changes',
  'failed-case-calls',
  'root-case-calls',
  'other-changes',
];

/** None: it is never shown. */
export function kindsOfCall(_call: ApiCall): readonly CallKind[] {
  throw new Error('not here yet');
}
