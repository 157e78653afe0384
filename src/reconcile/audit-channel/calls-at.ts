import type { KeptCall, Store } from '../../store/store.js';

/** Calls that are so near to each other are read at once. */
const NEAR = 100;

/** The calls at these places, in this order; without those that are forgotten. */
export async function callsAt(
  store: Pick<Store, 'callsSince'>,
  places: readonly number[],
): Promise<readonly KeptCall[]> {
  const found = new Map<number, KeptCall>();
  const sorted = [...places].sort((a, b) => a - b);
  while (sorted.length > 0) {
    const [first = 0] = sorted;
    const span = sorted.filter((place) => place < first + NEAR);
    const last = span.at(-1) ?? first;
    for (const kept of await store.callsSince(first - 1, last - first + 1)) found.set(kept.place, kept);
    sorted.splice(0, span.length);
  }
  return places.flatMap((place) => found.get(place) ?? []);
}
