import { sameCase } from '../case/case-key.js';
import type { Reading } from '../case/reading.js';
import type { Turn } from './turn.js';

/**
 * A case that is new to us may be one that we followed under another case id. Then it has the same display id, and AWS
 * answers for the old id with the new one. The thread of the old goes on as that of the new.
 */
export async function adoptTwin(
  { store, accounts }: Pick<Turn, 'store' | 'accounts'>,
  reading: Reading,
): Promise<boolean> {
  const { key, displayId } = reading.case;
  const twins = (await store.casesByDisplayId(displayId)).filter(
    (twin) => twin.key.account === key.account && twin.key.caseId !== key.caseId,
  );
  for (const twin of twins) {
    const now = await accounts.for(key.account, 'event').getCase(twin.key.caseId);
    if (now === null || !sameCase(now.case.key, key)) continue;
    await store.saveAlias(twin.key, key);
    return true;
  }
  return false;
}
