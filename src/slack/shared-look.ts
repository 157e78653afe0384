/** So many are kept. */
const MOST = 1_000;

/**
 * Looks something up once for all who want to know it at the same time, or within a moment: the name of a person and what
 * they are come from one call. What fails is kept for nobody.
 */
export function sharedLook<T>(
  look: (id: string) => Promise<T>,
  forMs: number,
  now: () => number,
): (id: string) => Promise<T> {
  const looks = new Map<string, { readonly at: number; readonly found: Promise<T> }>();
  return (id) => {
    const before = looks.get(id);
    if (before !== undefined && now() - before.at < forMs) return before.found;
    if (looks.size >= MOST) looks.clear();
    const mine = { at: now(), found: look(id) };
    looks.set(id, mine);
    mine.found.catch(() => {
      if (looks.get(id) === mine) looks.delete(id);
    });
    return mine.found;
  };
}
