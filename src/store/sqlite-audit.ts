import { type CaseKey, caseKeyText, parseCaseKey } from '../case/case-key.js';
import type { Database, Row } from '../sqlite/database.js';
import type { AuditEntry, AuditLine, AuditQuery } from './audit-entry.js';
import { auditJson, auditLine } from './audit-json.js';
import { numberOrNull, textOrNull } from './sqlite-rows.js';
import type { Store } from './store.js';

export function sqliteAudit(db: Database, now: () => number) {
  return {
    appendAudit: (entries) =>
      db.write(() => {
        for (const entry of entries) insertAudit(db, entry, now());
      }),

    readAudit: async (query) => readSqliteAudit(db, query),

    /** As they were written. */
    auditedCases: async (name) =>
      db
        .all('SELECT case_key FROM audit_names WHERE name = ?', name)
        .map((row) => parseCaseKey(String(row.case_key))),

    forgetAudit: (before) => db.write(() => forgetAudit(db, before)),
  } satisfies Partial<Store>;
}

interface Writer {
  run(sql: string, ...values: (string | number | null)[]): number;
}

/** What reading takes: the bot's own database, or one that is opened for reading alone. */
export interface AuditReader {
  all(sql: string, ...values: (string | number | null)[]): Row[];
}

/** Only inside a write. Where the clock has been set back, times stand still: lines are found by time without reading all. */
export function insertAudit(
  db: Writer,
  entry: AuditEntry | null,
  at: number,
  key = entry?.key ?? null,
): void {
  if (entry === null) return;
  const text = key === null ? null : caseKeyText(key);
  db.run(
    `INSERT INTO audit (at, case_key, entry)
     VALUES (max(?, coalesce((SELECT at FROM audit ORDER BY id DESC LIMIT 1), 0)), ?, ?)`,
    at,
    text,
    auditJson(entry),
  );
  if (key === null) return;
  for (const name of [key.caseId, entry.displayId])
    if (name) db.run('INSERT OR IGNORE INTO audit_names VALUES (?, ?)', name, text);
}

export function readSqliteAudit(db: AuditReader, query: AuditQuery): AuditLine[] {
  const { order, limit, keys, user } = query;
  const ends = endsOf(db, query);
  if (ends === null) return [];
  const wanted: [sql: string, values: (string | number)[]][] = [
    ['id BETWEEN ? AND ?', ends],
    ...(keys === undefined ? [] : [ofCases(keys)]),
    // Those of a case are few, those of a person may be many: with both, the case leads.
    ...(user === undefined
      ? []
      : [
          [`${keys === undefined ? '' : '+'}json_extract(entry, '$.user') = ?`, [user]] as [string, string[]],
        ]),
  ];
  return db
    .all(
      `SELECT id, at, case_key, entry FROM audit WHERE ${wanted.map(([sql]) => sql).join(' AND ')}
       ORDER BY id ${order === 'oldest-first' ? 'ASC' : 'DESC'} LIMIT ?`,
      ...wanted.flatMap(([, values]) => values),
      limit,
    )
    .map((row) =>
      auditLine(String(row.id), numberOrNull(row.at) ?? 0, textOrNull(row.case_key), String(row.entry)),
    );
}

/** The first and the last place that are asked for; null where there is none. */
function endsOf(db: AuditReader, { order, since, until, after }: AuditQuery): [number, number] | null {
  const [first] = since === undefined ? [{ id: 1 }] : firstFrom(db, since);
  const [last] =
    until === undefined
      ? [{ id: Number.MAX_SAFE_INTEGER }]
      : db.all('SELECT id FROM audit WHERE at < ? ORDER BY at DESC, id DESC LIMIT 1', until);
  if (first === undefined || last === undefined) return null;
  const [from, to] = [Number(first.id), Number(last.id)];
  if (after === undefined) return [from, to];
  return order === 'oldest-first'
    ? [Math.max(from, Number(after) + 1), to]
    : [from, Math.min(to, Number(after) - 1)];
}

function firstFrom(db: AuditReader, since: number): Row[] {
  return db.all('SELECT id FROM audit WHERE at >= ? ORDER BY at, id LIMIT 1', since);
}

/** What was written before a case had its own key stays under the key that it had then. */
function ofCases(keys: readonly CaseKey[]): [string, string[]] {
  const texts = JSON.stringify(keys.map(caseKeyText));
  const given = 'SELECT value FROM json_each(?)';
  return [
    `case_key IN (${given} UNION SELECT case_key FROM aliases WHERE means IN (${given}))`,
    [texts, texts],
  ];
}

/** Nobody waits for long while the oldest go. */
export const FORGOTTEN_LINES = 1_000;

/** Only inside a write. The oldest lines, up to the first that is kept. Returns how many went. */
export function forgetAudit(db: Writer & AuditReader, before: number): number {
  const [first] = firstFrom(db, before);
  const end = first === undefined ? Number.MAX_SAFE_INTEGER : Number(first.id);
  const old = db.all('SELECT id, case_key FROM audit WHERE id < ? ORDER BY id LIMIT ?', end, FORGOTTEN_LINES);
  const last = old.at(-1);
  if (last === undefined) return 0;
  const removed = db.run('DELETE FROM audit WHERE id <= ?', Number(last.id));
  for (const key of new Set(old.map((row) => textOrNull(row.case_key))))
    if (key !== null)
      db.run(
        'DELETE FROM audit_names WHERE case_key = ?1 AND NOT EXISTS (SELECT 1 FROM audit WHERE case_key = ?1)',
        key,
      );
  return removed;
}
