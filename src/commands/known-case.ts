import { parseCaseKey } from '../case/case-key.js';
import type { CommandDeps } from './command-deps.js';
import type { FoundCase } from './find-case.js';

/**
 * The case of a button or a form of ours, by its key as text: under the id by which it goes now, and followed from now
 * on where the store has lost or forgotten it. Only the store is asked.
 */
export async function knownCase(
  { store, markCase }: Pick<CommandDeps, 'store' | 'markCase'>,
  keyText: string,
): Promise<Extract<FoundCase, { found: true }>> {
  const key = await store.canonical(parseCaseKey(keyText));
  const record = await store.getCase(key);
  if (record === null) await markCase(key);
  return { found: true, key, displayId: record?.displayId ?? '', record };
}
