import { type ApiCall, isOwnLook, SUPPORT_SOURCE } from './api-call.js';
import { isReading, operationOf } from './operations/operation-of.js';

/**
 * Kinds of calls that the audit channel may show. A call can be of several: one of root on a case, which failed, is both.
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

/**
 * None: it is never shown. Neither are the bot's own looks at cases, of which there are thousands, nor calls that only tried
 * whether they would succeed, as the doctor makes them.
 */
export function kindsOfCall(call: ApiCall): readonly CallKind[] {
  const reads = isReading(call);
  if (isTrial(call) || isOwnLook(call)) return [];
  const about = operationOf(call)?.about;
  switch (about) {
    case 'case-deed':
      return casesKinds(call);
    case 'case-change':
      return ['other-changes', ...casesKinds(call)];
    case 'case-read':
      return ['other-reads', ...casesKinds(call)];
    case undefined: {
      const isOfCase = call.source === SUPPORT_SOURCE && call.caseId !== '';
      return [reads ? 'other-reads' : 'other-changes', ...(isOfCase ? casesKinds(call) : [])];
    }
    default:
      return [about];
  }
}

function casesKinds({ error, principal }: ApiCall): CallKind[] {
  return [
    ...(error === null ? [] : ['failed-case-calls' as const]),
    ...(principal.kind === 'root' ? ['root-case-calls' as const] : []),
  ];
}

/** AWS Support answers a call with `dryRun` that would succeed by this error, and does nothing in any case. */
function isTrial({ source, error, told }: ApiCall): boolean {
  if (source !== SUPPORT_SOURCE) return false;
  return told.dryRun === 'true' || /^(Client\.)?DryRunOperation(Exception)?$/.test(error ?? '');
}
