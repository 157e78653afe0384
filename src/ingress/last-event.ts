import type { Store } from '../store/store.js';

export interface LastEventDeps {
  readonly store: Pick<Store, 'saveNote'>;
  readonly now: () => number;
}

const NOTE = 'last-event';
/** Of many events in a row, so many milliseconds apart is often enough for people. */
const EVERY_MS = 5_000;

/**
 * What keeps, for all replicas, when the last event arrived. To be called for every event: it returns at once, and nobody
 * waits for the store. Where that fails the next event says so.
 */
export function lastEventKeeper({ store, now }: LastEventDeps): () => void {
  let keptAt = Number.NEGATIVE_INFINITY;
  return () => {
    const at = now();
    // A clock that was set back must not silence it.
    if (Math.abs(at - keptAt) < EVERY_MS) return;
    keptAt = at;
    void store.saveNote(NOTE, String(at)).catch(() => undefined);
  };
}

/** When an event arrived last, to some seconds; null when none has yet. */
export async function lastEventAt(store: Pick<Store, 'note'>): Promise<number | null> {
  const at = Number(await store.note(NOTE));
  return Number.isFinite(at) && at > 0 ? at : null;
}
