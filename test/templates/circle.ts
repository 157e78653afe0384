/** A circle of `edges`, with its first name again at its end; null where there is none. */
export function circleIn(edges: ReadonlyMap<string, readonly string[]>): readonly string[] | null {
  const cleared = new Set<string>();
  const walk = (name: string, path: readonly string[]): readonly string[] | null => {
    if (path.includes(name)) return [...path.slice(path.indexOf(name)), name];
    if (cleared.has(name)) return null;
    for (const next of edges.get(name) ?? []) {
      const circle = walk(next, [...path, name]);
      if (circle !== null) return circle;
    }
    cleared.add(name);
    return null;
  };
  for (const name of edges.keys()) {
    const circle = walk(name, []);
    if (circle !== null) return circle;
  }
  return null;
}
