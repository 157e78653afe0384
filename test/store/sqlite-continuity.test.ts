import assert from 'node:assert/strict';
import { join } from 'node:path';
import { openSqliteStorage } from '../../src/storage/sqlite-storage.js';
import { temporaryFolder } from '../temporary-folder.js';

describe('the doubts of a database file', () => {
  let folder: ReturnType<typeof temporaryFolder>;
  beforeEach(() => {
    folder = temporaryFolder();
  });
  afterEach(() => folder.remove());

  /** Opens and closes the file at that time, and says which spans of time are in doubt then. */
  const doubtsAt = async (time: number) => {
    const path = join(folder.path, 'casethread.db');
    const storage = await openSqliteStorage({ path, now: () => time, parkedMs: 1_000 });
    const doubts = await storage.store.doubts();
    await storage.close();
    return doubts;
  };
  const MINUTE = 60_000;

  it('are none but its birth while it is in use, restarts included', async () => {
    const start = Date.now();
    const [birth, ...more] = await doubtsAt(start);
    assert.equal(birth?.from, 0);
    assert.deepEqual(more, []);
    assert.equal((await doubtsAt(start + MINUTE / 2)).length, 1);
    assert.equal((await doubtsAt(start + MINUTE)).length, 1);
  });

  it('begin where it was used last, when another store may have been in use since', async () => {
    const start = Date.now();
    await doubtsAt(start);
    const later = start + 5 * MINUTE;
    const [, gap, ...more] = await doubtsAt(later);
    assert.deepEqual(gap, { from: start, until: later });
    assert.deepEqual(more, []);
  });

  it('stay few, and leave no time out', async () => {
    const start = Date.now();
    for (let time = 0; time < 30; time++) await doubtsAt(start + time * 2 * MINUTE);
    const doubts = await doubtsAt(start + 60 * MINUTE);
    assert.ok(doubts.length <= 20, String(doubts.length));
    assert.equal(doubts[0]?.from, 0);
    assert.equal(doubts.at(-1)?.until, start + 60 * MINUTE);
  });
});
