import { ofAnyAccount } from '../case/of-account.js';
import type { InboxStats, Parked } from '../inbox/inbox.js';

/** What readiness is made of. */
export interface ReadinessDeps {
  /** Rejects when the store cannot be written to. */
  readonly checkStore: () => Promise<void>;
  readonly storage: 'sqlite' | 'redis';
  /** What in the store's own settings may cost us data: sentences with the remedy. */
  readonly risks: readonly string[];
  readonly slack: () => { readonly ok: boolean; readonly problem: string | null };
  readonly sweep: () => Promise<{
    readonly state: string;
    readonly lastAt: number | null;
    readonly problem: string | null;
    /** How many accounts could not be asked; the others are well unless it failed. */
    readonly failing: number;
  }>;
  readonly inbox: () => Promise<InboxStats>;
  readonly parked: () => Promise<readonly Parked[]>;
}

export interface Readiness {
  readonly ready: boolean;
  readonly [part: string]: unknown;
}

const AWAY: Record<ReadinessDeps['storage'], string> = {
  sqlite: 'The store cannot be written to. Is the disk full, or DATABASE_PATH gone?',
  redis:
    'Redis (REDIS_URL) does not answer, or does not take what is written. Is it running and reachable, and its memory ' +
    'or disk not full?',
};

/** Anybody may ask, so it says what is wrong and how many cases wait for it, but neither which nor of which account. */
export async function readiness({
  checkStore,
  storage,
  risks,
  slack,
  sweep,
  inbox,
  parked,
}: ReadinessDeps): Promise<Readiness> {
  // Side by side: of a store that hangs, each has to wait until it is given up.
  const [work, swept] = await Promise.all([
    checkStore()
      .then(() => Promise.all([inbox(), parked()]))
      // It may go away between two questions, too.
      .catch(() => null),
    sweep(),
  ]);
  const sweepOk = swept.state !== 'failed';
  const reasons = new Map<string, number>();
  for (const each of work?.[1] ?? []) {
    const reason = ofAnyAccount(each.reason);
    reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
  }
  return {
    ready: work !== null && slack().ok && sweepOk,
    store: { ok: work !== null, problem: work === null ? AWAY[storage] : null, risks },
    slack: slack(),
    sweep: {
      ok: sweepOk,
      state: swept.state,
      lastAt: swept.lastAt === null ? null : new Date(swept.lastAt).toISOString(),
      problem: swept.problem,
      failing: swept.failing,
    },
    inbox: work?.[0] ?? null,
    parked: [...reasons].map(([reason, cases]) => ({ reason, cases })),
  };
}
