import { forgotten } from '../case/doubt.js';
import type { Store } from '../store/store.js';

const NOTE = 'last-forgetting';
const EVERY_MS = 86_400_000;
/** Calls that belong to no case are kept so long: CloudTrail itself keeps them for 90 days, for all who want to look. */
const CALLS_KEPT_MS = 14 * 86_400_000;
const MOST_STEPS = 10;

export interface ForgetOldDeps {
  readonly store: Pick<Store, 'note' | 'saveNote' | 'forget' | 'forgetCalls' | 'forgetAudit'>;
  /** How long lines of the audit trail are kept; 0: for ever. */
  readonly auditDays: number;
  readonly now: () => number;
}

/** Once a day: removes what nobody asks for any more, so that the store does not grow for ever. Returns how many cases. */
export async function forgetOld({ store, auditDays, now }: ForgetOldDeps): Promise<number> {
  const last = Number((await store.note(NOTE)) ?? 0);
  if (now() - last < EVERY_MS) return 0;
  const count = await store.forget(forgotten(now()).until);
  await store.forgetCalls(now() - CALLS_KEPT_MS);
  // What is left over goes with the next sweep.
  if (auditDays > 0 && !(await forgetLines(store, now() - auditDays * EVERY_MS))) return count;
  await store.saveNote(NOTE, String(now()));
  return count;
}

/** In small steps: nobody waits for long meanwhile. Whether all of it is gone. */
async function forgetLines(store: Pick<Store, 'forgetAudit'>, before: number): Promise<boolean> {
  for (let step = 0; step < MOST_STEPS; step += 1) if ((await store.forgetAudit(before)) === 0) return true;
  return false;
}
