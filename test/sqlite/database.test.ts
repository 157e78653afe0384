import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Database } from '../../src/sqlite/database.js';
import { startChild } from '../start-child.js';
import { temporaryFolder } from '../temporary-folder.js';

/** Writes facts until one is refused; then says how many it was told are kept, and what the health says. */
const FILLER = `
  const { Database } = await import(process.env.DATABASE_MODULE);
  const { sqliteStore } = await import(process.env.STORE_MODULE);
  const db = await Database.open(process.env.FILE);
  const store = sqliteStore({ db, mark: () => undefined });
  const fact = (n) => ({ key: { account: '111122223333', caseId: 'case' }, displayId: 'x'.repeat(100),
    event: 'AddCommunicationToCase', communicationId: String(n), origin: '', at: 1, receivedAt: 2 });
  let kept = 0;
  let refused = null;
  while (refused === null && kept < 10_000) {
    await store.takeFacts([fact(kept)]).then(() => { kept += 1; }, (error) => { refused = error.name; });
  }
  // A last few bytes may be left for so small a write.
  let well = true;
  for (let looks = 0; well && looks < 20; looks += 1) well = await store.check().then(() => true, () => false);
  const readable = (await store.caseFile(fact(0).key)).facts.length;
  console.log(JSON.stringify({ kept, refused, well, readable }));
  process.exit(0);
`;

const modules = {
  DATABASE_MODULE: new URL('../../src/sqlite/database.js', import.meta.url).href,
  STORE_MODULE: new URL('../../src/store/sqlite-store.js', import.meta.url).href,
};

