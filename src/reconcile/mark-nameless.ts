import { caseKeyText } from '../case/case-key.js';
import type { Store } from '../store/store.js';

export interface MarkNamelessDeps {
  readonly store: Pick<Store, 'listCases'>;
  readonly markCase: (key: string) => Promise<void>;
}

const PAGE = 100;

/**
 * Marks the open cases of these accounts whose cards show AWS's codes of services, because their names could not be had. The
 * names are there now.
 */
export async function markNameless(
  { store, markCase }: MarkNamelessDeps,
  accounts: readonly string[],
): Promise<void> {
  for (let offset = 0, total = 1; offset < total; offset += PAGE) {
    const page = await store.listCases('open', { offset, limit: PAGE });
    total = page.total;
    for (const { key, card } of page.cases) {
      if (!accounts.includes(key.account) || card === null || card.details === null) continue;
      if (card.names === undefined) await markCase(caseKeyText(key));
    }
  }
}
