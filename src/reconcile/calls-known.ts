import type { CallsKnown } from '../case/calls/with-callers.js';
import { isResolved } from '../case/case.js';
import type { CaseKey } from '../case/case-key.js';
import type { Reading } from '../case/reading.js';
import type { CaseFile } from '../store/store.js';
import type { Turn } from './turn.js';

/**
 * Where records came of calls that were made so long before, one that is missing means something. Not where later ones came
 * alone: the rule that brings them may be younger than what it is to explain.
 */
const BEFORE_MS = 7 * 86_400_000;
/** A time that was only seen differs a little from one look to the next. */
const SAME_TIME_MS = 60_000;
/** A case is hardly ever resolved more often; of the oldest it then stays open who did it. */
const MOST_TIMES = 50;

/** What CloudTrail's records tell of a case. The account is asked only for a case that was resolved. */
export async function callsKnown(
  {
    store,
    callsArriveWithinMs,
    upSince,
    now,
  }: Pick<Turn, 'store' | 'callsArriveWithinMs' | 'upSince' | 'now'>,
  { account }: CaseKey,
  { record, facts, ledger, calls }: CaseFile,
  reading: Reading | null,
): Promise<CallsKnown> {
  const told = facts.flatMap(({ event, at }) => (event === 'ResolveCase' ? [at] : []));
  const shown = ledger.flatMap(({ entry, at }) => (entry.startsWith('resolved') ? [at] : []));
  // It may turn out to be resolved without that anybody told when.
  const seenNow = reading !== null && isResolved(reading.case.status) ? [now()] : [];
  const times = [...new Set([...told, ...shown, ...seenNow])].sort((a, b) => b - a).slice(0, MOST_TIMES);
  const seen = times.length === 0 ? [] : await store.callsSeen(account, times, BEFORE_MS);
  const after = times.filter((_, index) => seen[index]);
  return {
    calls,
    seenBefore: (at) => after.some((time) => Math.abs(time - at) <= SAME_TIME_MS),
    arriveWithinMs: callsArriveWithinMs,
    upSince,
    walkedAt: record?.walkedAt ?? null,
  };
}
