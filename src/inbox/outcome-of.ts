import type { Handler, Run } from './inbox.js';
import { again, type Outcome } from './outcome.js';

/** For a handler that breaks its word and throws, or does not say when it wants to try again. */
export const AGAIN_AFTER_MS = 30_000;

export async function outcomeOf(handler: Handler, run: Run): Promise<Outcome> {
  try {
    return await handler(run);
  } catch {
    return again('the handler threw', AGAIN_AFTER_MS);
  }
}
