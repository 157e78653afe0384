import { type CaseKey, caseKeyText } from '../case/case-key.js';
import type { Store } from './store.js';

type Asked = Pick<Store, 'auditedCases' | 'casesByDisplayId' | 'casesByCaseId' | 'canonical'>;

/**
 * Cases that go by a number or a case id, in the audit trail or else in the store. The trail remembers what the store forgets.
 *
 * @param account of this one alone; null: of whatever account.
 */
export async function casesNamed(
  store: Asked,
  name: string,
  account: string | null,
): Promise<readonly CaseKey[]> {
  const [audited, ...kept] = await Promise.all([
    store.auditedCases(name),
    store.casesByDisplayId(name),
    store.casesByCaseId(name),
  ]);
  const written = [...audited, ...kept.flat().map(({ key }) => key)];
  const keys = await Promise.all(written.map((key) => store.canonical(key)));
  const meant = keys.filter((key) => account === null || key.account === account);
  return [...new Map(meant.map((key) => [caseKeyText(key), key])).values()];
}
