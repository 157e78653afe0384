import { type CaseKey, caseKeyText, parseCaseKey } from '../case/case-key.js';
import type { Database } from '../sqlite/database.js';
import { movePeople } from './sqlite-people.js';
import { moveWords } from './sqlite-words.js';

/** Which case keys mean another. Every event asks, and there is hardly ever an alias: read once. */
export class SqliteAliases {
  readonly #db: Database;
  #means: Map<string, string> | null = null;

  constructor(db: Database) {
    this.#db = db;
  }

  /** The key under which a case is kept, as a text. */
  canonical(key: CaseKey): string {
    this.#means ??= new Map(
      this.#db
        .all('SELECT case_key, means FROM aliases')
        .map((row) => [String(row.case_key), String(row.means)]),
    );
    const text = caseKeyText(key);
    return this.#means.get(text) ?? text;
  }

  /** Only inside a write: what was kept under the alias moves to the key where the key has nothing yet. */
  save(from: string, to: string): void {
    if (from === to) return;
    const db = this.#db;
    this.forgetAfterCommit();
    db.run('INSERT OR REPLACE INTO aliases VALUES (?, ?)', from, to);
    db.run('UPDATE aliases SET means = ? WHERE means = ?', to, from);
    db.run('UPDATE OR IGNORE facts SET case_key = ? WHERE case_key = ?', to, from);
    db.run('DELETE FROM facts WHERE case_key = ?', from);
    db.run('UPDATE outbox SET case_key = ? WHERE case_key = ?', to, from);
    db.run('UPDATE calls SET case_key = ? WHERE case_key = ?', to, from);
    moveWords(db, from, to);
    movePeople(db, from, to);
    if (db.get('SELECT 1 FROM cases WHERE case_key = ?', to) === undefined) {
      const { caseId } = parseCaseKey(to);
      db.run('UPDATE cases SET case_key = ?, case_id = ? WHERE case_key = ?', to, caseId, from);
      db.run('UPDATE OR IGNORE ledger SET case_key = ? WHERE case_key = ?', to, from);
    }
    // Both had a thread already: the one of the real key goes on.
    db.run('DELETE FROM cases WHERE case_key = ?', from);
    db.run('DELETE FROM ledger WHERE case_key = ?', from);
  }

  /** Only inside a write that changes them. */
  forgetAfterCommit(): void {
    this.#db.afterCommit(() => {
      this.#means = null;
    });
  }
}
