import type { Case } from '../case/case.js';
import { caseKeyText } from '../case/case-key.js';
import type { Store } from '../store/store.js';
import type { Accounts, SupportApi } from '../support/support-api.js';

export interface MarkingDeps {
  readonly store: Pick<Store, 'canonical' | 'getCase'>;
  /** Marks a case, by its key as text, as one to look at. */
  readonly mark: (key: string) => Promise<void>;
  /**
   * What is compared. Not the status where a reply leaves right after the look and changes it: seen a moment before, it
   * would count for later than AWS's event of the same second, and the case be looked at again for a minute.
   */
  readonly by: readonly ('severity' | 'status')[];
}

/**
 * The same accounts; a case that was read there and has another severity, or status, than what is kept is marked.
 * AWS sends no event when a severity changes: until the next sweep, card, lists and rights would go by the old one, although
 * the bot has seen the new one.
 */
export function markingChanges(accounts: Accounts, deps: MarkingDeps): Accounts {
  return {
    for: (account, urgency) => watched(accounts.for(account, urgency), deps),
    whyNotAsked: (account) => accounts.whyNotAsked(account),
    all: (urgency) => accounts.all(urgency).map((api) => watched(api, deps)),
  };
}

function watched(api: SupportApi, deps: MarkingDeps): SupportApi {
  const seen = (cases: readonly Case[]) => Promise.all(cases.map((each) => markWhereChanged(deps, each)));
  return {
    ...api,
    async getCase(caseId) {
      const reading = await api.getCase(caseId);
      await seen(reading === null ? [] : [reading.case]);
      return reading;
    },
    async findByDisplayId(displayId) {
      const cases = await api.findByDisplayId(displayId);
      await seen(cases);
      return cases;
    },
    async casesById(caseIds) {
      const readings = await api.casesById(caseIds);
      await seen(readings.map((reading) => reading.case));
      return readings;
    },
  };
}

async function markWhereChanged({ store, mark, by }: MarkingDeps, now: Case): Promise<void> {
  try {
    const record = await store.getCase(await store.canonical(now.key));
    // What is not kept yet has nothing that could be out of date.
    if (record === null) return;
    const kept = record.card?.details;
    if (by.some((each) => kept?.[each] !== now[each])) await mark(caseKeyText(record.key));
  } catch {
    // What AWS said is an answer all the same, and the sweep compares the case, too.
  }
}
