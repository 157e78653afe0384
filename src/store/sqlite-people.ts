import { type CaseKey, caseKeyText, parseCaseKey } from '../case/case-key.js';
import type { CasePeople, Person } from '../case/people.js';
import type { Database } from '../sqlite/database.js';
import type { AuditEntry } from './audit-entry.js';
import type { SqliteAliases } from './sqlite-aliases.js';
import { insertAudit } from './sqlite-audit.js';
import type { Store } from './store.js';

export function sqlitePeople(db: Database, aliases: SqliteAliases, now: () => number) {
  /** Only inside a write. */
  const tell = (line: AuditEntry | undefined, key: string): void => {
    if (line !== undefined) insertAudit(db, { ...line, key: parseCaseKey(key) }, now());
  };
  return {
    setOwner: (key, owner, line) =>
      db.write(() => {
        const of = aliases.canonical(key);
        const before = setOwner(db, of, owner);
        if (before?.user !== owner?.user) tell(line, of);
        return before;
      }),

    giveBack: (key, user, line) =>
      db.write(() => {
        const of = aliases.canonical(key);
        const isGiven = giveBack(db, of, user);
        if (isGiven) tell(line, of);
        return isGiven;
      }),

    follow: (key, user, how, line) =>
      db.write(() => {
        const of = aliases.canonical(key);
        if (follow(db, of, user, how)) tell(line, of);
      }),

    ownersOf: async (keys) => ownersOf(db, keys),
  } satisfies Partial<Store>;
}

/** Who is on a case, by its key as a text. */
export function peopleOf(db: Database, key: string): CasePeople {
  const rows = db.all('SELECT user, role FROM people WHERE case_key = ? ORDER BY user', key);
  const inRole = (role: string) => rows.filter((row) => row.role === role).map((row) => String(row.user));
  return { owner: ownerOf(db, key), followers: inRole('follows'), muted: inRole('muted') };
}

function ownersOf(db: Database, keys: readonly CaseKey[]): (Person | null)[] {
  const rows = db.all(
    `SELECT case_key, user, name FROM people
     WHERE role = 'owner' AND case_key IN (SELECT value FROM json_each(?))`,
    JSON.stringify(keys.map(caseKeyText)),
  );
  const owners = new Map(rows.map((row) => [String(row.case_key), personOf(row)]));
  return keys.map((key) => owners.get(caseKeyText(key)) ?? null);
}

/** Only inside a write. Returns who had the case before. */
function setOwner(db: Database, key: string, owner: Person | null): Person | null {
  const before = ownerOf(db, key);
  db.run("DELETE FROM people WHERE case_key = ? AND role = 'owner'", key);
  if (owner !== null) db.run("INSERT INTO people VALUES (?, ?, 'owner', ?)", key, owner.user, owner.name);
  return before;
}

/** Only inside a write. */
function giveBack(db: Database, key: string, user: string): boolean {
  return db.run("DELETE FROM people WHERE case_key = ? AND role = 'owner' AND user = ?", key, user) > 0;
}

/** Only inside a write. Whether it is something else than before. */
function follow(db: Database, key: string, user: string, how: 'follows' | 'muted' | null): boolean {
  const before = db.get(
    "SELECT role FROM people WHERE case_key = ? AND user = ? AND role <> 'owner'",
    key,
    user,
  );
  db.run("DELETE FROM people WHERE case_key = ? AND user = ? AND role <> 'owner'", key, user);
  if (how !== null) db.run("INSERT INTO people VALUES (?, ?, ?, '')", key, user, how);
  return (before?.role ?? null) !== how;
}

/** Only inside a write: what the case `to` knows of a person, or of its owner, counts; the rest comes from `from`. */
export function movePeople(db: Database, from: string, to: string): void {
  db.run(
    `DELETE FROM people WHERE case_key = ?1 AND role = 'owner'
       AND EXISTS (SELECT 1 FROM people WHERE case_key = ?2 AND role = 'owner')`,
    from,
    to,
  );
  db.run(
    `DELETE FROM people WHERE case_key = ?1 AND role <> 'owner'
       AND user IN (SELECT user FROM people WHERE case_key = ?2 AND role <> 'owner')`,
    from,
    to,
  );
  db.run('UPDATE people SET case_key = ?2 WHERE case_key = ?1', from, to);
}

function ownerOf(db: Database, key: string): Person | null {
  const row = db.get("SELECT user, name FROM people WHERE case_key = ? AND role = 'owner'", key);
  return row === undefined ? null : personOf(row);
}

function personOf({ user, name }: { readonly [column: string]: unknown }): Person {
  return { user: String(user), name: String(name) };
}
