import type { Database } from '../sqlite/database.js';

/** Removes resolved cases on which nothing has happened since, with all that belongs to them. Returns how many. */
export function forgetCases(db: Database, inactiveSince: number): number {
  const old = db.all('SELECT case_key FROM cases WHERE resolved = 1 AND activity_at < ?', inactiveSince);
  for (const { case_key } of old) {
    for (const table of ['facts', 'ledger', 'outbox', 'people', 'words', 'calls', 'cases'])
      db.run(`DELETE FROM ${table} WHERE case_key = ?`, String(case_key));
    db.run('DELETE FROM aliases WHERE means = ?', String(case_key));
  }
  return old.length;
}
