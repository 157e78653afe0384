import { statSync } from 'node:fs';
import type Libsql from 'libsql';
import { MIGRATIONS } from './migrations.js';
import { type OpenFile, openFile, openFileToRead } from './open-file.js';

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

  private constructor({ db, inode }: OpenFile, path: string) {
    this.#db = db;
    this.#path = path;
    this.#inode = inode;
  }

  /**
   * Opens (creating what is missing) and migrates. Throws an Error with a sentence for people when the file cannot be
   * used.
   */
  static async open(path: string, waitMs = WAIT_FOR_LOCK_MS): Promise<Database> {
    return new Database(await openFile(path, waitMs), path);
  }

  /**
   * Opens for reading alone, while no bot has the file: nothing is migrated, and no lock is held but while something is
   * read, so that a bot can start. Null when a process has it. Throws an Error with a sentence for people when there is
   * nothing to be read. To be let go of with {@link letGo}.
   */
  static openToRead(path: string): Database | null {
    const file = openFileToRead(path);
    return file === null ? null : new Database(file, path);
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
}
