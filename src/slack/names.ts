/** So many are remembered. */
const MOST = 1_000;

/** Looks a name up once and keeps it: people and channels rarely change theirs. Null when it cannot be had. */
export type Named<T extends string = string> = (
  id: string,
  look: () => Promise<T | undefined>,
) => Promise<T | null>;

export function createNames<T extends string = string>(): Named<T> {
  const names = new Map<string, T>();
  return async (id, look) => {
    const known = names.get(id);
    if (known !== undefined) return known;
    const name = await look().catch(() => undefined);
    if (!name) return null;
    if (names.size >= MOST) names.clear();
    names.set(id, name);
    return name;
  };
}
