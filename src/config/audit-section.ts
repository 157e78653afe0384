import type { AuditChannel } from '../case/calls/audit-channel.js';
import { CALL_KINDS, KINDS_BY_DEFAULT } from '../case/calls/call-kind.js';
import { entry, listOf, oneOf, text } from './field-rules.js';
import { fieldsOf } from './fields.js';
import type { Report } from './file-problem.js';
import { CHANNEL_ID } from './slack-ids.js';

const ALL = 'all';

const AUDIT = entry(
  {
    channel: text(
      CHANNEL_ID,
      "The ID of a channel belongs here. It begins with C (or G) and is not the name; the channel's details show it.",
    ),
    kinds: listOf(oneOf([...CALL_KINDS, ALL]), 'plan-changes, root-case-calls')
      // Whoever empties the list hardly means a channel in which nothing is ever said.
      .min(1, {
        error: `Nothing is shown of no kind. Name some kinds, or ${ALL}; leave kinds out for those that change something; or take audit out.`,
      })
      .optional(),
  },
  'audit',
);

/** Null where no channel is named. */
export function readAudit(raw: unknown, report: Report): AuditChannel | null {
  if (raw === undefined || raw === null) return null;
  const { fields } = fieldsOf(AUDIT, raw, ['audit'], report);
  if (fields.channel === undefined) return null;
  const named: readonly string[] = fields.kinds ?? KINDS_BY_DEFAULT;
  return {
    channel: fields.channel,
    kinds: CALL_KINDS.filter((kind) => named.includes(kind) || named.includes(ALL)),
  };
}
