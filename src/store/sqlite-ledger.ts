import { caseKeyText } from '../case/case-key.js';
import { CARD, type LedgerEntry } from '../case/ledger-entry.js';
import type { Database } from '../sqlite/database.js';
import { textOrNull } from './sqlite-rows.js';
import type { Store } from './store.js';

export function sqliteLedger(db: Database) {
  const write = async (sql: string, ...values: (string | number | null)[]): Promise<void> => {
    await db.write(() => db.run(sql, ...values));
  };
  return {
    intend: (key, { entry, part, parts, at, intendedAt }) =>
      write(
        'INSERT INTO ledger VALUES (?, ?, ?, ?, ?, ?, NULL, NULL) ON CONFLICT DO NOTHING',
        caseKeyText(key),
        entry,
        part,
        parts,
        at,
        intendedAt,
      ),

    retract: (key, entry, part) =>
      write(
        'DELETE FROM ledger WHERE case_key = ? AND entry = ? AND part = ? AND ts IS NULL',
        caseKeyText(key),
        entry,
        part,
      ),

    confirm: (key, entry, part, ts, shownBy) =>
      write(
        'UPDATE ledger SET ts = ?, shown_by = ? WHERE case_key = ? AND entry = ? AND part = ?',
        ts,
        shownBy ?? null,
        caseKeyText(key),
        entry,
        part,
      ),

    amend: (key, entry, at, shownBy) =>
      write(
        'UPDATE ledger SET at = ?, shown_by = ? WHERE case_key = ? AND entry = ?',
        at,
        shownBy ?? null,
        caseKeyText(key),
        entry,
      ),

    leaveThread: (key) =>
      db.write(() => {
        const text = caseKeyText(key);
        db.run('DELETE FROM ledger WHERE case_key = ? AND entry = ?', text, CARD);
        db.run(
          `UPDATE cases SET former_ts = thread_ts, thread_ts = NULL, shown = NULL
           WHERE case_key = ? AND thread_ts IS NOT NULL`,
          text,
        );
      }),
  } satisfies Partial<Store>;
}

export function ledgerOfCase(db: Database, key: string): LedgerEntry[] {
  return db.all('SELECT * FROM ledger WHERE case_key = ?', key).map((row) => ({
    entry: String(row.entry),
    part: Number(row.part),
    parts: Number(row.parts),
    at: Number(row.at),
    intendedAt: Number(row.intended_at),
    ts: textOrNull(row.ts),
    ...(typeof row.shown_by === 'string' ? { shownBy: row.shown_by } : {}),
  }));
}
