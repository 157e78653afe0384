import { chmodSync, existsSync, mkdirSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import Libsql from 'libsql';
import { isNoFile } from './examine-file.js';
import { isForeign, readFileHeader } from './file-header.js';
import { MIGRATIONS } from './migrations.js';

export type Row = Record<string, unknown>;
type Value = string | number | null;

interface Write {
  readonly work: () => unknown;
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: unknown) => void;
}

/** How long a start waits for another process to let go of the file: the time that a clean stop may take. */
const WAIT_FOR_LOCK_MS = 12_000;

/**
 * The embedded database: one file, one process. Writes that come together share one transaction and so one flush to
 * disk (`synchronous = FULL`): each is durable when its promise resolves.
 */
export class Database {
  readonly #db: Libsql.Database;
  readonly #path: string;
  readonly #inode: number;
  #lastSeenAt = 0;
  readonly #statements = new Map<string, Libsql.Statement>();
  #queue: Write[] = [];
  #afterCommit: (() => void)[] = [];

  private constructor(db: Libsql.Database, path: string) {
    this.#db = db;
    this.#path = path;
    this.#inode = statSync(path).ino;
  }

  /**
   * Opens (creating what is missing) and migrates. Throws an Error with a sentence for people when the file cannot be
   * used.
   */
  static async open(path: string, waitMs = WAIT_FOR_LOCK_MS): Promise<Database> {
    if (isNoFile(path))
      throw new Error(
        `DATABASE_PATH: no file can be at ${path}. Name another, such as ./data/casethread.db.`,
      );
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
      const database = new Database(db, path);
      await withLock(path, waitMs, () => database.#migrate(path));
      // Not without need: it would look as if the file had been put there from a copy.
      if ((statSync(path).mode & 0o777) !== 0o600) chmodSync(path, 0o600);
      return database;
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

  /**
   * Opens for reading alone, while no bot has the file: nothing is migrated, and no lock is held but while something is
   * read, so that a bot can start. Null when a process has it. Throws an Error with a sentence for people when there is
   * nothing to be read. To be let go of with {@link letGo}.
   */
  static openToRead(path: string): Database | null {
    if (!existsSync(path))
      throw new Error(`DATABASE_PATH: there is no ${path}. Is this the folder of the bot?`);
    let db: Libsql.Database | null = null;
    try {
      const hasLog = (statSync(`${path}-wal`, { throwIfNoEntry: false })?.size ?? 0) > 0;
      // What a bot that was killed has left in the log is read through an index, which is made beside it. Else the driver
      // is to create nothing.
      db = new Libsql(`${pathToFileURL(resolve(path)).href}?mode=ro${hasLog ? '' : '&readonly_shm=1'}`);
      const database = new Database(db, path);
      const version = Number(database.get('PRAGMA user_version')?.user_version ?? 0);
      if (version !== MIGRATIONS.length) {
        const writer = version > MIGRATIONS.length ? 'a newer Casethread' : 'an older Casethread, or none';
        throw new Error(
          `DATABASE_PATH: ${path} was written by ${writer}. Start the bot of this version on it once, or take that version.`,
        );
      }
      return database;
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

  /** Of one that was opened for reading. */
  letGo(): void {
    this.#statements.clear();
    this.#db.close();
  }

  /** Reads see all writes that have resolved. */
  all(sql: string, ...values: Value[]): Row[] {
    return this.#statement(sql).all(...values) as Row[];
  }

  get(sql: string, ...values: Value[]): Row | undefined {
    return this.#statement(sql).get(...values) as Row | undefined;
  }

  /** Only inside {@link write}. Returns the number of rows changed. */
  run(sql: string, ...values: Value[]): number {
    return this.#statement(sql).run(...values).changes;
  }

  /** Only inside {@link write}: called once the transaction is on disk. */
  afterCommit(call: () => void): void {
    this.#afterCommit.push(call);
  }

  /**
   * Runs `work` (synchronous, all or nothing, with no effect outside the database) in the next transaction. Resolves with its value once that is on disk;
   * rejects with what it threw, or with the reason why the disk refused.
   */
  write<T>(work: () => T): Promise<T> {
    return new Promise((resolve, reject) => {
      if (this.#queue.length === 0) setImmediate(() => this.#flush());
      this.#queue.push({ work, resolve: resolve as (value: unknown) => void, reject });
    });
  }

  /** Rejects when nothing can be written now. An empty transaction never meets the disk, so the version is written anew. */
  check(): Promise<void> {
    return this.write(() => {
      this.#db.exec(`PRAGMA user_version = ${MIGRATIONS.length}`);
    });
  }

  /**
   * Writes what is still queued, moves everything into the one file and lets go of it. The driver would keep the lock
   * until its statements are collected, so it is given up by hand.
   */
  close(): void {
    if (!this.#db.open) return;
    this.#flush();
    try {
      this.#db.pragma('journal_mode = DELETE');
      this.#db.pragma('locking_mode = NORMAL');
      this.get('SELECT 1 FROM sqlite_schema');
    } finally {
      this.#statements.clear();
      this.#db.close();
    }
  }

  #flush(): void {
    const writes = this.#queue;
    this.#queue = [];
    if (writes.length > 0) this.#commitTogether(writes);
  }

  #commitTogether(writes: readonly Write[]): void {
    let values: unknown[] | null = null;
    try {
      this.#checkFile();
      this.run('BEGIN IMMEDIATE');
      values = writes.map(({ work }) => work());
      this.run('COMMIT');
    } catch (error) {
      this.#afterCommit = [];
      if (this.#db.open && this.#db.inTransaction) this.#db.exec('ROLLBACK');
      const isOneToBlame = values === null && writes.length > 1;
      // A write that throws must not take those with it that share its transaction: each once more, alone. Where the
      // disk refused the commit, there is no use in that.
      if (isOneToBlame) for (const write of writes) this.#commitTogether([write]);
      else for (const { reject } of writes) reject(error);
      return;
    }
    for (const [index, { resolve }] of writes.entries()) resolve(values[index]);
    for (const call of this.#afterCommit.splice(0)) call();
  }

  /**
   * The system lets a process go on writing into a file that somebody has deleted or replaced: all of it would be lost
   * with the process. Looked at once a second.
   */
  #checkFile(): void {
    const now = performance.now();
    if (this.#lastSeenAt !== 0 && now - this.#lastSeenAt < 1_000) return;
    if (statSync(this.#path, { throwIfNoEntry: false })?.ino !== this.#inode) {
      throw new Error('DATABASE_PATH: the file is gone, or another one is in its place.');
    }
    this.#lastSeenAt = now;
  }

  #statement(sql: string): Libsql.Statement {
    let statement = this.#statements.get(sql);
    if (statement === undefined) {
      statement = this.#db.prepare(sql);
      this.#statements.set(sql, statement);
    }
    return statement;
  }

  #migrate(path: string): void {
    const version = Number(this.get('PRAGMA user_version')?.user_version ?? 0);
    if (version > MIGRATIONS.length) {
      throw new Error(
        `DATABASE_PATH: ${path} was written by a newer Casethread. Start that version, or another file.`,
      );
    }
    if (version === 0 && this.get('SELECT 1 FROM sqlite_schema') !== undefined) throw new ForeignFile(path);
    for (const [index, sql] of MIGRATIONS.entries()) {
      if (index < version) continue;
      this.#db.exec(`BEGIN IMMEDIATE; ${sql} PRAGMA user_version = ${index + 1}; COMMIT;`);
    }
    // Takes the lock for good even where there was nothing to migrate.
    this.#db.exec('BEGIN IMMEDIATE; COMMIT;');
  }
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
    const [first] = db.prepare('PRAGMA quick_check(1)').all() as Row[];
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
