import {
  type ApiCall,
  CALLS_OF_CASE,
  caseOfCall,
  isNewsOfCase,
  namesSomebody,
  SUPPORT_SOURCE,
} from '../case/calls/api-call.js';
import type { Database } from '../sqlite/database.js';
import type { SqliteAliases } from './sqlite-aliases.js';
import type { Store } from './store.js';

/** @param mark within the write that calls it. */
export function sqliteCalls(db: Database, aliases: SqliteAliases, mark: (key: string) => void) {
  return {
    takeCalls: (calls) => db.write(() => calls.map((call) => takeCall(db, aliases, mark, call))),

    callsSince: async (place, limit) =>
      db
        .all('SELECT place, call FROM calls WHERE place > ? ORDER BY place LIMIT ?', place, limit)
        .map((row) => ({ place: Number(row.place), call: callIn(row) })),

    callsSeen: async (account, times, beforeMs) =>
      times.map((at) => wasCalled(db, account, at - beforeMs, at)),

    /** A case that was never followed has no calls of its own to keep. */
    async forgetCalls(receivedBefore) {
      await db.write(() =>
        db.run(
          `DELETE FROM calls WHERE received_at < ?
             AND (case_key IS NULL OR case_key NOT IN (SELECT case_key FROM cases))`,
          receivedBefore,
        ),
      );
    },
  } satisfies Partial<Store>;
}

/** Only inside a write. */
function takeCall(
  db: Database,
  aliases: SqliteAliases,
  mark: (key: string) => void,
  call: ApiCall,
): 'new' | 'duplicate' {
  const key = caseOfCall(call);
  const text = key === null ? null : aliases.canonical(key);
  const added = db.run(
    `INSERT INTO calls (id, account, is_support, case_key, at, received_at, call) VALUES (?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT DO NOTHING`,
    call.id,
    call.account,
    call.source === SUPPORT_SOURCE ? 1 : 0,
    text,
    call.at,
    call.receivedAt,
    JSON.stringify(call),
  );
  if (added === 0) return 'duplicate';
  if (text !== null && namesSomebody(call) && (isNewsOfCase(call) || isFollowed(db, text))) mark(text);
  return 'new';
}

function isFollowed(db: Database, key: string): boolean {
  return (
    db.get('SELECT 1 FROM cases WHERE case_key = ?', key) !== undefined ||
    db.get('SELECT 1 FROM facts WHERE case_key = ?', key) !== undefined
  );
}

export function callsOfCase(db: Database, key: string): ApiCall[] {
  const newest = 'SELECT place, call FROM calls WHERE case_key = ? ORDER BY place DESC LIMIT ?';
  return db.all(`SELECT call FROM (${newest}) ORDER BY place`, key, CALLS_OF_CASE).map(callIn);
}

function wasCalled(db: Database, account: string, from: number, to: number): boolean {
  const found = db.get(
    'SELECT 1 FROM calls WHERE account = ? AND is_support = 1 AND at BETWEEN ? AND ? LIMIT 1',
    account,
    from,
    to,
  );
  return found !== undefined;
}

function callIn(row: Readonly<Record<string, unknown>>): ApiCall {
  return JSON.parse(String(row.call)) as ApiCall;
}
