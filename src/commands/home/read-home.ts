import { type CaseKey, caseKeyText } from '../../case/case-key.js';
import type { Person } from '../../case/people.js';
import type { CaseRecord, Store } from '../../store/store.js';
import type { PermitAsker, PermitDeps } from '../permit.js';
import { type Placed, readable } from '../readable.js';
import { readableOnly } from '../readable-only.js';

/** How the bot is, as far as people need to know. */
export interface BotState {
  /** When AWS's last event arrived, milliseconds since 1970; null when none has yet. */
  readonly lastEventAt: number | null;
  readonly sweep: {
    readonly state: 'off' | 'pending' | 'ok' | 'partly' | 'failed';
    readonly lastAt: number | null;
  };
}

export interface HomeCase {
  readonly record: CaseRecord;
  readonly owner: Person | null;
}

/** What all Home tabs show; each person finds their own cases marked. */
export interface HomePicture {
  /** Newest activity first; of very many the newest. */
  readonly cases: readonly HomeCase[];
  /** How many are open in all. */
  readonly total: number;
  /** Cases that need a person; of one that is not kept no more than its key is known. */
  readonly parked: readonly Placed[];
  readonly state: BotState;
  /** Slack does not say now whether this person may see others. */
  readonly isUnsure?: boolean;
}

export interface ReadHomeDeps {
  readonly store: Pick<Store, 'listCases' | 'ownersOf' | 'canonical' | 'getCases'>;
  /** Keys of cases that need a person. */
  readonly parked: () => Promise<readonly CaseKey[]>;
  readonly state: () => Promise<BotState>;
}

/** What is read costs the store so many pages at most, however many cases there are. */
const PAGE = 100;
const PAGES = 3;

type ForPersonDeps = PermitDeps & { readonly store: Pick<Store, 'casePlaces' | 'getCases' | 'ownersOf'> };

/** The same with what a person may read, and nothing else counted. */
export async function pictureFor(
  deps: ForPersonDeps,
  picture: HomePicture,
  user: string,
): Promise<HomePicture> {
  const asker = { user, channel: '' };
  const [open, parked] = await Promise.all([
    openFor(deps, picture, asker),
    readable(deps, asker, picture.parked),
  ]);
  return { ...picture, ...open, parked: parked.cases, isUnsure: open.isUnsure || parked.isUnsure };
}

async function openFor(
  deps: ForPersonDeps,
  { cases, total }: HomePicture,
  asker: PermitAsker,
): Promise<Pick<HomePicture, 'cases' | 'total'> & { readonly isUnsure: boolean }> {
  const records = cases.map(({ record }) => record);
  const { cases: seen, isUnsure } = await readable(deps, asker, records);
  if (seen.length === records.length) return { cases, total, isUnsure };
  // What they may read may lie behind the newest of all.
  if (total > records.length) {
    const { store } = deps;
    const open = readableOnly(deps, asker, () => store.casePlaces('open'));
    const theirs = await open({ offset: 0, limit: PAGE * PAGES });
    return { ...theirs, cases: await withOwners(store, theirs.cases) };
  }
  const shown = new Set(seen);
  return { cases: cases.filter(({ record }) => shown.has(record)), total: seen.length, isUnsure };
}

export async function readHome({ store, parked, state }: ReadHomeDeps): Promise<HomePicture> {
  // Between two pages a case may move from one to the other.
  const open = new Map<string, CaseRecord>();
  let total = 0;
  for (let page = 0; page < PAGES; page++) {
    const read = await store.listCases('open', { offset: page * PAGE, limit: PAGE });
    for (const record of read.cases) open.set(caseKeyText(record.key), record);
    total = read.total;
    if ((page + 1) * PAGE >= total) break;
  }
  const records = [...open.values()];
  const [cases, waiting, now] = await Promise.all([
    withOwners(store, records),
    parked().then((keys) => placesOf(store, keys)),
    state(),
  ]);
  return {
    cases,
    total: Math.max(total, records.length),
    parked: waiting,
    state: now,
  };
}

async function placesOf(
  store: Pick<Store, 'canonical' | 'getCases'>,
  given: readonly CaseKey[],
): Promise<readonly Placed[]> {
  const keys = await Promise.all(given.map((key) => store.canonical(key)));
  const places = new Map<string, Placed>(
    keys.map((key) => [caseKeyText(key), { key, channel: null, card: null }]),
  );
  for (const record of await store.getCases(keys)) places.set(caseKeyText(record.key), record);
  return [...places.values()];
}

async function withOwners(
  store: Pick<Store, 'ownersOf'>,
  records: readonly CaseRecord[],
): Promise<readonly HomeCase[]> {
  const owners = await store.ownersOf(records.map(({ key }) => key));
  return records.map((record, index) => ({ record, owner: owners[index] ?? null }));
}
