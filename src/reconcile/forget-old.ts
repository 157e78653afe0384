import { forgotten } from '../case/doubt.js';
import type { Store } from '../store/store.js';

const NOTE = 'last-forgetting';
const EVERY_MS = 86_400_000;
/** Calls that belong to no case are kept so long: CloudTrail itself keeps them for 90 days, for all who want to look. */
const CALLS_KEPT_MS = 14 * 86_400_000;

export interface ForgetOldDeps {
  readonly store: Pick<Store, 'note' | 'saveNote' | 'forget' | 'forgetCalls'>;
  readonly now: () => number;
}

/** Once a day: removes what nobody asks for any more, so that the store does not grow for ever. Returns how many cases. */
export async function forgetOld({ store, now }: ForgetOldDeps): Promise<number> {
  const last = Number((await store.note(NOTE)) ?? 0);
  if (now() - last < EVERY_MS) return 0;
  const count = await store.forget(forgotten(now()).until);
  await store.forgetCalls(now() - CALLS_KEPT_MS);
  await store.saveNote(NOTE, String(now()));
  return count;
}
