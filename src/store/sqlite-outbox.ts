import { caseKeyText, parseCaseKey } from '../case/case-key.js';
import type { Database, Row } from '../sqlite/database.js';
import { lineOfChange, lineOfNew } from './audit-step.js';
import type { OutboxMessage } from './outbox-message.js';
import type { SqliteAliases } from './sqlite-aliases.js';
import { insertAudit } from './sqlite-audit.js';
import type { Store } from './store.js';

/** Not at its end, or at its end without the sender knowing. The index `outbox_unfinished` has the same words. */
const UNFINISHED = "(told = 0 OR state IN ('queued', 'sending', 'in-doubt'))";

export function sqliteOutbox(db: Database, aliases: SqliteAliases, now: () => number) {
  const messageWith = (column: 'reference' | 'request', value: string): OutboxMessage | null => {
    const row = db.get(`SELECT * FROM outbox WHERE ${column} = ?`, value);
    return row === undefined ? null : messageOf(row);
  };
  return {
    addToOutbox: (message) =>
      db.write(() => {
        const kept = { ...message, key: parseCaseKey(aliases.canonical(message.key)) };
        const isNew = insertMessage(db, kept);
        if (isNew) insertAudit(db, lineOfNew(kept), now());
        return isNew;
      }),

    getFromOutbox: async (reference) => messageWith('reference', reference),

    getRequested: async (request) => messageWith('request', request),

    changeOutbox: (reference, from, change, about) =>
      db.write(() => {
        const before = messageWith('reference', reference);
        if (before === null || !from.includes(before.state)) return false;
        const { key } = change;
        const moved = key === undefined ? {} : { key: parseCaseKey(aliases.canonical(key)) };
        const to = { ...change, ...moved };
        updateMessage(db, { ...before, ...to });
        insertAudit(db, lineOfChange(before, to, about), now());
        return true;
      }),

    unfinished: async (key) =>
      db
        .all(
          `SELECT * FROM outbox WHERE case_key = ? AND ${UNFINISHED} ORDER BY created_at, reference`,
          caseKeyText(key),
        )
        .map(messageOf),

    casesWithUnfinished: async () =>
      db
        .all(`SELECT DISTINCT case_key FROM outbox WHERE ${UNFINISHED}`)
        .map((row) => parseCaseKey(String(row.case_key))),

    waitingForClick: async (before) =>
      db
        .all(
          `SELECT * FROM outbox WHERE state IN ('asking', 'choosing', 'failed') AND created_at < ? ORDER BY created_at, reference`,
          before,
        )
        .map(messageOf)
        .filter((message) => message.createdAt < before),
  } satisfies Partial<Store>;
}

export function messagesOfCase(db: Database, key: string): OutboxMessage[] {
  return db.all('SELECT * FROM outbox WHERE case_key = ?', key).map(messageOf);
}

/** Only inside a write. Columns hold what is searched for; the rest of the message is one JSON text. */
function insertMessage(db: Database, message: OutboxMessage): boolean {
  const { reference, key, request, state, told, createdAt } = message;
  const added = db.run(
    'INSERT INTO outbox VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (request) DO NOTHING',
    reference,
    caseKeyText(key),
    request,
    state,
    told ? 1 : 0,
    createdAt,
    JSON.stringify(message),
  );
  return added === 1;
}

/** Only inside a write. */
function updateMessage(db: Database, message: OutboxMessage): void {
  const { reference, key, state, told } = message;
  db.run(
    'UPDATE outbox SET case_key = ?, state = ?, told = ?, message = ? WHERE reference = ?',
    caseKeyText(key),
    state,
    told ? 1 : 0,
    JSON.stringify(message),
    reference,
  );
}

function messageOf(row: Row): OutboxMessage {
  const message = JSON.parse(String(row.message)) as OutboxMessage;
  // The case may have moved to another key since the message was written (aliases).
  return { ...message, key: parseCaseKey(String(row.case_key)) };
}
