/** AWS's codes in the words of its console. Unknown values are shown as they are. */
import type { Turn } from './turn.js';

const STATUS: Record<string, string> = {
  unassigned: 'Unassigned',
  opened: 'Open',
  'work-in-progress': 'Work in progress',
  'pending-customer-action': 'Pending customer action',
  'customer-action-completed': 'Customer action completed',
  reopened: 'Reopened',
  resolved: 'Resolved',
};

const SEVERITY: Record<string, string> = {
  low: 'General guidance',
  normal: 'System impaired',
  high: 'Production system impaired',
  urgent: 'Production system down',
  critical: 'Business-critical system down',
};

export function statusWords(status: string): string {
  return Object.hasOwn(STATUS, status) ? (STATUS[status] ?? status) : status;
}

export function severityWords(severity: string): string {
  return Object.hasOwn(SEVERITY, severity) ? `${SEVERITY[severity]} (${severity})` : severity;
}

/** How a case stands, of what its card holds. */
interface Standing {
  readonly details: { readonly status: string } | null;
  readonly resolved: boolean;
  readonly turn: Turn | null;
}

/**
 * How a case stands, in one phrase: who has to act, because that is what people ask. A status that we do not know may say
 * more than that, so it stands beside it.
 */
export function standing({ details, resolved, turn }: Standing): string {
  if (resolved) return 'Resolved';
  if (details === null) return 'Open, as far as events tell';
  const { status } = details;
  if (turn === null || turn === 'nobody') return statusWords(status);
  const waits = turn === 'us' ? 'Waiting for us' : 'Waiting for AWS';
  if (status === 'reopened') return `Reopened. ${waits}`;
  return Object.hasOwn(STATUS, status) || status === '' ? waits : `${waits} · ${status}`;
}
