import { sideBySide } from '../support/side-by-side.js';
import type { SupportApi } from '../support/support-api.js';
import { SupportError } from '../support/support-error.js';

/** What several accounts answered within a time. */
export interface Asked<T> {
  readonly found: readonly T[];
  /** How many were to be asked; those that are followed by their events alone are not. */
  readonly asked: number;
  /** How many of them did not answer in time, or with an error. */
  readonly missing: number;
  /** The first error; null where none came in time. */
  readonly trouble: SupportError | null;
  /** What one says that is followed by its events alone; null where there is none. */
  readonly notAskable: SupportError | null;
}

export interface AskOptions {
  readonly withinMs: number;
  /** Side by side at most; those behind get their turn as others answer. */
  readonly atOnce: number;
}

/** Into so many parts the time is cut: one that has not answered within a part lets those behind it begin. */
const SHARES = 4;

/**
 * Asks accounts side by side, so that one which fails, or does not answer, hides nobody else's answer. All are waited for
 * until the time is over: two of them may have what is looked for. Rejects only with what is no SupportError.
 */
export async function askAccounts<T>(
  accounts: readonly SupportApi[],
  ask: (account: SupportApi) => Promise<readonly T[]>,
  { withinMs, atOnce }: AskOptions,
): Promise<Asked<T>> {
  const found: T[] = [];
  let answered = 0;
  let eventsOnly = 0;
  let notAskable: SupportError | null = null;
  let trouble: Asked<T>['trouble'] = null;
  let isOver = false;
  const one = async (api: SupportApi): Promise<void> => {
    try {
      const some = await ask(api);
      if (isOver) return;
      found.push(...some);
      answered += 1;
    } catch (error) {
      if (!(error instanceof SupportError)) throw error;
      if (isOver) return;
      if (error.kind === 'events-only') {
        eventsOnly += 1;
        notAskable ??= error;
      } else trouble ??= error;
    }
  };
  const all = sideBySide(accounts, async (api) => (isOver ? undefined : one(api)), {
    atOnce,
    slowMs: withinMs / SHARES,
  });
  // Nobody is left to hear of it when it fails later.
  all.catch(() => undefined);
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, withinMs);
  });
  try {
    await Promise.race([all, late]);
  } finally {
    isOver = true;
    clearTimeout(timer);
  }
  const asked = accounts.length - eventsOnly;
  return { found, asked, missing: asked - answered, trouble, notAskable };
}
