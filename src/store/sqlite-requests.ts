import type { Database } from '../sqlite/database.js';
import { BEGUN_MS, DONE_MS } from './request.js';
import type { Store } from './store.js';

export function sqliteRequests(db: Database, now: () => number) {
  return {
    beginRequest: (id) =>
      db.write(() => {
        const at = now();
        db.run('DELETE FROM requests WHERE until < ?', at);
        const row = db.get('SELECT done FROM requests WHERE id = ?', id);
        if (row !== undefined) return row.done === 1 ? 'done' : 'busy';
        db.run('INSERT INTO requests VALUES (?, 0, ?)', id, at + BEGUN_MS);
        return 'yours';
      }),

    async endRequest(id, end, forMs = DONE_MS) {
      await db.write(() =>
        end === 'undone'
          ? db.run('DELETE FROM requests WHERE id = ?', id)
          : db.run('INSERT OR REPLACE INTO requests VALUES (?, 1, ?)', id, now() + forMs),
      );
    },
  } satisfies Partial<Store>;
}
