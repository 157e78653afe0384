import { caseKeyText, parseCaseKey } from '../case/case-key.js';
import type { Database, Row } from '../sqlite/database.js';
import type { OutboxMessage } from './outbox-message.js';

/** Not at its end, or at its end without the sender knowing. The index `outbox_unfinished` has the same words. */
export const UNFINISHED = "(told = 0 OR state IN ('queued', 'sending', 'in-doubt'))";

/** Columns hold what is searched for; the rest of the message is one JSON text. */
export function insertMessage(db: Database, message: OutboxMessage): boolean {
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

/** Only inside a write. The message as it was before; null, and nothing done, where it is in none of the states. */
export function changeMessage(
  db: Database,
  reference: string,
  from: readonly OutboxMessage['state'][],
  change: Partial<OutboxMessage>,
): OutboxMessage | null {
  const row = db.get('SELECT * FROM outbox WHERE reference = ?', reference);
  if (row === undefined) return null;
  const message = messageOf(row);
  if (!from.includes(message.state)) return null;
  const changed = { ...message, ...change };
  db.run(
    'UPDATE outbox SET case_key = ?, state = ?, told = ?, message = ? WHERE reference = ?',
    caseKeyText(changed.key),
    changed.state,
    changed.told ? 1 : 0,
    JSON.stringify(changed),
    reference,
  );
  return message;
}

export function messageOf(row: Row): OutboxMessage {
  const message = JSON.parse(String(row.message)) as OutboxMessage;
  // The case may have moved to another key since the message was written (aliases).
  return { ...message, key: parseCaseKey(String(row.case_key)) };
}

export function waitingForClick(db: Database, before: number): OutboxMessage[] {
  return db
    .all(
      `SELECT * FROM outbox WHERE state IN ('asking', 'choosing', 'failed') AND created_at < ? ORDER BY created_at, reference`,
      before,
    )
    .map(messageOf)
    .filter((message) => message.createdAt < before);
}
