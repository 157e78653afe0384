import type { Database } from '../sqlite/database.js';
import { textOrNull } from './sqlite-rows.js';
import type { Store } from './store.js';

export function sqliteNotes(db: Database) {
  return {
    note: async (name) => textOrNull(db.get('SELECT value FROM notes WHERE name = ?', name)?.value),

    async saveNote(name, value) {
      await db.write(() =>
        value === null
          ? db.run('DELETE FROM notes WHERE name = ?', name)
          : db.run('INSERT OR REPLACE INTO notes VALUES (?, ?)', name, value),
      );
    },
  } satisfies Partial<Store>;
}
