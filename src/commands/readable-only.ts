import { caseKeyText } from '../case/case-key.js';
import type { CasePage, CaseRecord } from '../store/store.js';
import { type PermitAsker, type PermitDeps, readable } from './permit.js';

type Page = { readonly offset: number; readonly limit: number };

/** Cases that are read from the store at once. */
const CHUNK = 200;

/**
 * Pages of what a person may read, with how much that is in all. The store knows nothing of people, so all of it is read:
 * its own pages would have holes, and its total would tell of cases that they may not read.
 */
export function readableOnly(
  deps: PermitDeps,
  asker: PermitAsker,
  read: (page: Page) => Promise<CasePage>,
): (page: Page) => Promise<CasePage> {
  return async ({ offset, limit }) => {
    // Of cases that move while pages are read, some are read twice.
    const all = new Map<string, CaseRecord>();
    for (let from = 0; ; from += CHUNK) {
      const { cases, total } = await read({ offset: from, limit: CHUNK });
      for (const record of await readable(deps, asker, cases)) all.set(caseKeyText(record.key), record);
      if (cases.length === 0 || from + CHUNK >= total) break;
    }
    return { cases: [...all.values()].slice(offset, offset + limit), total: all.size };
  };
}
