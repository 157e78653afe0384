import { SlackError } from './slack-error.js';

/** How long what was asked counts, and how long anybody waits for it. Milliseconds. */
export interface Remembering {
  /** Older than that, it is asked anew before it is used. */
  readonly forMs: number;
  /** Older than that, it is asked anew while it is used; never, unless given. */
  readonly renewAfterMs?: number;
  /** Whoever has an older answer to go by waits no longer. */
  readonly renewMs: number;
  /** Whoever has none waits no longer. */
  readonly firstMs: number;
  /** After a failure, nothing is asked for so long; longer where Slack says so. */
  readonly pauseMs: number;
  /** So long the last answer counts while there is no new one; an hour unless given. */
  readonly lastMs?: number;
}

export interface Remembered<T> {
  /** Null: it is not known, and could not be had in time. Never rejects. */
  get(id: string): Promise<T | null>;
  /** The same, asked anew where the answer is older; null also where no newer one could be had. */
  getSince(id: string, ageMs: number): Promise<T | null>;
  /** What is known is known better now; nothing where nothing is known. */
  mend(id: string, how: (value: T) => T): void;
  /** Why the last question had no answer; null where it had one, or has none yet. */
  whyNot(id: string): unknown;
}

/** So many are remembered. */
const MOST = 2_000;
const LAST_MS = 3_600_000;

interface Known<T> {
  value: T | null;
  at: number;
  /** Nothing is asked before. */
  pausedUntil: number;
  /** Since when it is being asked. */
  askedAt: number;
  asking: Promise<void> | null;
  failure: unknown;
}

/** With these Slack says that it will not tell any more: whoever was in the channel may have been taken out of it. */
const FORGET = ['channel_not_found', 'not_in_channel'];

/**
 * Remembers what is asked of Slack, asks once for all who want to know, and goes by the last answer while there is no new
 * one.
 *
 * @param onFailure told of each failure.
 */
export function remembered<T>(
  { forMs, renewAfterMs = forMs, renewMs, firstMs, pauseMs, lastMs = LAST_MS }: Remembering,
  look: (id: string) => Promise<T>,
  now: () => number,
  onFailure: (error: unknown) => void,
): Remembered<T> {
  const all = new Map<string, Known<T>>();
  /** Slack limits by method, not by what is asked for. */
  let limitedUntil = Number.NEGATIVE_INFINITY;
  const knownOf = (id: string): Known<T> => {
    const known = all.get(id);
    if (known !== undefined) return known;
    if (all.size >= MOST) all.clear();
    const fresh: Known<T> = {
      value: null,
      at: Number.NEGATIVE_INFINITY,
      pausedUntil: Number.NEGATIVE_INFINITY,
      askedAt: Number.NEGATIVE_INFINITY,
      asking: null,
      failure: null,
    };
    all.set(id, fresh);
    return fresh;
  };
  const fail = (known: Known<T>, error: unknown): void => {
    known.failure = error;
    known.pausedUntil = now() + pauseMs;
    if (error instanceof SlackError) {
      if (error.retryAfterMs !== null) limitedUntil = now() + error.retryAfterMs;
      if (FORGET.includes(error.code)) known.value = null;
    }
    onFailure(error);
  };
  const ask = (id: string, known: Known<T>): Promise<void> => {
    if (known.asking !== null) return known.asking;
    known.askedAt = now();
    known.asking = look(id)
      .then(
        (value) => {
          known.value = value;
          known.at = now();
          known.failure = null;
        },
        (error: unknown) => fail(known, error),
      )
      .finally(() => {
        known.asking = null;
      });
    return known.asking;
  };
  const mayAsk = ({ pausedUntil }: Known<T>) => now() >= Math.max(pausedUntil, limitedUntil);
  const renew = async (id: string, known: Known<T>): Promise<void> => {
    if (!mayAsk(known)) return;
    const asked = ask(id, known);
    const waitMs = (known.value === null ? firstMs : renewMs) - (now() - known.askedAt);
    const isLate = waitMs <= 0 || (await isLaterThan(asked, waitMs));
    // Whoever asks next does not wait once more for what has just been waited for.
    if (isLate) known.pausedUntil = now() + pauseMs;
  };
  return {
    async get(id) {
      const known = knownOf(id);
      if (now() - known.at >= forMs) await renew(id, known);
      else if (now() - known.at >= renewAfterMs && mayAsk(known)) void ask(id, known);
      return now() - known.at < Math.max(lastMs, forMs) ? known.value : null;
    },
    async getSince(id, ageMs) {
      const known = knownOf(id);
      if (now() - known.at >= ageMs) await renew(id, known);
      return now() - known.at < ageMs ? known.value : null;
    },
    mend(id, how) {
      const known = all.get(id);
      if (known?.value != null) known.value = how(known.value);
    },
    whyNot: (id) => all.get(id)?.failure ?? null,
  };
}

async function isLaterThan(work: Promise<void>, ms: number): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<boolean>((resolve) => {
    timer = setTimeout(() => resolve(true), ms);
  });
  try {
    return await Promise.race([work.then(() => false), late]);
  } finally {
    clearTimeout(timer);
  }
}
