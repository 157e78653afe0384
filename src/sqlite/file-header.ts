import { closeSync, openSync, readSync } from 'node:fs';

/** What the beginning of a database file tells without SQLite, which may write in order to read (SQLite: file format, 1.3). */
export interface FileHeader {
  /** It is written by a log beside it: until a clean end, which puts all into the one file. */
  readonly hasLog: boolean;
  /** `user_version`; the log may know a newer one. */
  readonly version: number;
  /** There is more than this page: tables, mostly. */
  readonly hasMore: boolean;
}

/** It has tables, and they are not ours: we number our versions from 1, in the same transaction as the tables. */
export function isForeign({ version, hasMore }: FileHeader): boolean {
  return version === 0 && hasMore;
}

const LENGTH = 100;
const MAGIC = 'SQLite format 3\0';

/** Null for what is no database. Throws where it cannot be read. */
export function readFileHeader(path: string): FileHeader | null {
  const bytes = Buffer.alloc(LENGTH);
  const file = openSync(path, 'r');
  try {
    if (readSync(file, bytes, 0, LENGTH, 0) < LENGTH) return null;
  } finally {
    closeSync(file);
  }
  if (bytes.toString('latin1', 0, MAGIC.length) !== MAGIC) return null;
  return {
    hasLog: bytes[18] === 2 || bytes[19] === 2,
    version: bytes.readUInt32BE(60),
    hasMore: bytes.readUInt32BE(28) > 1,
  };
}
