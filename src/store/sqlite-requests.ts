import type { Database } from '../sqlite/database.js';
import { BEGUN_MS, DONE_MS } from './request.js';

export function beginRequest(db: Database, id: string, now: number): 'yours' | 'busy' | 'done' {
  db.run('DELETE FROM requests WHERE until < ?', now);
  const row = db.get('SELECT done FROM requests WHERE id = ?', id);
  if (row !== undefined) return row.done === 1 ? 'done' : 'busy';
  db.run('INSERT INTO requests VALUES (?, 0, ?)', id, now + BEGUN_MS);
  return 'yours';
}

export function endRequest(
  db: Database,
  id: string,
  end: 'done' | 'undone',
  { now, forMs = DONE_MS }: { readonly now: number; readonly forMs?: number | undefined },
): void {
  if (end === 'undone') db.run('DELETE FROM requests WHERE id = ?', id);
  else db.run('INSERT OR REPLACE INTO requests VALUES (?, 1, ?)', id, now + forMs);
}
