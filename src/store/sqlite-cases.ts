import type { Card } from '../case/card.js';
import { caseKeyText, parseCaseKey } from '../case/case-key.js';
import type { Database, Row } from '../sqlite/database.js';
import { casePlaces, casesIn } from './sqlite-places.js';
import { numberOrNull, textOrNull } from './sqlite-rows.js';
import type { CaseRecord, Store } from './store.js';

export function sqliteCases(db: Database) {
  const cases = (rest: string, ...values: (string | number)[]): CaseRecord[] =>
    db.all(`SELECT * FROM cases ${rest}`, ...values).map(caseRecordOf);

  return {
    async saveCase(record) {
      const { key, displayId, channel, threadTs, card, digest, resolved, activityAt, walkedAt } = record;
      const { recoveredAt, formerTs } = record;
      await db.write(() =>
        db.run(
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
    },

    async saveShown(key, card) {
      await db.write(() =>
        db.run('UPDATE cases SET shown = ? WHERE case_key = ?', JSON.stringify(card), caseKeyText(key)),
      );
    },

    getCase: async (key) => cases('WHERE case_key = ?', caseKeyText(key))[0] ?? null,

    getCases: async (keys) => keys.flatMap((key) => cases('WHERE case_key = ?', caseKeyText(key))),

    casesByDisplayId: async (displayId) => cases('WHERE display_id = ? ORDER BY case_key', displayId),

    casesByCaseId: async (caseId) =>
      cases(
        `WHERE case_id = ?1 OR case_key IN
           (SELECT means FROM aliases WHERE substr(case_key, instr(case_key, '/') + 1) = ?1)
         ORDER BY case_key`,
        caseId,
      ),

    caseByThread: async (channel, threadTs) =>
      cases('WHERE channel = ? AND thread_ts = ?', channel, threadTs)[0] ?? null,

    async listCases(state, { offset, limit, account }) {
      const { where, ofAccount } = casesIn(state, account);
      const order = 'ORDER BY activity_at DESC, case_key LIMIT ? OFFSET ?';
      const count = db.get(`SELECT count(*) AS total FROM cases ${where}`, ...ofAccount);
      return {
        cases: cases(`${where} ${order}`, ...ofAccount, limit, offset),
        total: Number(count?.total ?? 0),
      };
    },

    casePlaces: async (state, account) => casePlaces(db, state, account),

    casesToSweep: async (activeSince) =>
      db
        .all(
          'SELECT case_key, digest, resolved, walked_at FROM cases WHERE resolved = 0 OR activity_at >= ?',
          activeSince,
        )
        .map((row) => ({
          key: parseCaseKey(String(row.case_key)),
          digest: textOrNull(row.digest),
          resolved: row.resolved === 1,
          walkedAt: numberOrNull(row.walked_at),
        })),
  } satisfies Partial<Store>;
}

function caseRecordOf(row: Row): CaseRecord {
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

function cardOf(json: unknown): Card | null {
  return typeof json === 'string' ? (JSON.parse(json) as Card) : null;
}
