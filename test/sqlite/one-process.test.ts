import assert from 'node:assert/strict';
import { join } from 'node:path';
import { Database } from '../../src/sqlite/database.js';
import { startChild } from '../start-child.js';
import { temporaryFolder } from '../temporary-folder.js';

/** Opens the file, says so, and holds it until it is told to close; writes one more thing before that. */
const HOLDER = `
  const { Database } = await import(process.env.DATABASE_MODULE);
  const db = await Database.open(process.env.FILE);
  console.log('open');
  process.stdin.once('data', () => {
    void db.write(() => db.run("INSERT INTO aliases VALUES ('1/a', '1/b')"));
    db.close();
    process.exit(0);
  });
`;

describe('a database that another process has', () => {
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

  const open = async (waitMs?: number) => {
    const db = await Database.open(path, waitMs);
    cleanups.push(() => db.close());
    return db;
  };
  const holder = async () => {
    const module = new URL('../../src/sqlite/database.js', import.meta.url).href;
    const child = startChild(HOLDER, { DATABASE_MODULE: module, FILE: path });
    cleanups.push(() => child.kill());
    await child.line();
    return child;
  };

  it('waits for a process that is about to let go of the file, and then sees what that wrote', async () => {
    const child = await holder();
    let opened = false;
    const opening = open().then((db) => {
      opened = true;
      return db;
    });
    // Refused at once, and so still waiting.
    await assert.rejects(Database.open(path, 0), /another process is using/);
    assert.equal(opened, false);
    child.say('close');
    const db = await opening;
    assert.equal(await child.ended, 0);
    assert.equal(db.get('SELECT means FROM aliases')?.means, '1/b');
  });

  it('refuses a file that another process keeps, in a sentence', async () => {
    await holder();
    await assert.rejects(Database.open(path, 250), (error: Error) => {
      assert.match(error.message, /^DATABASE_PATH: another process is using .*casethread\.db\. Stop it/);
      return true;
    });
  });

  it('is not kept from the file by a process that was killed', async () => {
    const child = await holder();
    await child.kill();
    await open(2_000);
  });

  it('refuses a second opening in the same process, and allows one after the first is closed', async () => {
    const db = await open();
    await assert.rejects(Database.open(path, 0), /DATABASE_PATH: another process/);
    db.close();
    await open(0);
  });
});
