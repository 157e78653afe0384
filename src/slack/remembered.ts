/** How long what was asked counts, and how long anybody waits for it. Milliseconds. */
export interface Remembering {
  /** Older than that, it is asked anew before it is used. */
  readonly forMs: number;
  /** Whoever has an older answer to go by waits no longer. */
  readonly renewMs: number;
  /** Whoever has none waits no longer. */
  readonly firstMs: number;
  /** After a failure, nothing is asked for so long. */
  readonly pauseMs: number;
}

/** So many are remembered. */
const MOST = 2_000;

interface Known<T> {
  value: T | null;
  at: number;
  failedAt: number;
  asking: Promise<void> | null;
}

/**
 * Remembers what is asked of Slack, asks once for all who want to know, and goes by the last answer while there is no new
 * one. Null: it is not known, and could not be had in time. Never rejects.
 *
 * @param onFailure told of each failure.
 */
export function remembered<T>(
  { forMs, renewMs, firstMs, pauseMs }: Remembering,
  look: (id: string) => Promise<T>,
  now: () => number,
  onFailure: (error: unknown) => void,
): (id: string) => Promise<T | null> {
  const all = new Map<string, Known<T>>();
  const knownOf = (id: string): Known<T> => {
    const known = all.get(id);
    if (known !== undefined) return known;
    if (all.size >= MOST) all.clear();
    const fresh: Known<T> = {
      value: null,
      at: Number.NEGATIVE_INFINITY,
      failedAt: Number.NEGATIVE_INFINITY,
      asking: null,
    };
    all.set(id, fresh);
    return fresh;
  };
  const ask = (id: string, known: Known<T>): Promise<void> => {
    known.asking ??= look(id)
      .then(
        (value) => {
          known.value = value;
          known.at = now();
        },
        (error: unknown) => {
          known.failedAt = now();
          onFailure(error);
        },
      )
      .finally(() => {
        known.asking = null;
      });
    return known.asking;
  };
  return async (id) => {
    const known = knownOf(id);
    if (now() - known.at < forMs) return known.value;
    if (now() - known.failedAt >= pauseMs)
      await withinMs(ask(id, known), known.value === null ? firstMs : renewMs);
    return known.value;
  };
}

async function withinMs(work: Promise<void>, ms: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, ms);
  });
  try {
    await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
