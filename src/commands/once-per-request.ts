import { BEGUN_MS } from '../store/request.js';
import type { Store } from '../store/store.js';

export interface Patience {
  /** How often is asked whether what is under way elsewhere has ended. */
  readonly everyMs: number;
  /** Longer than what was begun is left to whoever began it: then it has ended, or died. */
  readonly longestMs: number;
}

const PATIENCE: Patience = { everyMs: 300, longestMs: BEGUN_MS + 2_000 };

/**
 * Does work unless it was done for one of the same keys, by whichever replica, since an hour; what is under way for one
 * of them is waited for. Work that fails, or that died with its process, may be done again. Rejects when the work does,
 * when the store cannot say, or when what is under way does not end.
 *
 * @param keys in an order that is the same for all: those who share some wait for each other, never in a circle.
 */
export async function oncePerRequest(
  store: Pick<Store, 'beginRequest' | 'endRequest'>,
  keys: readonly string[],
  work: () => Promise<void>,
  patience: Patience = PATIENCE,
): Promise<void> {
  const begun: string[] = [];
  const end = async (how: 'done' | 'undone'): Promise<void> => {
    for (const key of begun) await store.endRequest(key, how);
  };
  try {
    for (const key of keys) {
      if ((await begin(store, key, patience)) === 'done') return await end('done');
      begun.push(key);
    }
    await work();
  } catch (error) {
    // Left alone, it would be taken for under way until its time is up.
    await end('undone').catch(() => undefined);
    throw error;
  }
  await end('done');
}

async function begin(
  store: Pick<Store, 'beginRequest'>,
  key: string,
  { everyMs, longestMs }: Patience,
): Promise<'yours' | 'done'> {
  const giveUpAt = performance.now() + longestMs;
  for (;;) {
    const state = await store.beginRequest(key);
    if (state !== 'busy') return state;
    if (performance.now() > giveUpAt) throw new Error('a request is under way elsewhere and does not end');
    await new Promise((resolve) => setTimeout(resolve, everyMs));
  }
}
