import { StoreUnclear } from '../outbox/store-unclear.js';
import type { CommandDeps } from './command-deps.js';
import { inTime } from './in-time.js';
import { WORDS } from './words/words.js';

/** Slack waits three seconds in all, and the failure itself may have taken some. */
const CHECK_MS = 300;

/** What a person reads whose command failed. Nobody needs to look into the log for a store that is merely away. */
export async function wordsOfFailure({ store }: Pick<CommandDeps, 'store'>): Promise<string> {
  const check = store.check().then(
    () => true,
    () => false,
  );
  return (await inTime(check, CHECK_MS, false)) ? WORDS.broken : WORDS.storeAway;
}

/** In place of an answer, when a listener has failed. */
export async function wordsOfBroken(deps: Pick<CommandDeps, 'store'>, error: unknown): Promise<string> {
  return error instanceof StoreUnclear ? WORDS.storeUnclear : wordsOfFailure(deps);
}
