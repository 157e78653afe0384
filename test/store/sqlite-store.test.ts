import assert from 'node:assert/strict';
import { join } from 'node:path';
import { caseKeyText } from '../../src/case/case-key.js';
import { SqliteInbox } from '../../src/inbox/sqlite-inbox.js';
import { Database } from '../../src/sqlite/database.js';
import { sqliteStore } from '../../src/store/sqlite-store.js';
import { entry } from '../contract/store/audit.js';
import { fact, key, message } from '../contract/store/samples.js';
import { type StoreHarness, storeContract } from '../contract/store.contract.js';
import { temporaryFolder } from '../temporary-folder.js';

storeContract('SQLite', async () => {
  const folder = temporaryFolder();
  const open = async (): Promise<StoreHarness> => {
    const db = await Database.open(join(folder.path, 'casethread.db'));
    const inbox = new SqliteInbox({ db, queue: 'cases', now: Date.now, parkedMs: 1_000 });
    const store = sqliteStore({ db, mark: (marked) => inbox.markNow(marked), now: Date.now });
    return {
      store,
      marked: () =>
        db.write(() => {
          const keys = db.all("SELECT key FROM marks WHERE queue = 'cases'").map((row) => String(row.key));
          db.run("DELETE FROM marks WHERE queue = 'cases'");
          return keys;
        }),
      async reopen() {
        await store.close();
        return open();
      },
      async close() {
        await store.close();
        folder.remove();
      },
    };
  };
  return open();
});

describe('the store in SQLite', () => {
  let folder: ReturnType<typeof temporaryFolder>;
  let db: Database;
  beforeEach(async () => {
    folder = temporaryFolder();
    db = await Database.open(join(folder.path, 'casethread.db'));
  });
  afterEach(() => {
    db.close();
    folder.remove();
  });

  it('keeps no fact whose mark could not be kept', async () => {
    let full = true;
    const marks: string[] = [];
    const mark = (marked: string) => {
      if (full) throw new Error('no room for a mark');
      marks.push(marked);
    };
    const store = sqliteStore({ db, mark, now: Date.now });
    await assert.rejects(store.takeFacts([fact()]), /no room for a mark/);
    assert.deepEqual((await store.caseFile(key())).facts, []);
    full = false;
    assert.deepEqual(await store.takeFacts([fact()]), ['new']);
    assert.deepEqual(marks, [caseKeyText(key())]);
  });

  it('keeps no mark, and no fact of the same delivery, when one fact could not be kept', async () => {
    const inbox = new SqliteInbox({ db, queue: 'cases', now: Date.now, parkedMs: 1_000 });
    const store = sqliteStore({ db, mark: (marked) => inbox.markNow(marked), now: Date.now });
    // A time that is no whole number is refused by the table.
    const refused = fact({ communicationId: 'second', at: 0.5 });
    await assert.rejects(store.takeFacts([fact(), refused]));
    assert.deepEqual((await store.caseFile(key())).facts, []);
    assert.equal((await inbox.stats()).waiting, 0);
  });

  it('changes no line of the audit trail, and loses none but the oldest, whatever is asked of it', async () => {
    const store = sqliteStore({ db, mark: () => undefined, now: Date.now });
    await store.appendAudit([entry({ deed: '1' }), entry({ deed: '2' })]);
    for (const sql of [
      "UPDATE audit SET entry = '{}'",
      'DELETE FROM audit WHERE id = 2',
      "REPLACE INTO audit (id, at, entry) VALUES (1, 1, '{}')",
      "INSERT INTO audit (id, at, entry) VALUES (2, 1, '{}') ON CONFLICT DO UPDATE SET entry = '{}'",
    ])
      await assert.rejects(
        db.write(() => db.run(sql)),
        /the audit trail/,
      );
    const lines = await store.readAudit({ order: 'oldest-first', limit: 9 });
    assert.deepEqual(
      lines.map(({ deed }) => deed),
      ['1', '2'],
    );
  });

  it('keeps no message whose line could not be kept', async () => {
    const store = sqliteStore({ db, mark: () => undefined, now: Date.now });
    const sent = message();
    await store.addToOutbox(sent);
    db.write(() =>
      db.run("CREATE TRIGGER full BEFORE INSERT ON audit BEGIN SELECT RAISE(ABORT, 'full'); END"),
    );
    await assert.rejects(store.changeOutbox(sent.reference, ['queued'], { state: 'sent' }), /full/);
    assert.equal((await store.getFromOutbox(sent.reference))?.state, 'queued');
    const other = message();
    await assert.rejects(store.addToOutbox(other), /full/);
    assert.equal(await store.getFromOutbox(other.reference), null);
  });

  it('never lets one reference stand for two messages', async () => {
    const store = sqliteStore({ db, mark: () => undefined, now: Date.now });
    const first = message();
    await store.addToOutbox(first);
    await assert.rejects(store.addToOutbox({ ...message({ text: 'other' }), reference: first.reference }));
    assert.deepEqual(await store.getFromOutbox(first.reference), first);
  });
});
