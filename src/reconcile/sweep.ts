import { caseKeyText } from '../case/case-key.js';
import { digestOf } from '../case/digest.js';
import { isWalkDue } from '../case/must-walk.js';
import type { Reading } from '../case/reading.js';
import type { Store } from '../store/store.js';
import type { Accounts, SupportApi } from '../support/support-api.js';

export interface SweepDeps {
  readonly store: Pick<Store, 'canonical' | 'casesToSweep'>;
  readonly accounts: Accounts;
  readonly mark: (key: string) => Promise<void>;
  /** How often all pages of a long case are read. */
  readonly walkEveryMs: number;
  readonly now: () => number;
}

/** A resolved case may still change for a while: AWS adds a last word, somebody reopens it. */
const TOUCHED_LATELY_MS = 48 * 3_600_000;

/**
 * Finds what no event told us: compares every case that is open, or was touched lately, with what we saw of it last,
 * and marks those that differ. Costs one call per hundred open cases, and one per hundred others.
 *
 * @returns how many cases were marked. Rejects with a SupportError when an account cannot be asked.
 */
export async function sweep({ store, accounts, mark, walkEveryMs, now }: SweepDeps): Promise<number> {
  const known = new Map(
    (await store.casesToSweep(now() - TOUCHED_LATELY_MS)).map((record) => [caseKeyText(record.key), record]),
  );
  const met = new Set<string>();
  let marked = 0;
  const compare = async (reading: Reading): Promise<void> => {
    const key = caseKeyText(await store.canonical(reading.case.key));
    met.add(key);
    const record = known.get(key);
    const isDue = !reading.complete && isWalkDue(record?.walkedAt ?? null, now(), walkEveryMs);
    if (record?.digest === digestOf(reading) && !isDue) return;
    marked += 1;
    await mark(key);
  };

  for (const api of accounts.all('sweep')) {
    for await (const reading of api.openCases()) await compare(reading);
    // Open to us and not in AWS's list: resolved without an event. Cases that this account never showed are left out.
    const others = [...known.values()].filter(
      ({ key, digest }) => digest !== null && !met.has(caseKeyText(key)),
    );
    for (const reading of await byIds(api, others)) await compare(reading);
  }
  return marked;
}

function byIds(
  api: SupportApi,
  records: readonly { key: { caseId: string } }[],
): Promise<readonly Reading[]> {
  return api.casesById(records.map(({ key }) => key.caseId));
}
