/** AWS's codes in the words of its console. Unknown values are shown as they are. */

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
