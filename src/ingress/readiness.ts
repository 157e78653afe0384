import type { InboxStats, Parked } from '../inbox/inbox.js';

/** What readiness is made of. */
export interface ReadinessDeps {
  /** Rejects when the store cannot be written to. */
  readonly checkStore: () => Promise<void>;
  readonly slack: () => { readonly ok: boolean; readonly problem: string | null };
  readonly sweep: () => Promise<{
    readonly state: string;
    readonly lastAt: number | null;
    readonly problem: string | null;
  }>;
  readonly inbox: () => Promise<InboxStats>;
  readonly parked: () => Promise<readonly Parked[]>;
}

export interface Readiness {
  readonly ready: boolean;
  readonly [part: string]: unknown;
}

/** Anybody may ask, so it says what is wrong and how many cases wait for it, but not which. */
export async function readiness({
  checkStore,
  slack,
  sweep,
  inbox,
  parked,
}: ReadinessDeps): Promise<Readiness> {
  const store = await checkStore().then(
    () => ({ ok: true, problem: null }),
    () => ({
      ok: false,
      problem: 'The store cannot be written to. Is the disk full, or DATABASE_PATH gone?',
    }),
  );
  const swept = await sweep();
  const sweepOk = swept.state !== 'failed';
  const reasons = new Map<string, number>();
  if (store.ok) for (const { reason } of await parked()) reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
  return {
    ready: store.ok && slack().ok && sweepOk,
    store,
    slack: slack(),
    sweep: {
      ok: sweepOk,
      state: swept.state,
      lastAt: swept.lastAt === null ? null : new Date(swept.lastAt).toISOString(),
      problem: swept.problem,
    },
    inbox: store.ok ? await inbox() : null,
    parked: [...reasons].map(([reason, cases]) => ({ reason, cases })),
  };
}
