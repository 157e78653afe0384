import { caseKeyText } from '../case/case-key.js';
import { digestOf } from '../case/digest.js';
import { isWalkDue } from '../case/must-walk.js';
import type { Reading } from '../case/reading.js';
import type { Store } from '../store/store.js';
import { sideBySide } from '../support/side-by-side.js';
import { type Accounts, OWN_ACCOUNT, type SupportApi } from '../support/support-api.js';

export interface SweepDeps {
  readonly store: Pick<Store, 'canonical' | 'casesToSweep'>;
  readonly accounts: Pick<Accounts, 'all'>;
  readonly mark: (key: string) => Promise<void>;
  /** How often all pages of a long case are read. */
  readonly walkEveryMs: number;
  readonly now: () => number;
}

export interface Swept {
  /** How many cases were marked. */
  readonly marked: number;
  /** How many accounts were to be asked. */
  readonly accounts: number;
  /** Those that could not be, each with what was thrown. */
  readonly failed: readonly { readonly account: string; readonly error: unknown }[];
}

type Known = Awaited<ReturnType<Store['casesToSweep']>>[number];

/** A resolved case may still change for a while: AWS adds a last word, somebody reopens it. */
const TOUCHED_LATELY_MS = 48 * 3_600_000;
/** AWS counts the calls of each account by itself. One that does not answer takes a quarter of a minute to say so. */
const ACCOUNTS = { atOnce: 4, slowMs: 2_000 };

/**
 * Finds what no event told us: compares every case that is open, or was touched lately, with what we saw of it last,
 * and marks those that differ. Costs one call per account and hundred open cases, and one per hundred others. An account
 * that fails does not hold back the others. Rejects when the store cannot be read.
 */
export async function sweep(deps: SweepDeps): Promise<Swept> {
  const { store, accounts, now } = deps;
  const apis = [...accounts.all('sweep')];
  const known = byAccount(await store.casesToSweep(now() - TOUCHED_LATELY_MS), apis);
  let marked = 0;
  const failed: Swept['failed'][number][] = [];
  const one = async (api: SupportApi) => {
    const account = api.account ?? OWN_ACCOUNT;
    try {
      await sweepAccount(deps, api, known.get(account) ?? new Map(), () => {
        marked += 1;
      });
    } catch (error) {
      failed.push({ account, error });
    }
  };
  await sideBySide(apis, one, ACCOUNTS);
  return { marked, accounts: apis.length, failed };
}

/**
 * @param known what we know of this account's cases, by their keys.
 * @param onMarked called for each case that was marked: also of an account that fails later on.
 */
async function sweepAccount(
  { store, mark, walkEveryMs, now }: SweepDeps,
  api: SupportApi,
  known: ReadonlyMap<string, Known>,
  onMarked: () => void,
): Promise<void> {
  const met = new Set<string>();
  const compare = async (reading: Reading): Promise<void> => {
    const key = caseKeyText(await store.canonical(reading.case.key));
    met.add(key);
    const record = known.get(key);
    const isDue = !reading.complete && isWalkDue(record?.walkedAt ?? null, now(), walkEveryMs);
    if (record?.digest === digestOf(reading) && !isDue) return;
    onMarked();
    await mark(key);
  };
  for await (const reading of api.openCases()) await compare(reading);
  // Open to us and not in AWS's list: resolved without an event. Cases that the account has never shown are left out, or
  // those that it does not know would be asked for for ever; but not where they were resolved lately: while the account was
  // followed by its events alone, it was not asked for them.
  const others = [...known].filter(
    ([key, { digest, resolved }]) => !met.has(key) && (digest !== null || (resolved && api.account !== null)),
  );
  for (const reading of await api.casesById(others.map(([, record]) => record.key.caseId)))
    await compare(reading);
}

/** What is known, by the account that can be asked for it; where nobody has said which that is, by the only one there is. */
function byAccount(
  records: readonly Known[],
  apis: readonly SupportApi[],
): ReadonlyMap<string, ReadonlyMap<string, Known>> {
  const named = new Set(apis.map(({ account }) => account));
  const sorted = new Map<string, Map<string, Known>>();
  for (const record of records) {
    const account = named.has(record.key.account) ? record.key.account : OWN_ACCOUNT;
    const cases = sorted.get(account) ?? new Map<string, Known>();
    sorted.set(account, cases.set(caseKeyText(record.key), record));
  }
  return sorted;
}
