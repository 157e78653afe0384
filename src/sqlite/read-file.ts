/** A process that reads the database file in its argument, changes nothing, and prints how it is (see FileState). */
import { pathToFileURL } from 'node:url';
import Libsql from 'libsql';
import type { FileState } from './examine-file.js';
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
  // The driver's own option for reading alone creates files, so SQLite is told by the address.
  const db = new Libsql(`${pathToFileURL(file).href}?mode=ro&readonly_shm=1`);
  const { user_version: version } = db.prepare('PRAGMA user_version').get() as { user_version: number };
  if (version > MIGRATIONS.length) return 'newer';
  const { quick_check: says } = db.prepare('PRAGMA quick_check(1)').get() as { quick_check: string };
  return says === 'ok' ? 'sound' : 'damaged';
}
