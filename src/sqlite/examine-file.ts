import { execFile } from 'node:child_process';
import { accessSync, constants, type Stats, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/**
 * How a database file is found, without a change to it.
 *
 * - `absent`: none yet; a start creates it.
 * - `no-file`: there can be none: a link that leads to itself, the name of a folder, a name too long.
 * - `in-use`: a process has it open, which keeps everybody else out.
 * - `unfinished`: its process ended uncleanly; the next start finishes what is in its log, and checks it.
 * - `locked-out`: this user may not read or write it.
 * - `foreign`: no database, or another program's.
 * - `newer`: written by a newer version.
 * - `slow`: all of it could not be read in time.
 */
export type FileState =
  | 'absent'
  | 'no-file'
  | 'in-use'
  | 'unfinished'
  | 'locked-out'
  | 'foreign'
  | 'newer'
  | 'damaged'
  | 'slow'
  | 'sound';

const READER = fileURLToPath(new URL('read-file.js', import.meta.url));
const LONGEST_MS = 8_000;

/** Creates and changes nothing, and holds up nobody: a bot may run on the file, or be started meanwhile. */
export async function examineFile(path: string): Promise<FileState> {
  if (isNoFile(path)) return 'no-file';
  const file = found(path);
  if (file === undefined || (file.isFile() && file.size === 0)) return 'absent';
  if (!file.isFile()) return 'foreign';
  try {
    accessSync(path, constants.R_OK | constants.W_OK);
  } catch {
    return 'locked-out';
  }
  // SQLite would have to write in order to read it.
  if ((found(`${path}-journal`)?.size ?? 0) > 0) return 'unfinished';
  return readElsewhere(path);
}

/**
 * In a process of its own. The driver keeps a file that it could not read locked until its memory is collected; closing a
 * second handle on a file gives up the locks that the process has on it; and reading it all may take a while.
 */
function readElsewhere(path: string): Promise<FileState> {
  return new Promise((resolve, reject) => {
    execFile(process.execPath, [READER, path], { timeout: LONGEST_MS }, (error, output) => {
      if (error === null) resolve(output.trim() as FileState);
      else if (error.killed) resolve('slow');
      else reject(error);
    });
  });
}

/** Nor for :memory:, which SQLite takes for a database that ends with the process. */
export function isNoFile(path: string): boolean {
  if (path === '' || path === ':memory:' || path.endsWith('/') || path.includes('\0')) return true;
  try {
    statSync(path);
    return false;
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    return code === 'ELOOP' || code === 'ENAMETOOLONG';
  }
}

function found(path: string): Stats | undefined {
  try {
    return statSync(path, { throwIfNoEntry: false });
  } catch {
    // Below a file, or in a folder that is closed to us: whether it could be there is found out by its folder.
    return undefined;
  }
}
