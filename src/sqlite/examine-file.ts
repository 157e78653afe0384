import { accessSync, constants, statSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import Libsql from 'libsql';
import { MIGRATIONS } from './migrations.js';

/**
 * How a database file is found, without touching it.
 *
 * - `absent`: none yet; a start creates it.
 * - `in-use`: a process has it open, which keeps everybody else out.
 * - `unfinished`: its process ended uncleanly; the next start finishes what is in its log, and checks it.
 * - `locked-out`: this user may not read or write it.
 * - `foreign`: no database.
 * - `newer`: written by a newer version.
 * - `sound`; `checked` is false where it is too large for all of it to be read here.
 */
export type FileState =
  | { readonly is: 'absent' | 'in-use' | 'unfinished' | 'locked-out' | 'foreign' | 'newer' | 'damaged' }
  | { readonly is: 'sound'; readonly checked: boolean };

/** Reading the whole file holds up everything else in the process: about a second for so much on a slow disk. */
const MAX_CHECKED_BYTES = 100_000_000;

/**
 * Creates, changes and locks nothing. Not for the process that has the file open itself: closing a second handle on a
 * file gives up the system's locks that the process has on it.
 */
export function examineFile(path: string): FileState {
  const file = statSync(path, { throwIfNoEntry: false });
  if (file === undefined || (file.isFile() && file.size === 0)) return { is: 'absent' };
  if (!file.isFile()) return { is: 'foreign' };
  try {
    accessSync(path, constants.R_OK | constants.W_OK);
  } catch {
    return { is: 'locked-out' };
  }
  // SQLite would have to write in order to read it.
  if (isThere(`${path}-journal`)) return { is: 'unfinished' };
  try {
    return read(path, file.size);
  } catch (error) {
    return { is: stateOf(error, isThere(`${path}-wal`)) };
  }
}

/** The driver's own option for reading alone creates files, so SQLite is told by the address. */
function read(path: string, size: number): FileState {
  const db = new Libsql(`${pathToFileURL(path).href}?mode=ro&readonly_shm=1`);
  try {
    const { user_version: version } = db.prepare('PRAGMA user_version').get() as { user_version: number };
    if (version > MIGRATIONS.length) return { is: 'newer' };
    if (size > MAX_CHECKED_BYTES) return { is: 'sound', checked: false };
    const { quick_check: says } = db.prepare('PRAGMA quick_check(1)').get() as { quick_check: string };
    return says === 'ok' ? { is: 'sound', checked: true } : { is: 'damaged' };
  } finally {
    db.close();
  }
}

function stateOf(error: unknown, hasLog: boolean): 'in-use' | 'unfinished' | 'foreign' | 'damaged' {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (code.startsWith('SQLITE_BUSY')) return 'in-use';
  if (code.startsWith('SQLITE_NOTADB')) return 'foreign';
  return hasLog ? 'unfinished' : 'damaged';
}

function isThere(path: string): boolean {
  return (statSync(path, { throwIfNoEntry: false })?.size ?? 0) > 0;
}
