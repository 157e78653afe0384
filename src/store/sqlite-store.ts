import type { ApiCall } from '../case/calls/api-call.js';
import type { Card } from '../case/card.js';
import { type CaseKey, caseKeyText, parseCaseKey } from '../case/case-key.js';
import type { Doubt } from '../case/doubt.js';
import { type Fact, factId } from '../case/fact.js';
import { CARD, type LedgerEntry } from '../case/ledger-entry.js';
import type { Person } from '../case/people.js';
import type { Database } from '../sqlite/database.js';
import type { AuditEntry, AuditLine, AuditQuery } from './audit-entry.js';
import { lineOfChange, lineOfNew, type StepAbout } from './audit-step.js';
import type { OutboxMessage } from './outbox-message.js';
import { SqliteAliases } from './sqlite-aliases.js';
import { auditedInSqlite, forgetAudit, insertAudit, readSqliteAudit } from './sqlite-audit.js';
import { callsOfCase, callsSince, forgetCalls, takeCall, wasCalled } from './sqlite-calls.js';
import { forgetCases } from './sqlite-forget.js';
import { changeMessage, insertMessage, messageOf, UNFINISHED, waitingForClick } from './sqlite-outbox.js';
import { follow, giveBack, ownersOf, peopleOf, setOwner } from './sqlite-people.js';
import { casePlaces, casesIn } from './sqlite-places.js';
import { beginRequest, endRequest } from './sqlite-requests.js';
import { caseRecordOf, factOf, ledgerEntryOf, numberOrNull, textOrNull } from './sqlite-rows.js';
import { addWords, placesByWords } from './sqlite-words.js';
import type { CaseFile, CasePage, CasePlace, CaseRecord, CaseState, KeptCall, Store } from './store.js';

export interface SqliteStoreOptions {
  readonly db: Database;
  /** Marks a case in the inbox that lives in the same database, within the write that calls it. */
  readonly mark: (key: string, after?: number) => void;
  /** After how many milliseconds a case is due of which a call tells: those that come close together are one look. 0 unless given. */
  readonly callsAfterMs?: number;
  readonly now: () => number;
}

type Intent = Omit<LedgerEntry, 'ts' | 'shownBy'>;
type Page = { readonly offset: number; readonly limit: number };
type AccountPage = Page & { readonly account?: string };
type Swept = Pick<CaseRecord, 'key' | 'digest' | 'resolved' | 'walkedAt'>;

/** The store of a single process, in the embedded database. */
export class SqliteStore implements Store {
  readonly #db: Database;
  readonly #mark: (key: string, after?: number) => void;
  readonly #callsAfterMs: number;
  readonly #now: () => number;
  readonly #aliases: SqliteAliases;

  constructor({ db, mark, callsAfterMs = 0, now }: SqliteStoreOptions) {
    this.#db = db;
    this.#aliases = new SqliteAliases(db);
    this.#mark = mark;
    this.#callsAfterMs = callsAfterMs;
    this.#now = now;
  }

  /** One process per file: nobody can take anything over. */
  under(): this {
    return this;
  }

