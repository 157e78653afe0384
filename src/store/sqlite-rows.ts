import type { Card } from '../case/card.js';
import { type CaseKey, parseCaseKey } from '../case/case-key.js';
import type { EventName, Fact } from '../case/fact.js';
import type { LedgerEntry } from '../case/ledger-entry.js';
import type { Row } from '../sqlite/database.js';
import type { CaseRecord } from './store.js';

export function caseRecordOf(row: Row): CaseRecord {
  return {
    key: parseCaseKey(String(row.case_key)),
    displayId: String(row.display_id),
    channel: textOrNull(row.channel),
    threadTs: textOrNull(row.thread_ts),
    card: cardOf(row.card),
    shown: cardOf(row.shown),
    digest: textOrNull(row.digest),
    resolved: row.resolved === 1,
    activityAt: Number(row.activity_at),
    walkedAt: numberOrNull(row.walked_at),
    recoveredAt: numberOrNull(row.recovered_at),
    formerTs: textOrNull(row.former_ts),
  };
}

export function factOf(key: CaseKey, row: Row): Fact {
  return {
    key,
    displayId: String(row.display_id),
    event: String(row.event) as EventName,
    communicationId: String(row.communication_id),
    origin: String(row.origin),
    at: Number(row.at),
    receivedAt: Number(row.received_at),
  };
}

export function ledgerEntryOf(row: Row): LedgerEntry {
  return {
    entry: String(row.entry),
    part: Number(row.part),
    parts: Number(row.parts),
    at: Number(row.at),
    intendedAt: Number(row.intended_at),
    ts: textOrNull(row.ts),
    ...(typeof row.shown_by === 'string' ? { shownBy: row.shown_by } : {}),
  };
}

function cardOf(json: unknown): Card | null {
  return typeof json === 'string' ? (JSON.parse(json) as Card) : null;
}

export function numberOrNull(value: unknown): number | null {
  return value === null ? null : Number(value);
}

export function textOrNull(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}
