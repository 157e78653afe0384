import { EventPathError, type EventPathErrorKind } from './errors.js';

/** Passed in, so that tests need not wait. */
export interface Clock {
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly sleep: (milliseconds: number) => Promise<void>;
}

/**
 * Does it again while it fails in one of these ways, which go by themselves: somebody else changes the same thing, a
 * role is not known everywhere yet, a queue's name is still taken.
 *
 * @param seconds after which the last error is thrown.
 */
export async function patiently<T>(
  clock: Clock,
  { kinds, seconds, every = 2 }: { kinds: readonly EventPathErrorKind[]; seconds: number; every?: number },
  deed: () => Promise<T>,
): Promise<T> {
  const end = clock.now() + seconds * 1000;
  for (;;) {
    try {
      return await deed();
    } catch (error) {
      const goes = error instanceof EventPathError && kinds.includes(error.kind);
      if (!goes || clock.now() + every * 1000 > end) throw error;
      await clock.sleep(every * 1000);
    }
  }
}