  takeFacts(facts: readonly Fact[]): Promise<readonly ('new' | 'duplicate')[]> {
    return this.#db.write(() =>
      facts.map((fact) => {
        const key = this.#aliases.canonical(fact.key);
        const added = this.#db.run(
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
        this.#mark(key);
        return 'new';
      }),
    );
  }

  takeCalls(calls: readonly ApiCall[]): Promise<readonly ('new' | 'duplicate')[]> {
    const mark = (key: string) => this.#mark(key, this.#callsAfterMs);
    const keep = { canonical: (key: CaseKey) => this.#aliases.canonical(key), mark };
    return this.#db.write(() => calls.map((call) => takeCall(this.#db, call, keep)));
  }

  async callsSince(place: number, limit: number): Promise<readonly KeptCall[]> {
    return callsSince(this.#db, place, limit);
  }

  async callsSeen(account: string, times: readonly number[], beforeMs: number): Promise<readonly boolean[]> {
    return times.map((at) => wasCalled(this.#db, account, at - beforeMs, at));
  }

  async forgetCalls(receivedBefore: number): Promise<void> {
    await this.#db.write(() => forgetCalls(this.#db, receivedBefore));
  }

  async canonical(key: CaseKey): Promise<CaseKey> {
    return parseCaseKey(this.#aliases.canonical(key));
  }

  saveAlias(alias: CaseKey, key: CaseKey): Promise<void> {
    return this.#db.write(() => this.#aliases.save(caseKeyText(alias), this.#aliases.canonical(key)));
  }

  async caseFile(key: CaseKey): Promise<CaseFile> {
    const text = caseKeyText(key);
    return {
      record: await this.getCase(key),
      facts: this.#db.all('SELECT * FROM facts WHERE case_key = ?', text).map((row) => factOf(key, row)),
      ledger: this.#db.all('SELECT * FROM ledger WHERE case_key = ?', text).map(ledgerEntryOf),
      outbox: this.#db.all('SELECT * FROM outbox WHERE case_key = ?', text).map(messageOf),
      people: peopleOf(this.#db, text),
      calls: callsOfCase(this.#db, text),
    };
  }

  async saveCase(record: Omit<CaseRecord, 'shown'>): Promise<void> {
    const { key, displayId, channel, threadTs, card, digest, resolved, activityAt, walkedAt } = record;
    const { recoveredAt, formerTs } = record;
    await this.#db.write(() =>
      this.#db.run(
        `INSERT INTO cases (case_key, case_id, display_id, channel, thread_ts, card, digest, resolved, activity_at,
           walked_at, recovered_at, former_ts)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
         ON CONFLICT (case_key) DO UPDATE SET display_id = excluded.display_id, channel = excluded.channel,
           thread_ts = excluded.thread_ts, card = excluded.card, digest = excluded.digest,
           resolved = excluded.resolved, activity_at = excluded.activity_at, walked_at = excluded.walked_at,
           recovered_at = excluded.recovered_at, former_ts = excluded.former_ts`,
        caseKeyText(key),
        key.caseId,
        displayId,
        channel,
        threadTs,
        card === null ? null : JSON.stringify(card),
        digest,
        resolved ? 1 : 0,
        activityAt,
        walkedAt,
        recoveredAt,
        formerTs,
      ),
    );
  }

  async saveShown(key: CaseKey, card: Card): Promise<void> {
    await this.#db.write(() =>
      this.#db.run('UPDATE cases SET shown = ? WHERE case_key = ?', JSON.stringify(card), caseKeyText(key)),
    );
  }

  async getCase(key: CaseKey): Promise<CaseRecord | null> {
    return this.#cases('WHERE case_key = ?', caseKeyText(key))[0] ?? null;
  }

  async casesByDisplayId(displayId: string): Promise<readonly CaseRecord[]> {
    return this.#cases('WHERE display_id = ? ORDER BY case_key', displayId);
  }

  async casesByCaseId(caseId: string): Promise<readonly CaseRecord[]> {
    return this.#cases(
      `WHERE case_id = ?1 OR case_key IN
         (SELECT means FROM aliases WHERE substr(case_key, instr(case_key, '/') + 1) = ?1)
       ORDER BY case_key`,
      caseId,
    );
  }

  async caseByThread(channel: string, threadTs: string): Promise<CaseRecord | null> {
    return this.#cases('WHERE channel = ? AND thread_ts = ?', channel, threadTs)[0] ?? null;
  }

  async listCases(state: CaseState, { offset, limit, account }: AccountPage): Promise<CasePage> {
    const { where, ofAccount } = casesIn(state, account);
    const order = 'ORDER BY activity_at DESC, case_key LIMIT ? OFFSET ?';
    const cases = this.#cases(`${where} ${order}`, ...ofAccount, limit, offset);
    const count = this.#db.get(`SELECT count(*) AS total FROM cases ${where}`, ...ofAccount);
    return { cases, total: Number(count?.total ?? 0) };
  }

  async casePlaces(state: CaseState, account?: string): Promise<readonly CasePlace[]> {
    return casePlaces(this.#db, state, account);
  }

  async getCases(keys: readonly CaseKey[]): Promise<readonly CaseRecord[]> {
    return keys.flatMap((key) => this.#cases('WHERE case_key = ?', caseKeyText(key)));
  }

  async addWords(key: CaseKey, words: readonly string[]): Promise<void> {
    await this.#db.write(() => addWords(this.#db, caseKeyText(key), words));
  }

  async placesByWords(beginnings: readonly string[]): Promise<readonly CasePlace[]> {
    return placesByWords(this.#db, beginnings);
  }

  async casesToSweep(activeSince: number): Promise<readonly Swept[]> {
    return this.#db
      .all(
        'SELECT case_key, digest, resolved, walked_at FROM cases WHERE resolved = 0 OR activity_at >= ?',
        activeSince,
      )
      .map((row) => ({
        key: parseCaseKey(String(row.case_key)),
        digest: textOrNull(row.digest),
        resolved: row.resolved === 1,
        walkedAt: numberOrNull(row.walked_at),
      }));
  }

  async intend(key: CaseKey, { entry, part, parts, at, intendedAt }: Intent): Promise<void> {
    await this.#db.write(() =>
      this.#db.run(
        'INSERT INTO ledger VALUES (?, ?, ?, ?, ?, ?, NULL, NULL) ON CONFLICT DO NOTHING',
        caseKeyText(key),
        entry,
        part,
        parts,
        at,
        intendedAt,
      ),
    );
  }

  async retract(key: CaseKey, entry: string, part: number): Promise<void> {
    await this.#db.write(() =>
      this.#db.run(
        'DELETE FROM ledger WHERE case_key = ? AND entry = ? AND part = ? AND ts IS NULL',
        caseKeyText(key),
        entry,
        part,
      ),
    );
  }

  async confirm(key: CaseKey, entry: string, part: number, ts: string, shownBy?: string): Promise<void> {
    await this.#db.write(() =>
      this.#db.run(
        'UPDATE ledger SET ts = ?, shown_by = ? WHERE case_key = ? AND entry = ? AND part = ?',
        ts,
        shownBy ?? null,
        caseKeyText(key),
        entry,
        part,
      ),
    );
  }

  async amend(key: CaseKey, entry: string, at: number, shownBy?: string): Promise<void> {
    await this.#db.write(() =>
      this.#db.run(
        'UPDATE ledger SET at = ?, shown_by = ? WHERE case_key = ? AND entry = ?',
        at,
        shownBy ?? null,
        caseKeyText(key),
        entry,
      ),
    );
  }

  async leaveThread(key: CaseKey): Promise<void> {
    const text = caseKeyText(key);
    await this.#db.write(() => {
      this.#db.run('DELETE FROM ledger WHERE case_key = ? AND entry = ?', text, CARD);
      this.#db.run(
        `UPDATE cases SET former_ts = thread_ts, thread_ts = NULL, shown = NULL
         WHERE case_key = ? AND thread_ts IS NOT NULL`,
        text,
      );
    });
  }

  setOwner(key: CaseKey, owner: Person | null, line?: AuditEntry): Promise<Person | null> {
    return this.#db.write(() => {
      const of = this.#aliases.canonical(key);
      const before = setOwner(this.#db, of, owner);
      if (before?.user !== owner?.user) this.#tell(line, of);
      return before;
    });
  }

  giveBack(key: CaseKey, user: string, line?: AuditEntry): Promise<boolean> {
    return this.#db.write(() => {
      const of = this.#aliases.canonical(key);
      const isGiven = giveBack(this.#db, of, user);
      if (isGiven) this.#tell(line, of);
      return isGiven;
    });
  }

  follow(key: CaseKey, user: string, how: 'follows' | 'muted' | null, line?: AuditEntry): Promise<void> {
    return this.#db.write(() => {
      const of = this.#aliases.canonical(key);
      if (follow(this.#db, of, user, how)) this.#tell(line, of);
    });
  }

  async ownersOf(keys: readonly CaseKey[]): Promise<readonly (Person | null)[]> {
    return ownersOf(this.#db, keys);
  }

  addToOutbox(message: OutboxMessage): Promise<boolean> {
    return this.#db.write(() => {
      const kept = { ...message, key: parseCaseKey(this.#aliases.canonical(message.key)) };
      const isNew = insertMessage(this.#db, kept);
      if (isNew) insertAudit(this.#db, lineOfNew(kept), this.#now());
      return isNew;
    });
  }

  async getFromOutbox(reference: string): Promise<OutboxMessage | null> {
    const row = this.#db.get('SELECT * FROM outbox WHERE reference = ?', reference);
    return row === undefined ? null : messageOf(row);
  }

  async getRequested(request: string): Promise<OutboxMessage | null> {
    const row = this.#db.get('SELECT * FROM outbox WHERE request = ?', request);
    return row === undefined ? null : messageOf(row);
  }

  changeOutbox(
    reference: string,
    from: readonly OutboxMessage['state'][],
    change: Partial<OutboxMessage>,
    about?: StepAbout,
  ): Promise<boolean> {
    return this.#db.write(() => {
      const { key } = change;
      const moved = key === undefined ? {} : { key: parseCaseKey(this.#aliases.canonical(key)) };
      const to = { ...change, ...moved };
      const before = changeMessage(this.#db, reference, from, to);
      if (before !== null) insertAudit(this.#db, lineOfChange(before, to, about), this.#now());
      return before !== null;
    });
  }

  async unfinished(key: CaseKey): Promise<readonly OutboxMessage[]> {
    return this.#db
      .all(
        `SELECT * FROM outbox WHERE case_key = ? AND ${UNFINISHED} ORDER BY created_at, reference`,
        caseKeyText(key),
      )
      .map(messageOf);
  }

  async casesWithUnfinished(): Promise<readonly CaseKey[]> {
    return this.#db
      .all(`SELECT DISTINCT case_key FROM outbox WHERE ${UNFINISHED}`)
      .map((row) => parseCaseKey(String(row.case_key)));
  }

  async waitingForClick(before: number): Promise<readonly OutboxMessage[]> {
    return waitingForClick(this.#db, before);
  }

  beginRequest(id: string): Promise<'yours' | 'busy' | 'done'> {
    return this.#db.write(() => beginRequest(this.#db, id, this.#now()));
  }

  endRequest(id: string, end: 'done' | 'undone', forMs?: number): Promise<void> {
    return this.#db.write(() => endRequest(this.#db, id, end, { now: this.#now(), forMs }));
  }

  async note(name: string): Promise<string | null> {
    return textOrNull(this.#db.get('SELECT value FROM notes WHERE name = ?', name)?.value);
  }

  async saveNote(name: string, value: string | null): Promise<void> {
    await this.#db.write(() =>
      value === null
        ? this.#db.run('DELETE FROM notes WHERE name = ?', name)
        : this.#db.run('INSERT OR REPLACE INTO notes VALUES (?, ?)', name, value),
    );
  }

  async doubts(): Promise<readonly Doubt[]> {
    return this.#db
      .all('SELECT from_at, until_at FROM doubts ORDER BY until_at')
      .map((row) => ({ from: Number(row.from_at), until: Number(row.until_at) }));
  }

  forget(inactiveSince: number): Promise<number> {
    return this.#db.write(() => {
      this.#aliases.forgetAfterCommit();
      return forgetCases(this.#db, inactiveSince);
    });
  }

  appendAudit(entries: readonly AuditEntry[]): Promise<void> {
    return this.#db.write(() => {
      for (const entry of entries) insertAudit(this.#db, entry, this.#now());
    });
  }

  async readAudit(query: AuditQuery): Promise<readonly AuditLine[]> {
    return readSqliteAudit(this.#db, query);
  }

  async auditedCases(name: string): Promise<readonly CaseKey[]> {
    return auditedInSqlite(this.#db, name);
  }

  forgetAudit(before: number): Promise<number> {
    return this.#db.write(() => forgetAudit(this.#db, before));
  }

  check(): Promise<void> {
    return this.#db.check();
  }

  async close(): Promise<void> {
    this.#db.close();
  }

  /** Only inside a write. */
  #tell(line: AuditEntry | undefined, key: string): void {
    if (line !== undefined) insertAudit(this.#db, { ...line, key: parseCaseKey(key) }, this.#now());
  }

  #cases(rest: string, ...values: (string | number)[]): CaseRecord[] {
    return this.#db.all(`SELECT * FROM cases ${rest}`, ...values).map(caseRecordOf);
  }
}
