import { AHEAD_MS } from '../inbox/inbox.js';
import { SqliteInbox } from '../inbox/sqlite-inbox.js';
import { STANDING_DUTY } from '../lease/duty.js';
import { localGates } from '../pace/local-gates.js';
import { Database } from '../sqlite/database.js';
import { keepAlive, lookAtFile, noticeCopy } from '../store/sqlite-continuity.js';
import { sqliteStore } from '../store/sqlite-store.js';
import type { Storage } from './storage.js';

export interface SqliteStorageOptions {
  readonly path: string;
  readonly now: () => number;
  /** How long a parked key rests before it is tried again. */
  readonly parkedMs: number;
  readonly callsAfterMs?: number | undefined;
}

/** Everything in one file, for one process. Rejects with a sentence for people when the file cannot be used. */
export async function openSqliteStorage({
  path,
  now,
  parkedMs,
  callsAfterMs = 0,
}: SqliteStorageOptions): Promise<Storage> {
  const before = lookAtFile(path);
  const db = await Database.open(path);
  await noticeCopy(db, path, before, now());
  const stopBeating = keepAlive(db, now);
  const queue = (name: string) => new SqliteInbox({ db, queue: name, now, parkedMs });
  const cases = queue('cases');
  const store = sqliteStore({
    db, // Somebody waits for what an event tells, and nobody in particular for what a sweep finds.
    mark: (key, after = AHEAD_MS) => cases.markNow(key, after),
    callsAfterMs,
    now,
  });
  return {
    name: 'sqlite',
    store,
    cases,
    cards: queue('cards'),
    replies: queue('replies'),
    notices: queue('notices'),
    directs: queue('directs'),
    gates: localGates(() => performance.now()),
    risks: () => [],
    now,
    duty: () => STANDING_DUTY,
    close: () => {
      stopBeating();
      return store.close();
    },
  };
}
