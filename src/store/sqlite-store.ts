import { caseKeyText, parseCaseKey } from '../case/case-key.js';
import type { Database } from '../sqlite/database.js';
import { SqliteAliases } from './sqlite-aliases.js';
import { sqliteAudit } from './sqlite-audit.js';
import { callsOfCase, sqliteCalls } from './sqlite-calls.js';
import { sqliteCases } from './sqlite-cases.js';
import { factsOfCase, sqliteFacts } from './sqlite-facts.js';
import { forgetCases } from './sqlite-forget.js';
import { ledgerOfCase, sqliteLedger } from './sqlite-ledger.js';
import { sqliteNotes } from './sqlite-notes.js';
import { messagesOfCase, sqliteOutbox } from './sqlite-outbox.js';
import { peopleOf, sqlitePeople } from './sqlite-people.js';
import { sqliteRequests } from './sqlite-requests.js';
import { sqliteWords } from './sqlite-words.js';
import type { Store } from './store.js';

export interface SqliteStoreOptions {
  readonly db: Database;
  /** Marks a case in the inbox that lives in the same database, within the write that calls it. */
  readonly mark: (key: string, after?: number) => void;
  /** After how many milliseconds a case is due of which a call tells: those that come close together are one look. 0 unless given. */
  readonly callsAfterMs?: number;
  readonly now: () => number;
}

/** The store of a single process, in the embedded database. Its parts hold the methods of one thing that is kept each. */
export function sqliteStore({ db, mark, callsAfterMs = 0, now }: SqliteStoreOptions): Store {
  const aliases = new SqliteAliases(db);
  const cases = sqliteCases(db);
  const store: Store = {
    ...sqliteFacts(db, aliases, mark),
    ...sqliteCalls(db, aliases, (key) => mark(key, callsAfterMs)),
    ...cases,
    ...sqliteWords(db),
    ...sqliteLedger(db),
    ...sqlitePeople(db, aliases, now),
    ...sqliteOutbox(db, aliases, now),
    ...sqliteRequests(db, now),
    ...sqliteNotes(db),
    ...sqliteAudit(db, now),

    /** One process per file: nobody can take anything over. */
    under: () => store,

    canonical: async (key) => parseCaseKey(aliases.canonical(key)),
    saveAlias: (alias, key) => db.write(() => aliases.save(caseKeyText(alias), aliases.canonical(key))),

    async caseFile(key) {
      const text = caseKeyText(key);
      return {
        record: await cases.getCase(key),
        facts: factsOfCase(db, key, text),
        ledger: ledgerOfCase(db, text),
        outbox: messagesOfCase(db, text),
        people: peopleOf(db, text),
        calls: callsOfCase(db, text),
      };
    },

    doubts: async () =>
      db
        .all('SELECT from_at, until_at FROM doubts ORDER BY until_at')
        .map((row) => ({ from: Number(row.from_at), until: Number(row.until_at) })),

    forget: (inactiveSince) =>
      db.write(() => {
        aliases.forgetAfterCommit();
        return forgetCases(db, inactiveSince);
      }),

    check: () => db.check(),
    close: async () => db.close(),
  };
  return store;
}
