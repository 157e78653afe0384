import assert from 'node:assert/strict';
import { oncePerRequest } from '../../src/commands/once-per-request.js';
import { Database } from '../../src/sqlite/database.js';
import { BEGUN_MS, DONE_MS } from '../../src/store/request.js';
import { sqliteStore } from '../../src/store/sqlite-store.js';
import type { Store } from '../../src/store/store.js';
import { temporaryFolder } from '../temporary-folder.js';

const PATIENCE = { everyMs: 5, longestMs: 60 };

describe('oncePerRequest', () => {
  let folder: ReturnType<typeof temporaryFolder>;
  let db: Database;
  let now: number;
  let done: string[];
  /** Two replicas on one store. */
  let here: Store;
  let there: Store;
  beforeEach(async () => {
    folder = temporaryFolder();
    db = await Database.open(`${folder.path}/casethread.db`);
    now = 1_700_000_000_000;
    done = [];
    const replica = () => sqliteStore({ db, now: () => now, mark: () => undefined });
    here = replica();
    there = replica();
  });
  afterEach(() => {
    db.close();
    folder.remove();
  });

  const once = (store: Store, keys: readonly string[], work: string | (() => Promise<void>)) =>
    oncePerRequest(
      store,
      keys,
      typeof work === 'function'
        ? work
        : async () => {
            done.push(work);
          },
      PATIENCE,
    );

  it('does work once for each key, also elsewhere, and waits for what is under way', async () => {
    let finish: () => void = () => undefined;
    const first = once(here, ['a'], () => new Promise<void>((resolve) => (finish = resolve)));
    let ended = false;
    const second = once(there, ['a'], 'again').then(() => {
      ended = true;
    });
    await once(there, ['b'], 'other');
    assert.equal(ended, false);
    finish();
    await Promise.all([first, second]);
    assert.deepEqual(done, ['other']);
  });

  it('knows work again by any of its keys', async () => {
    await once(here, ['a', 'message'], 'first');
    await once(there, ['b', 'message'], 'second');
    await once(here, ['b'], 'third');
    assert.deepEqual(done, ['first']);
  });

  it('does again what failed, and leaves no key begun', async () => {
    await assert.rejects(
      once(here, ['a', 'b'], () => Promise.reject(new Error('no'))),
      /no/,
    );
    await once(there, ['a'], 'a');
    await once(there, ['b'], 'b');
    assert.deepEqual(done, ['a', 'b']);
  });

  it('does what was begun by a process that died, once its time is up', async () => {
    assert.equal(await here.beginRequest('a'), 'yours');
    await assert.rejects(once(there, ['a'], 'too early'), /under way elsewhere/);
    const waiting = once(there, ['a'], 'after all');
    now += BEGUN_MS + 1;
    await waiting;
    assert.deepEqual(done, ['after all']);
  });

  it('remembers for longer than Slack sends anything again', async () => {
    await once(here, ['a'], 'first');
    now += 6 * 60_000;
    await once(there, ['a'], 'second');
    now += DONE_MS;
    await once(there, ['a'], 'another day');
    assert.deepEqual(done, ['first', 'another day']);
  });
});
