import type { Case } from '../case/case.js';
import { isResolved } from '../case/case.js';
import type { CaseKey } from '../case/case-key.js';
import { turnOf } from '../case/turn.js';
import type { CaseRecord } from '../store/store.js';

/** A case that the store does not have, as far as it can be shown. */
export function unkeptRecord(key: CaseKey, displayId: string, now: number): CaseRecord {
  return {
    key,
    displayId,
    channel: null,
    threadTs: null,
    card: null,
    shown: null,
    digest: null,
    resolved: false,
    activityAt: now,
    walkedAt: null,
    recoveredAt: null,
    formerTs: null,
  };
}

/** The same of one that AWS shows. */
export function recordOfCase(aCase: Case): CaseRecord {
  const { key, displayId, status, openedAt } = aCase;
  const resolved = isResolved(status);
  const card = { key, displayId, details: aCase, resolved, turn: turnOf(status, null), missing: null };
  return { ...unkeptRecord(key, displayId, openedAt), resolved, card };
}
