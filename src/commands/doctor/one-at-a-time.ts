/** However often work is asked for while it is under way, it is done once, and all have what comes of it. */
export function oneAtATime<T>(work: () => Promise<T>): () => Promise<T> {
  let underway: Promise<T> | null = null;
  return () => {
    underway ??= work().finally(() => {
      underway = null;
    });
    return underway;
  };
}
