import { statSync } from 'node:fs';
import type { Database } from '../sqlite/database.js';

/** What the file system says of a database file before it is opened; null when there is none. */
export interface FileLook {
  readonly identity: string;
  /** Its times were set by whoever copied it: it has been written later than it says. */
  readonly hasGivenTimes: boolean;
}

const IDENTITY = 'file';
const ALIVE = 'alive';
/** The longer, the more there is to doubt after a gap. */
const BEAT_MS = 10_000;
/** While nobody gave a sign of life for longer than this, another store may have been in use, or a backup been put back. */
const GAP_MS = 30_000;
/** The oldest two become one rather than that there are more. */
const MOST_DOUBTS = 20;
const APART_MS = 2_000;

export function lookAtFile(path: string): FileLook | null {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (stat === undefined) return null;
  // Where the system keeps no time of birth, another one stands in its place, which changes.
  const born = stat.birthtimeMs > 0 && stat.birthtimeMs < stat.ctimeMs ? Math.floor(stat.birthtimeMs) : '';
  return { identity: `${stat.ino} ${born}`, hasGivenTimes: stat.ctimeMs - stat.mtimeMs > APART_MS };
}

/**
 * Notices a file that was put back from a copy, or lay unused: it knows nothing of what was posted after that, which is
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
  const known = noteOf(db, IDENTITY);
  const alive = noteOf(db, ALIVE);
  await db.write(() => {
    const isCopy = known !== undefined && before !== null && (known !== identity || before.hasGivenTimes);
    if (isCopy || (alive !== undefined && now - Number(alive) > GAP_MS)) {
      const last = db.get('SELECT max(intended_at) AS at FROM ledger')?.at;
      // Files of earlier versions hold no sign of life.
      doubt(db, Number(alive ?? last ?? 0), now);
    }
    db.run('INSERT OR REPLACE INTO notes VALUES (?, ?)', IDENTITY, identity);
    db.run('INSERT OR REPLACE INTO notes VALUES (?, ?)', ALIVE, String(now));
  });
}

/**
 * Writes down that the store is in use, while it is. What happened while it was not may have been posted by a bot on
 * another store, or on this one before a backup of its disk was put back. Returns what ends it.
 */
export function keepAlive(db: Database, now: () => number): () => void {
  const beat = () =>
    // A disk that is full says so elsewhere.
    void db
      .write(() => db.run('INSERT OR REPLACE INTO notes VALUES (?, ?)', ALIVE, String(now())))
      .catch(() => undefined);
  const timer = setInterval(beat, BEAT_MS).unref();
  return () => {
    clearInterval(timer);
    beat();
  };
}

function noteOf(db: Database, name: string): unknown {
  return db.get('SELECT value FROM notes WHERE name = ?', name)?.value;
}

function doubt(db: Database, from: number, until: number): void {
  db.run('INSERT INTO doubts VALUES (?, ?)', from, until);
  if (Number(db.get('SELECT count(*) AS count FROM doubts')?.count) <= MOST_DOUBTS) return;
  const [first, second] = db.all('SELECT from_at, until_at FROM doubts ORDER BY until_at LIMIT 2');
  db.run('DELETE FROM doubts WHERE until_at <= ?', Number(second?.until_at));
  db.run(
    'INSERT INTO doubts VALUES (?, ?)',
    Math.min(Number(first?.from_at), Number(second?.from_at)),
    Number(second?.until_at),
  );
}
