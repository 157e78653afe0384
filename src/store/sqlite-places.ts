import { parseCaseKey } from '../case/case-key.js';
import type { Database } from '../sqlite/database.js';
import { textOrNull } from './sqlite-rows.js';
import type { CasePlace, CaseState } from './store.js';

const WANTED = { open: 'resolved = 0', resolved: 'resolved = 1', all: 'TRUE' } as const;

/** Which cases these are, in SQL, and the values for it. */
export function casesIn(
  state: CaseState,
  account: string | undefined,
): { readonly where: string; readonly ofAccount: readonly string[] } {
  if (account === undefined) return { where: `WHERE ${WANTED[state]}`, ofAccount: [] };
  // The character behind the slash: the keys of one account lie in between.
  const ofAccount = [`${account}/`, `${account}0`];
  return { where: `WHERE ${WANTED[state]} AND case_key >= ? AND case_key < ?`, ofAccount };
}

/** Newest activity first. */
export function casePlaces(db: Database, state: CaseState, account?: string): CasePlace[] {
  const { where, ofAccount } = casesIn(state, account);
  return db
    .all(
      `SELECT case_key, channel, card ->> '$.details.severity' AS severity FROM cases ${where} ORDER BY activity_at DESC, case_key`,
      ...ofAccount,
    )
    .map((row) => ({
      key: parseCaseKey(String(row.case_key)),
      channel: textOrNull(row.channel),
      severity: textOrNull(row.severity),
    }));
}
