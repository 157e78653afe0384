import type { CaseKey } from '../case/case-key.js';
import { type EventName, type Fact, factId } from '../case/fact.js';
import type { Database } from '../sqlite/database.js';
import type { SqliteAliases } from './sqlite-aliases.js';
import type { Store } from './store.js';

/** @param mark within the write that calls it. */
export function sqliteFacts(db: Database, aliases: SqliteAliases, mark: (key: string) => void) {
  return {
    takeFacts: (facts) =>
      db.write(() =>
        facts.map((fact) => {
          const key = aliases.canonical(fact.key);
          const added = db.run(
            'INSERT INTO facts VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING',
            key,
            factId(fact),
            fact.event,
            fact.communicationId,
            fact.origin,
            fact.displayId,
            fact.at,
            fact.receivedAt,
          );
          if (added === 0) return 'duplicate';
          mark(key);
          return 'new';
        }),
      ),
  } satisfies Partial<Store>;
}

export function factsOfCase(db: Database, key: CaseKey, text: string): Fact[] {
  return db.all('SELECT * FROM facts WHERE case_key = ?', text).map((row) => ({
    key,
    displayId: String(row.display_id),
    event: String(row.event) as EventName,
    communicationId: String(row.communication_id),
    origin: String(row.origin),
    at: Number(row.at),
    receivedAt: Number(row.received_at),
  }));
}
