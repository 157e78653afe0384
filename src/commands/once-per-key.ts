/** Does work unless work for one of the same keys was done, or is under way: then it waits for that. */
export type OncePerKey = (keys: readonly string[], work: () => Promise<void>) => Promise<void>;

/** @param most keys that are remembered; the oldest are forgotten. What fails is forgotten at once. */
export function oncePerKey(most: number): OncePerKey {
  const known = new Map<string, Promise<void>>();
  return (keys, work) => {
    const before = keys.map((key) => known.get(key)).find((each) => each !== undefined);
    if (before !== undefined) return before;
    const begun = work().catch((error: unknown) => {
      for (const key of keys) known.delete(key);
      throw error;
    });
    for (const key of keys) known.set(key, begun);
    for (const key of known.keys()) {
      if (known.size <= most) break;
      known.delete(key);
    }
    return begun;
  };
}
