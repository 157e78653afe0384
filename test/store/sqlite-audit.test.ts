import assert from 'node:assert/strict';
import { join } from 'node:path';
import Libsql from 'libsql';
import { Database } from '../../src/sqlite/database.js';
import { MIGRATIONS } from '../../src/sqlite/migrations.js';
import type { AuditQuery } from '../../src/store/audit-entry.js';
import { forgetAudit, readSqliteAudit } from '../../src/store/sqlite-audit.js';
import { sqliteStore } from '../../src/store/sqlite-store.js';
import { entry } from '../contract/store/audit.js';
import { key } from '../contract/store/samples.js';
import { temporaryFolder } from '../temporary-folder.js';

describe('the audit trail in SQLite', () => {
  let folder: ReturnType<typeof temporaryFolder>;
  let path: string;
  beforeEach(() => {
    folder = temporaryFolder();
    path = join(folder.path, 'casethread.db');
  });
  afterEach(() => folder.remove());

  it('is never read as a whole, whatever is asked for: the bot does nothing else meanwhile', async () => {
    const db = await Database.open(path);
    const plans: string[] = [];
    const reader = {
      all(sql: string, ...values: (string | number | null)[]) {
        plans.push(...db.all(`EXPLAIN QUERY PLAN ${sql}`, ...values).map((row) => String(row.detail)));
        return db.all(sql, ...values);
      },
      run: () => 0,
    };
    const store = sqliteStore({ db, mark: () => undefined, now: Date.now });
    await store.appendAudit([entry(), entry()]);
    const each: Partial<AuditQuery>[] = [
      {},
      { since: 1, until: Number.MAX_SAFE_INTEGER, after: '1' },
      { keys: [key()] },
      { user: 'U0ALICE0001', since: 1 },
      { user: 'U0ALICE0001', keys: [key()] },
    ];
    for (const query of each)
      for (const order of ['oldest-first', 'newest-first'] as const)
        readSqliteAudit(reader, { order, limit: 9, ...query });
    forgetAudit(reader, 1);
    db.letGo();
    const scans = plans.filter((plan) => /SCAN audit\b/.test(plan));
    assert.deepEqual(scans, []);
    // Sorted is what belongs to a case, and nothing else.
    assert.equal(plans.filter((plan) => plan.includes('FOR ORDER BY')).length, 4);
  });

  it('has its times in the order of its lines, also where the clock was set back', async () => {
    const db = await Database.open(path);
    let now = 2_000;
    const store = sqliteStore({ db, mark: () => undefined, now: () => now });
    await store.appendAudit([entry({ deed: '1' })]);
    now = 1_000;
    await store.appendAudit([entry({ deed: '2' })]);
    const lines = await store.readAudit({ order: 'oldest-first', limit: 9, since: 2_000 });
    await store.close();
    assert.deepEqual(
      lines.map(({ deed, at }) => [deed, at]),
      [
        ['1', 2_000],
        ['2', 2_000],
      ],
    );
  });

  it('finds by number and case id what was written before they were kept', async () => {
    const raw = new Libsql(path);
    raw.exec('PRAGMA journal_mode = WAL');
    for (const sql of MIGRATIONS.slice(0, 5)) raw.exec(sql);
    raw.exec(`PRAGMA user_version = 5;
      INSERT INTO audit (at, case_key, entry) VALUES
        (1, '111122223333/case-old', '{"user":"U1","displayId":"1234563851"}'),
        (2, '111122223333/case-old', '{"user":"U1","displayId":"1234563851"}'), (3, NULL, '{"user":"U2"}')`);
    raw.close();
    const db = await Database.open(path);
    const store = sqliteStore({ db, mark: () => undefined, now: Date.now });
    for (const name of ['1234563851', 'case-old'])
      assert.deepEqual(await store.auditedCases(name), [{ account: '111122223333', caseId: 'case-old' }]);
    assert.equal((await store.readAudit({ order: 'oldest-first', limit: 9, user: 'U1' })).length, 2);
    await store.close();
  });
});
