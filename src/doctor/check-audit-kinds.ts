/** Whether what the audit channel is to show comes at all. Pure: it compares settings alone. */
import type { AuditChannel } from '../case/calls/audit-channel.js';
import { CALL_KINDS, type CallKind } from '../case/calls/call-kind.js';
import type { CallsWanted } from '../event-path/names.js';
import type { Finding } from './finding.js';
import { found } from './found.js';

/** Of these there is nothing but calls that only read; of others some do. */
const READS: readonly CallKind[] = CALL_KINDS.filter((kind) => kind.endsWith('-reads'));

/**
 * @param audit null where there is no such channel.
 * @param calls undefined where the setting is wrong.
 */
export function checkAuditKinds(audit: AuditChannel | null, calls: CallsWanted | undefined): Finding[] {
  if (audit === null || calls === undefined || calls === 'all') return [];
  const { warn } = found('events', 'audit channel');
  if (calls === 'none') {
    return [
      warn(
        'EVENTS_CALLS is none, so that no calls come: the audit channel of CONFIG_FILE shows nothing.',
        'Set EVENTS_CALLS=changes, or all, and run npm run connect; or take audit out of CONFIG_FILE.',
      ),
    ];
  }
  const missing = READS.filter((kind) => audit.kinds.includes(kind));
  if (missing.length === 0) return [];
  return [
    warn(
      `EVENTS_CALLS is changes, so that calls that only read do not come: of ${missing.join(', ')} (audit.kinds of CONFIG_FILE) the audit channel shows little or nothing.`,
      'Set EVENTS_CALLS=all and run npm run connect -- --calls all (Calls=all for a template); or take them out of audit.kinds.',
    ),
  ];
}
