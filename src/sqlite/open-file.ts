import { chmodSync, existsSync, mkdirSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import Libsql from 'libsql';
import { isNoFile } from './examine-file.js';
import { isForeign, readFileHeader } from './file-header.js';
import { MIGRATIONS } from './migrations.js';

/** A database file that this process has, of this version. */
export interface OpenFile {
  readonly db: Libsql.Database;
  /** Of the file that was opened: another may be put in its place. */
  readonly inode: number;
}

/** For this process alone, until it is closed: creates what is missing, and migrates. */
export async function openFile(path: string, waitMs: number): Promise<OpenFile> {
  if (isNoFile(path))
    throw new Error(`DATABASE_PATH: no file can be at ${path}. Name another, such as ./data/casethread.db.`);
  let db: Libsql.Database;
  let endedUncleanly: boolean;
  try {
    endedUncleanly = (statSync(`${path}-wal`, { throwIfNoEntry: false })?.size ?? 0) > 0;
    // Replies on their way to AWS are in it: nobody else on the machine may read them.
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    refuseForeign(path, endedUncleanly);
    db = new Libsql(path);
  } catch (cause) {
    if (cause instanceof ForeignFile) throw cause;
    throw new Error(`DATABASE_PATH: cannot open ${path}. Is the folder there and writable?`, { cause });
  }
  try {
    // A second process on the same file would post everything twice, so the lock is held for the process's life.
    db.pragma('locking_mode = EXCLUSIVE');
    await withLock(path, waitMs, () => db.pragma('journal_mode = WAL'));
    db.pragma('synchronous = FULL');
    if (endedUncleanly) refuseDamaged(db, path);
    const inode = statSync(path).ino;
    await withLock(path, waitMs, () => migrate(db, path));
    // Not without need: it would look as if the file had been put there from a copy.
    if ((statSync(path).mode & 0o777) !== 0o600) chmodSync(path, 0o600);
    return { db, inode };
  } catch (cause) {
    db.close();
    // Those of SQLite and of the system; others are sentences already.
    if (!(cause instanceof Error && 'code' in cause)) throw cause;
    throw new Error(
      `DATABASE_PATH: cannot use ${path} (${cause.message}). Is it a Casethread database, and may this user write it?`,
      { cause },
    );
  }
}

/** As it is, and with no lock but while something is read. Null when a process has it. */
export function openFileToRead(path: string): OpenFile | null {
  if (!existsSync(path))
    throw new Error(`DATABASE_PATH: there is no ${path}. Is this the folder of the bot?`);
  let db: Libsql.Database | null = null;
  try {
    const hasLog = (statSync(`${path}-wal`, { throwIfNoEntry: false })?.size ?? 0) > 0;
    // What a bot that was killed has left in the log is read through an index, which is made beside it. Else the driver
    // is to create nothing.
    db = new Libsql(`${pathToFileURL(resolve(path)).href}?mode=ro${hasLog ? '' : '&readonly_shm=1'}`);
    const inode = statSync(path).ino;
    const version = versionOf(db);
    if (version !== MIGRATIONS.length) {
      const writer = version > MIGRATIONS.length ? 'a newer Casethread' : 'an older Casethread, or none';
      throw new Error(
        `DATABASE_PATH: ${path} was written by ${writer}. Start the bot of this version on it once, or take that version.`,
      );
    }
    return { db, inode };
  } catch (cause) {
    db?.close();
    if (isBusy(cause)) return null;
    if (!(cause instanceof Libsql.SqliteError)) throw cause;
    throw new Error(
      `DATABASE_PATH: cannot read ${path} (${cause.message}). Is it a Casethread database, and may this user read it?`,
      { cause },
    );
  }
}

function migrate(db: Libsql.Database, path: string): void {
  const version = versionOf(db);
  if (version > MIGRATIONS.length) {
    throw new Error(
      `DATABASE_PATH: ${path} was written by a newer Casethread. Start that version, or another file.`,
    );
  }
  if (version === 0 && db.prepare('SELECT 1 FROM sqlite_schema').get() !== undefined)
    throw new ForeignFile(path);
  for (const [index, sql] of MIGRATIONS.entries()) {
    if (index < version) continue;
    db.exec(`BEGIN IMMEDIATE; ${sql} PRAGMA user_version = ${index + 1}; COMMIT;`);
  }
  // Takes the lock for good even where there was nothing to migrate.
  db.exec('BEGIN IMMEDIATE; COMMIT;');
}

function versionOf(db: Libsql.Database): number {
  const row = db.prepare('PRAGMA user_version').get() as { user_version?: unknown } | undefined;
  return Number(row?.user_version ?? 0);
}

class ForeignFile extends Error {
  constructor(path: string) {
    super(
      `DATABASE_PATH: ${path} is the database of another program. Name another file, or one that is not there yet.`,
    );
  }
}

/**
 * Before SQLite has it open: that would change it, and closing it here would give up the locks that this process has on it. With a log beside it, its beginning may not be true.
 */
function refuseForeign(path: string, hasLog: boolean): void {
  const header = !hasLog && existsSync(path) ? readFileHeader(path) : null;
  if (header !== null && isForeign(header)) throw new ForeignFile(path);
}

/**
 * A copy that is put back beside the log of the file before it is nonsense to SQLite, which may notice only in the middle
 * of the work. Costs some milliseconds per 10 MB, after a crash only.
 */
function refuseDamaged(db: Libsql.Database, path: string): void {
  if (isWhole(db)) return;
  throw new Error(
    `DATABASE_PATH: ${path} is damaged. If you have put back a copy, stop, delete ${path}-wal and ${path}-shm, which ` +
      'belong to the file before it, put the copy back once more, and start again.',
  );
}

function isWhole(db: Libsql.Database): boolean {
  try {
    const [first] = db.prepare('PRAGMA quick_check(1)').all() as { quick_check?: unknown }[];
    return first?.quick_check === 'ok';
  } catch {
    return false;
  }
}

async function withLock(path: string, waitMs: number, work: () => void): Promise<void> {
  const giveUpAt = performance.now() + waitMs;
  for (;;) {
    try {
      return work();
    } catch (error) {
      if (!isBusy(error)) throw error;
      if (performance.now() > giveUpAt) {
        throw new Error(
          `DATABASE_PATH: another process is using ${path}. Stop it, or give each bot a file of its own.`,
          { cause: error },
        );
      }
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
}

function isBusy(error: unknown): boolean {
  return error instanceof Error && 'code' in error && String(error.code).startsWith('SQLITE_BUSY');
}
