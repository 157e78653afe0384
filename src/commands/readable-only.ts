import type { CasePage, CasePlace, Store } from '../store/store.js';
import type { PermitAsker, PermitDeps } from './permit.js';
import { type Readable, readablePlaces } from './readable.js';

type Page = { readonly offset: number; readonly limit: number };

export type ReadablePage = CasePage & Pick<Readable<unknown>, 'isUnsure'>;

/**
 * Pages of what a person may read, with how much that is in all. The store knows nothing of people: its own pages would
 * have holes, and its total would tell of cases that they may not read.
 *
 * @param read asked once, with the first page.
 */
export function readableOnly(
  deps: PermitDeps & { readonly store: Pick<Store, 'getCases'> },
  asker: PermitAsker,
  read: () => Promise<readonly CasePlace[]>,
): (page: Page) => Promise<ReadablePage> {
  let all: Promise<Readable<CasePlace>> | null = null;
  return async ({ offset, limit }) => {
    all ??= read().then((places) => readablePlaces(deps, asker, places));
    const { cases, isUnsure } = await all;
    const keys = cases.slice(offset, offset + limit).map(({ key }) => key);
    return { cases: await deps.store.getCases(keys), total: cases.length, isUnsure };
  };
}