describe('Database', () => {
  let folder: ReturnType<typeof temporaryFolder>;
  let path: string;
  const cleanups: (() => unknown)[] = [];
  beforeEach(() => {
    folder = temporaryFolder();
    path = join(folder.path, 'data', 'casethread.db');
  });
  afterEach(async () => {
    for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
    folder.remove();
  });

  const open = async (waitMs?: number) => {
    const db = await Database.open(path, waitMs);
    cleanups.push(() => db.close());
    return db;
  };
  const openWithTable = async () => {
    const db = await open();
    await db.write(() => db.run('CREATE TABLE IF NOT EXISTS letters (letter TEXT NOT NULL UNIQUE)'));
    return db;
  };
  const add = (db: Database, letter: string) =>
    db.write(() => db.run('INSERT INTO letters VALUES (?)', letter));
  const letters = (db: Database) =>
    db.all('SELECT letter FROM letters ORDER BY letter').map((row) => row.letter);

  describe('writes', () => {
    it('flushes every write to disk before it is confirmed, at each opening', async () => {
      for (let opening = 0; opening < 2; opening++) {
        const db = await Database.open(path);
        const pragma = (name: string) => db.get(`PRAGMA ${name}`)?.[name];
        // 2 is FULL.
        assert.deepEqual(
          [pragma('synchronous'), pragma('journal_mode'), pragma('locking_mode')],
          [2, 'wal', 'exclusive'],
        );
        db.close();
      }
    });

    it('puts what comes together into one transaction, and calls back when that is on disk', async () => {
      const db = await openWithTable();
      const order: string[] = [];
      const write = (letter: string) =>
        db.write(() => {
          db.run('INSERT INTO letters VALUES (?)', letter);
          order.push(letter);
          db.afterCommit(() => order.push(`${letter} is on disk`));
        });
      await Promise.all([write('a'), write('b')]);
      assert.deepEqual(order, ['a', 'b', 'a is on disk', 'b is on disk']);
      await write('c');
      assert.deepEqual(order.slice(4), ['c', 'c is on disk']);
    });

    it('resolves with what the work returned, and shows it to every later read', async () => {
      const db = await openWithTable();
      const [a, b] = await Promise.all([add(db, 'a'), db.write(() => letters(db))]);
      assert.deepEqual([a, b], [1, ['a']]);
      assert.deepEqual(letters(db), ['a']);
    });

    it('takes back all of a write that fails, and nothing of those beside it', async () => {
      const db = await openWithTable();
      const results = await Promise.allSettled([
        add(db, 'a'),
        db.write(() => {
          db.run('INSERT INTO letters VALUES (?)', 'half');
          throw new TypeError('in the middle');
        }),
        add(db, 'a'),
        add(db, 'b'),
      ]);
      assert.deepEqual(
        results.map(({ status }) => status),
        ['fulfilled', 'rejected', 'rejected', 'fulfilled'],
      );
      const [, failed] = results;
      assert.ok(failed?.status === 'rejected' && failed.reason instanceof TypeError);
      assert.deepEqual(letters(db), ['a', 'b']);
      await add(db, 'c');
      assert.deepEqual(letters(db), ['a', 'b', 'c']);
    });

    it('refuses all of a transaction that the disk refuses, calls nobody back for it, and goes on', async () => {
      const db = await openWithTable();
      // A rule that is looked at when the transaction ends is the nearest thing to a disk that refuses.
      db.all('PRAGMA foreign_keys = ON');
      await db.write(() =>
        db.run('CREATE TABLE terms (first TEXT REFERENCES letters (letter) DEFERRABLE INITIALLY DEFERRED)'),
      );
      const calls: string[] = [];
      const results = await Promise.allSettled([
        db.write(() => {
          db.run("INSERT INTO letters VALUES ('a')");
          db.afterCommit(() => calls.push('of the refused transaction'));
        }),
        db.write(() => db.run("INSERT INTO terms VALUES ('z')")),
      ]);
      assert.deepEqual(
        results.map(({ status }) => status),
        ['rejected', 'rejected'],
      );
      assert.deepEqual(letters(db), []);
      await db.write(() => {
        db.run("INSERT INTO letters VALUES ('b')");
        db.afterCommit(() => calls.push('of the next'));
      });
      assert.deepEqual([letters(db), calls], [['b'], ['of the next']]);
    });

    it('keeps what was asked before it was closed, and refuses what is asked afterwards', async () => {
      const db = await openWithTable();
      const before = add(db, 'before');
      db.close();
      db.close();
      await before;
      let committed = false;
      const late = db.write(() => db.afterCommit(() => (committed = true)));
      await assert.rejects(late);
      await assert.rejects(add(db, 'after'));
      assert.equal(committed, false);
      assert.deepEqual(letters(await openWithTable()), ['before']);
    });
  });

  describe('a full disk', () => {
    it('loses nothing that was confirmed, keeps nothing that was refused, and shows in the health', async function () {
      if (process.platform === 'win32') this.skip();
      // The shell lets no file grow beyond some hundred kilobytes; without the trap the system would end the process.
      const child = startChild(FILLER, { ...modules, FILE: path }, "trap '' XFSZ; ulimit -f 512;");
      cleanups.push(() => child.kill());
      const told = JSON.parse(await child.line()) as Record<string, unknown>;
      await child.ended;
      assert.deepEqual(told, { kept: told.kept, refused: 'SqliteError', well: false, readable: told.kept });
      assert.ok(Number(told.kept) > 0);
      const db = await open();
      assert.equal(db.get('SELECT count(*) AS facts FROM facts')?.facts, told.kept);
      await db.check();
    });
  });

  describe('files that cannot be used', () => {
    it('refuses, in a sentence, what a newer version wrote, and does not take it for its own', async () => {
      const db = await openWithTable();
      await add(db, 'a');
      await db.write(() => db.all('PRAGMA user_version = 99'));
      db.close();
      await assert.rejects(
        Database.open(path, 0),
        /^Error: DATABASE_PATH: .*casethread\.db was written by a newer/,
      );
      // Where SQLite keeps the number.
      assert.equal(readFileSync(path).readUInt32BE(60), 99);
    });

    it('refuses, in a sentence, a file that is no database, and leaves it alone', async () => {
      const note = `This is a note and no database. ${'x'.repeat(2_000)}`;
      path = join(folder.path, 'note.txt');
      writeFileSync(path, note);
      await assert.rejects(Database.open(path, 0), /^Error: DATABASE_PATH: cannot use .*note\.txt/);
      assert.equal(readFileSync(path, 'utf8'), note);
    });

    it('refuses, in a sentence, the database of another program, and leaves it alone', async () => {
      path = join(folder.path, 'other.db');
      const program = `
        const db = new (await import('libsql')).default(process.argv[1]);
        if (process.argv[2]) db.pragma('journal_mode = WAL');
        db.exec('CREATE TABLE users (id INTEGER)');
        if (process.argv[2]) process.kill(process.pid, 'SIGKILL');
        db.close();
      `;
      spawnSync(process.execPath, ['--input-type=module', '-e', program, path]);
      const before = readFileSync(path);
      await assert.rejects(
        open(),
        /DATABASE_PATH: .*other\.db is the database of another program\. Name another file/,
      );
      assert.deepEqual(readFileSync(path), before);
      path = join(folder.path, 'with-log.db');
      spawnSync(process.execPath, ['--input-type=module', '-e', program, path, 'killed']);
      await assert.rejects(open(), /is the database of another program/);
    });

    it('refuses, in a sentence, what can be no file', async () => {
      mkdirSync(dirname(path));
      symlinkSync('casethread.db', path);
      for (const at of [path, `${folder.path}/c.db/`, ':memory:', join(folder.path, 'x'.repeat(300))])
        await assert.rejects(
          Database.open(at, 0),
          /^Error: DATABASE_PATH: no file can be at .*\. Name another/,
        );
    });

    it('refuses, in a sentence, a path that leads through a file, and one that is a folder', async () => {
      writeFileSync(join(folder.path, 'file'), '');
      for (const wrong of [join(folder.path, 'file', 'casethread.db'), folder.path]) {
        await assert.rejects(Database.open(wrong, 0), /^Error: DATABASE_PATH: cannot (open|use) /);
      }
    });
  });

  it('creates the folders it needs, and finds everything again', async () => {
    path = join(folder.path, 'a', 'b', 'c.db');
    const db = await openWithTable();
    await add(db, 'a');
    db.close();
    assert.deepEqual(letters(await openWithTable()), ['a']);
  });

  it('refuses, with what to do, a copy that was put back beside the log of the file before it', async () => {
    const db = await Database.open(path);
    const fill = (rows: number) =>
      db.write(() => {
        for (let row = 0; row < rows; row++)
          db.run('INSERT OR REPLACE INTO notes VALUES (?, ?)', `note ${row} ${rows}`, 'x'.repeat(500));
      });
    await fill(200);
    db.close();
    const copy = readFileSync(path);
    const again = await Database.open(path);
    cleanups.push(() => again.close());
    // So much that the log has begun anew: it holds only the last of what changed since the copy.
    const add = (from: number, count: number) =>
      again.write(() => {
        for (let row = from; row < from + count; row++)
          again.run('INSERT INTO notes VALUES (?, ?)', `row ${(row * 7_919) % 100_003}`, 'y'.repeat(500));
      });
    for (let round = 0; round < 150; round++) await add(round * 40, 40);
    // As after a kill: the log stays, and the file is put back without it.
    const log = readFileSync(`${path}-wal`);
    const other = join(folder.path, 'other.db');
    writeFileSync(other, copy);
    writeFileSync(`${other}-wal`, log);
    await assert.rejects(Database.open(other), (error: Error) => {
      assert.match(
        error.message,
        /^DATABASE_PATH: .*other\.db is damaged\. .*delete .*other\.db-wal and .*-shm/,
      );
      return true;
    });
  });
});
