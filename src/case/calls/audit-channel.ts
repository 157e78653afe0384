import type { ApiCall } from './api-call.js';
import { type CallKind, kindsOfCall } from './call-kind.js';

/** Where calls are shown that CloudTrail tells of, and which; not to be mistaken for the audit trail of what is done in Slack. */
export interface AuditChannel {
  readonly channel: string;
  readonly kinds: readonly CallKind[];
}

export function isShownIn({ kinds }: Pick<AuditChannel, 'kinds'>, call: ApiCall): boolean {
  return kindsOfCall(call).some((kind) => kinds.includes(kind));
}

/** What must not wait behind a thousand refreshes: root, and changes of plans and of the AWS Support App. */
export function isAlarm(call: ApiCall): boolean {
  const kinds = kindsOfCall(call);
  const isChange = kinds.includes('plan-changes') || kinds.includes('support-app-changes');
  return call.principal.kind === 'root' || isChange;
}
