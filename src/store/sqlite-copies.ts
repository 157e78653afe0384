import { statSync } from 'node:fs';
import type { Database } from '../sqlite/database.js';

/** What the file system says of a database file before it is opened; null when there is none. */
export interface FileLook {
  readonly identity: string;
  /** Its times were set by whoever copied it: it has been written later than it says. */
  readonly hasGivenTimes: boolean;
}

const IDENTITY = 'file';
const APART_MS = 2_000;

export function lookAtFile(path: string): FileLook | null {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (stat === undefined) return null;
  // Where the system keeps no time of birth, another one stands in its place, which changes.
  const born = stat.birthtimeMs > 0 && stat.birthtimeMs < stat.ctimeMs ? Math.floor(stat.birthtimeMs) : '';
  return { identity: `${stat.ino} ${born}`, hasGivenTimes: stat.ctimeMs - stat.mtimeMs > APART_MS };
}

/**
 * Notices a file that was put back from a copy: it knows nothing of what was posted after the copy was made, which is
 * since the last message that it knows of. To take a file for a copy that is none costs a few readings of Slack.
 *
 * @param before the file before it was opened.
 */
export async function noticeCopy(
  db: Database,
  path: string,
  before: FileLook | null,
  now: number,
): Promise<void> {
  const identity = lookAtFile(path)?.identity ?? '';
  const known = db.get('SELECT value FROM notes WHERE name = ?', IDENTITY)?.value;
  if (known === identity && !before?.hasGivenTimes) return;
  await db.write(() => {
    if (known !== undefined && before !== null) {
      const last = db.get('SELECT max(intended_at) AS at FROM ledger')?.at;
      db.run('INSERT INTO doubts VALUES (?, ?)', Number(last ?? 0), now);
    }
    db.run('INSERT OR REPLACE INTO notes VALUES (?, ?)', IDENTITY, identity);
  });
}
