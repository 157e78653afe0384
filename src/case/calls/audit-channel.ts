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
