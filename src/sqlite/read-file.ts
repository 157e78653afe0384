/** A process that reads the database file in its argument, changes nothing, and prints how it is (see FileState). */
import { statSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import Libsql from 'libsql';
import type { FileState } from './examine-file.js';
import { isForeign, readFileHeader } from './file-header.js';
import { MIGRATIONS } from './migrations.js';

const path = process.argv[2] ?? '';
process.stdout.write(stateOf(path));

function stateOf(file: string): FileState {
  try {
    return read(file);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    if (code.startsWith('SQLITE_BUSY')) return 'in-use';
    if (code.startsWith('SQLITE_NOTADB')) return 'foreign';
    // What SQLite cannot open without a change to it.
    return code.startsWith('SQLITE_CORRUPT') ? 'damaged' : 'unfinished';
  }
}

function read(file: string): FileState {
  const header = readFileHeader(file);
  if (header === null) return 'foreign';
  const log = statSync(`${file}-wal`, { throwIfNoEntry: false });
  if ((log?.size ?? 0) === 0 && isForeign(header)) return 'foreign';
  // Without its log, which whoever has it open has beside it, SQLite would make a new one.
  if (log === undefined && header.hasLog) return 'unfinished';
  // The driver's own option for reading alone creates files, so SQLite is told by the address.
  const db = new Libsql(`${pathToFileURL(file).href}?mode=ro&readonly_shm=1`);
  const { user_version: version } = db.prepare('PRAGMA user_version').get() as { user_version: number };
  if (version > MIGRATIONS.length) return 'newer';
  // Its tables may be in its log alone.
  if (version === 0 && db.prepare('SELECT 1 FROM sqlite_schema').get() !== undefined) return 'foreign';
  const { quick_check: says } = db.prepare('PRAGMA quick_check(1)').get() as { quick_check: string };
  return says === 'ok' ? 'sound' : 'damaged';
}
