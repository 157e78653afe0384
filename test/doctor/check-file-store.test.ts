import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import {
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { checkFileStore, checkOpenStore } from '../../src/doctor/check-store.js';
import type { Finding } from '../../src/doctor/finding.js';
import { Database } from '../../src/sqlite/database.js';
import { openSqliteStorage } from '../../src/storage/sqlite-storage.js';
import { startChild } from '../start-child.js';
import { temporaryFolder } from '../temporary-folder.js';

/** A bot in a process of its own, as far as its file goes. */
const HOLDER = `
  const { Database } = await import(process.env.DATABASE_MODULE);
  const db = await Database.open(process.env.FILE);
  await db.write(() => db.run("INSERT INTO aliases VALUES ('1/a', '1/b')"));
  console.log('open');
  setInterval(() => undefined, 1000);
`;

/** In a process of its own, with which its locks end. */
const READER = `
  const db = new (await import('libsql')).default(process.argv[1]);
  db.pragma('wal_checkpoint(TRUNCATE)');
  db.close();
`;

const OTHER_PROGRAM = `
  const db = new (await import('libsql')).default(process.argv[1]);
  db.exec('CREATE TABLE users (id INTEGER)');
  db.close();
`;

describe('the doctor on the database file', () => {
  let folder: ReturnType<typeof temporaryFolder>;
  let path: string;
  const cleanups: (() => unknown)[] = [];
  beforeEach(() => {
    folder = temporaryFolder();
    path = join(folder.path, 'casethread.db');
  });
  afterEach(async () => {
    for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
    folder.remove();
  });

  const holder = async () => {
    const module = new URL('../../src/sqlite/database.js', import.meta.url).href;
    const child = startChild(HOLDER, { DATABASE_MODULE: module, FILE: path });
    cleanups.push(() => child.kill());
    await child.line();
    return child;
  };
  const everything = () =>
    readdirSync(folder.path, { recursive: true, encoding: 'utf8' })
      .sort()
      .map((name) => {
        const { mtimeMs, size } = lstatSync(join(folder.path, name));
        return [name, mtimeMs, size];
      });
  /** The one finding, and nothing has changed on the disk. */
  const look = async (at = path): Promise<Finding> => {
    const before = everything();
    const [finding, ...more] = await checkFileStore(at);
    assert.deepEqual(more, []);
    assert.ok(finding !== undefined);
    assert.deepEqual(everything(), before);
    return finding;
  };
  const says = async (state: Finding['state'], sentence: RegExp, at = path) => {
    const finding = await look(at);
    assert.equal(finding.state, state, finding.says);
    assert.match(finding.says, sentence);
    return finding;
  };

  it('says that it is not there yet, in a folder that is not there either', async () => {
    await says('ok', /is not there yet; the first start creates it/, join(folder.path, 'a', 'b', 'c.db'));
  });

  it('says that nothing can be created where that is so', async () => {
    writeFileSync(join(folder.path, 'file'), 'x');
    const finding = await says('fail', /Nothing can be created/, join(folder.path, 'file', 'c.db'));
    assert.match(finding.remedy ?? '', /DATABASE_PATH/);
  });

  it('knows where no file can be', async () => {
    symlinkSync('loop', join(folder.path, 'loop'));
    for (const at of [join(folder.path, 'loop'), join(folder.path, 'c.db/'), ':memory:', 'x'.repeat(300)])
      await says('fail', /^No file can be at/, at);
  });

  it('finds it sound, and the next bot opens it at once', async () => {
    (await Database.open(path)).close();
    await says('ok', /is sound; no bot uses it/);
    const db = await Database.open(path, 0);
    db.close();
  });

  it('finds one whose name means something in an address', async () => {
    const odd = join(folder.path, 'a?mode=rwc#b %41.db');
    (await Database.open(odd)).close();
    await says('ok', /is sound/, odd);
  });

  it('lets a running bot have it', async () => {
    const child = await holder();
    await says('ok', /is in use by a bot that runs/);
    await child.kill();
    // Its lock was its own all the time, and what it wrote is there.
    const db = await Database.open(path);
    assert.equal(db.get('SELECT means FROM aliases')?.means, '1/b');
    db.close();
  });

  it('leaves what a killed bot has left to the next start', async () => {
    await (await holder()).kill();
    assert.ok(statSync(`${path}-wal`).size > 0);
    await says('warn', /ended uncleanly/);
    const db = await Database.open(path);
    assert.equal(db.get('SELECT means FROM aliases')?.means, '1/b');
    db.close();
  });

  it('leaves a sound file to the next start whose log somebody else has put into it', async () => {
    await (await holder()).kill();
    // As the command line of SQLite does it with a look.
    execFileSync(process.execPath, ['--input-type=module', '-e', READER, path]);
    for (const end of ['-wal', '-shm']) rmSync(`${path}${end}`, { force: true });
    await says('warn', /ended uncleanly/);
    writeFileSync(`${path}-wal`, '');
    await says('warn', /ended uncleanly/);
    const db = await Database.open(path);
    assert.equal(db.get('SELECT means FROM aliases')?.means, '1/b');
    db.close();
  });

  it('lets a bot have it that has written nothing yet', async () => {
    (await Database.open(path)).close();
    const db = await Database.open(path);
    await says('ok', /is in use by a bot that runs/);
    db.close();
  });

  it('finds damage', async () => {
    const db = await Database.open(path);
    await db.write(() => {
      for (let row = 0; row < 500; row++)
        db.run(`INSERT INTO aliases VALUES ('1/${row}', '${'x'.repeat(90)}')`);
    });
    db.close();
    const bytes = readFileSync(path);
    bytes.fill(0x5a, bytes.length - 20_000);
    writeFileSync(path, bytes);
    assert.match((await says('fail', /is damaged/)).remedy ?? '', /copy/);
  });

  it('knows what is no database, and what a newer version wrote', async () => {
    writeFileSync(path, 'just a text, and a long one, of more than sixteen bytes'.repeat(40));
    await says('fail', /is no database/);
    mkdirSync(join(folder.path, 'folder.db'));
    await says('fail', /is no database/, join(folder.path, 'folder.db'));
    const other = join(folder.path, 'other.db');
    execFileSync(process.execPath, ['--input-type=module', '-e', OTHER_PROGRAM, other]);
    await says('fail', /is no database of Casethread/, other);
    const newer = join(folder.path, 'newer.db');
    (await Database.open(newer)).close();
    // Where SQLite keeps the version of the schema.
    const bytes = readFileSync(newer);
    bytes.writeUInt32BE(9_999, 60);
    writeFileSync(newer, bytes);
    await says('fail', /written by a newer Casethread/, newer);
  });

  it('asks the bot itself about the file that it has open', async () => {
    const storage = await openSqliteStorage({ path, now: Date.now, parkedMs: 1_000 });
    cleanups.push(() => storage.close());
    const [finding] = await checkOpenStore(storage, path);
    assert.deepEqual([finding?.state, finding?.says], ['ok', `${path} can be written to.`]);
    const broken = {
      ...storage,
      store: { ...storage.store, check: () => Promise.reject(new Error('full')) },
    };
    const [failed] = await checkOpenStore(broken as unknown as typeof storage, path);
    assert.equal(failed?.state, 'fail');
    assert.match(failed?.remedy ?? '', /disk full/);
  });
});
