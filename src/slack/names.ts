/** Whoever asks for a name has waited so long at most for the same look-up: nobody waits once more for one that hangs. */
const WAITED_MS = 700;
/** So many are remembered. */
const MOST = 1_000;

/** Looks a name up once and keeps it: people and channels rarely change theirs. Null when it cannot be had. */
export type Named<T extends string = string> = (
  id: string,
  look: () => Promise<T | undefined>,
) => Promise<T | null>;

export function createNames<T extends string = string>(now = () => performance.now()): Named<T> {
  const names = new Map<string, T>();
  const looks = new Map<string, { readonly at: number; readonly name: Promise<T | null> }>();
  return async (id, look) => {
    const known = names.get(id);
    if (known !== undefined) return known;
    const before = looks.get(id);
    if (before !== undefined) return now() - before.at < WAITED_MS ? before.name : null;
    const name = look()
      .then((found) => {
        if (!found) return null;
        if (names.size >= MOST) names.clear();
        names.set(id, found);
        return found;
      })
      .catch(() => null)
      .finally(() => looks.delete(id));
    looks.set(id, { at: now(), name });
    return name;
  };
}
