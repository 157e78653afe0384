import { type CaseKey, caseKeyText } from '../case/case-key.js';
import type { Row } from '../sqlite/database.js';
import type { AuditEntry, AuditLine, AuditQuery } from './audit-entry.js';
import { auditJson, auditLine } from './audit-json.js';
import { numberOrNull, textOrNull } from './sqlite-rows.js';

interface Writer {
  run(sql: string, ...values: (string | number | null)[]): number;
}

/** What reading takes: the bot's own database, or one that is opened for reading alone. */
export interface AuditReader {
  all(sql: string, ...values: (string | number | null)[]): Row[];
}

/** Only inside a write. */
export function insertAudit(
  db: Writer,
  entry: AuditEntry | null,
  at: number,
  key = entry?.key ?? null,
): void {
  if (entry === null) return;
  db.run(
    'INSERT INTO audit (at, case_key, entry) VALUES (?, ?, ?)',
    at,
    key === null ? null : caseKeyText(key),
    auditJson(entry),
  );
}

export function readSqliteAudit(
  db: AuditReader,
  { order, limit, since, until, key, after }: AuditQuery,
): AuditLine[] {
  const isUp = order === 'oldest-first';
  const wanted: [sql: string, values: (string | number)[]][] = [
    ...(since === undefined ? [] : [['at >= ?', [since]] as [string, number[]]]),
    ...(until === undefined ? [] : [['at < ?', [until]] as [string, number[]]]),
    ...(after === undefined ? [] : [[isUp ? 'id > ?' : 'id < ?', [Number(after)]] as [string, number[]]]),
    ...(key === undefined ? [] : [ofCase(key)]),
  ];
  const where = wanted.length === 0 ? '' : `WHERE ${wanted.map(([sql]) => sql).join(' AND ')}`;
  return db
    .all(
      `SELECT id, at, case_key, entry FROM audit ${where} ORDER BY id ${isUp ? 'ASC' : 'DESC'} LIMIT ?`,
      ...wanted.flatMap(([, values]) => values),
      limit,
    )
    .map((row) =>
      auditLine(String(row.id), numberOrNull(row.at) ?? 0, textOrNull(row.case_key), String(row.entry)),
    );
}

/** What was written before the case had its own key stays under the key that it had then. */
function ofCase(key: CaseKey): [string, string[]] {
  const text = caseKeyText(key);
  return ['(case_key = ? OR case_key IN (SELECT case_key FROM aliases WHERE means = ?))', [text, text]];
}

/** Nobody waits for long while the oldest go. */
export const FORGOTTEN_LINES = 1_000;

/** Only inside a write. The oldest lines, up to the first that is kept. Returns how many went. */
export function forgetAudit(db: Writer & AuditReader, before: number): number {
  const [first] = db.all('SELECT id FROM audit WHERE at >= ? ORDER BY id LIMIT 1', before);
  const end = first === undefined ? Number.MAX_SAFE_INTEGER : Number(first.id);
  const old = db.all('SELECT id FROM audit WHERE id < ? ORDER BY id LIMIT ?', end, FORGOTTEN_LINES);
  const last = old.at(-1);
  return last === undefined ? 0 : db.run('DELETE FROM audit WHERE id <= ?', Number(last.id));
}
