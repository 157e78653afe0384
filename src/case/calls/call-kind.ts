import { type ApiCall, isOwnDeed, isOwnLook, SUPPORT_SOURCE } from './api-call.js';
import { errorWords } from './error-words.js';
import type { About } from './operations/operation.js';
import { isReading, operationOf } from './operations/operation-of.js';

/**
 * Kinds of calls that the audit channel may show. A call can be of several: one of root on a case, which failed, is both.
 * What the bot did to a case and succeeded is of none: its thread shows it.
 */
export const CALL_KINDS = [
  'plan-changes',
  'plan-reads',
  'trusted-advisor-refreshes',
  'trusted-advisor-reads',
  'support-app-changes',
  'support-app-reads',
  'recommendations',
  'case-calls',
  'failed-case-calls',
  'root-case-calls',
  'refused-looks',
  'root-looks',
  'other-changes',
  'other-reads',
] as const;

export type CallKind = (typeof CALL_KINDS)[number];

/**
 * Those that are shown unless CONFIG_FILE says otherwise: what changes something, or tried to, and looks of root, and of
 * those who may not look.
 */
export const KINDS_BY_DEFAULT: readonly CallKind[] = [
  'plan-changes',
  'trusted-advisor-refreshes',
  'support-app-changes',
  'failed-case-calls',
  'root-case-calls',
  'refused-looks',
  'root-looks',
  'other-changes',
];

/**
 * None: it is never shown. Neither are the bot's own looks at cases, of which there are thousands, nor calls that only tried
 * whether they would succeed, as the doctor makes them.
 */
export function kindsOfCall(call: ApiCall): readonly CallKind[] {
  if (isTrial(call) || isOwnLook(call)) return [];
  const { source, caseId, error, principal } = call;
  const about = operationOf(call)?.about;
  const isOfCase = about?.startsWith('case-') ?? (source === SUPPORT_SOURCE && caseId !== '');
  const kinds: CallKind[] = kindsOf(about, call);
  if (isOfCase) {
    if (error !== null) kinds.push('failed-case-calls');
    if (principal.kind === 'root') kinds.push('root-case-calls');
  } else if (isReading(call)) {
    // A program that looks all day at what the plan does not allow fails all day: that is nobody's look where it may not.
    if (error !== null && errorWords(error).refused) kinds.push('refused-looks');
    if (principal.kind === 'root') kinds.push('root-looks');
  }
  return kinds;
}

function kindsOf(about: About | undefined, call: ApiCall): CallKind[] {
  switch (about) {
    case 'case-deed':
      return call.error !== null || isOwnDeed(call) ? [] : ['case-calls'];
    case 'case-change':
      return ['other-changes'];
    case 'case-read':
      return ['other-reads'];
    case undefined:
      return [isReading(call) ? 'other-reads' : 'other-changes'];
    default:
      return [about];
  }
}

/** AWS Support answers a call with `dryRun` that would succeed by this error, and does nothing in any case. */
function isTrial({ source, error, told }: ApiCall): boolean {
  if (source !== SUPPORT_SOURCE) return false;
  return told.dryRun === 'true' || /^(Client\.)?DryRunOperation(Exception)?$/.test(error ?? '');
}
