import assert from 'node:assert/strict';
import { join } from 'node:path';
import { done } from '../../src/inbox/outcome.js';
import { SqliteInbox } from '../../src/inbox/sqlite-inbox.js';
import { Database } from '../../src/sqlite/database.js';
import { Desk } from '../contract/inbox/desk.js';
import { type InboxHarness, inboxContract } from '../contract/inbox.contract.js';
import { temporaryFolder } from '../temporary-folder.js';
import { until } from '../until.js';

inboxContract('SQLite', async ({ parkedMs }) => {
  const folder = temporaryFolder();
  const open = async (): Promise<InboxHarness> => {
    const db = await Database.open(join(folder.path, 'casethread.db'));
    const inbox = new SqliteInbox({ db, queue: 'cases', now: Date.now, parkedMs });
    const cutOff = async () => {
      await inbox.stop(0);
      db.close();
    };
    return {
      inbox,
      async crash() {
        await cutOff();
        return open();
      },
      async close() {
        await cutOff();
        folder.remove();
      },
    };
  };
  return open();
});

describe('SqliteInbox', () => {
  let folder: ReturnType<typeof temporaryFolder>;
  let db: Database;
  let desk: Desk;
  let inboxes: SqliteInbox[];
  let clock: number;
  beforeEach(async () => {
    folder = temporaryFolder();
    db = await Database.open(join(folder.path, 'casethread.db'));
    desk = new Desk();
    inboxes = [];
    clock = 1_000_000;
  });
  afterEach(async () => {
    for (const inbox of inboxes) await inbox.stop(0);
    db.close();
    folder.remove();
  });

  const open = (queue: string) => {
    const inbox = new SqliteInbox({ db, queue, now: () => clock, parkedMs: 1_000 });
    inboxes.push(inbox);
    return inbox;
  };

  it('keeps the marks of several inboxes apart that share a file', async () => {
    const [cases, cards] = [open('cases'), open('cards')];
    await cases.mark('a');
    await cards.mark('a', 5_000);
    await cards.mark('b');
    cards.run(desk.handler, { concurrency: 4 });
    await desk.begun('b');
    assert.deepEqual(desk.keys, ['b']);
    assert.deepEqual(await cases.stats(), { waiting: 1, working: 0, parked: 0 });
    assert.deepEqual(await cards.stats(), { waiting: 1, working: 1, parked: 0 });
  });

  it('forgets a mark that was part of a write that failed', async () => {
    const inbox = open('cases');
    inbox.run(desk.handler, { concurrency: 4 });
    const failing = db.write(() => {
      inbox.markNow('lost');
      throw new Error('what belongs to the mark could not be kept');
    });
    await assert.rejects(failing, /could not be kept/);
    await inbox.mark('kept');
    await desk.begun('kept');
    assert.deepEqual(desk.keys, ['kept']);
  });

  it('goes by the clock that it is given', async () => {
    const inbox = open('cases');
    inbox.run(desk.handler, { concurrency: 4 });
    await inbox.mark('in an hour', 3_600_000);
    clock += 3_599_999;
    await inbox.mark('b');
    await desk.begun('b');
    assert.deepEqual(desk.keys, ['b']);
    clock += 1;
    await inbox.mark('c');
    await desk.begun('in an hour');
  });

  it('works on the longest due first', async () => {
    const inbox = open('cases');
    for (const key of ['first', 'second', 'third']) {
      clock += 1;
      await inbox.mark(key);
    }
    inbox.run(async (run) => desk.handler(run), { concurrency: 1 });
    for (const key of ['first', 'second', 'third']) {
      await desk.begun(key);
      desk.end(key, done);
    }
    await until(async () => (await inbox.stats()).working === 0, 'nothing in work');
    assert.deepEqual(desk.keys, ['first', 'second', 'third']);
  });

  it('works on a key once more when it could not write down that it was done', async () => {
    const inbox = open('cases');
    inbox.run(desk.handler, { concurrency: 1 });
    await inbox.mark('a');
    await desk.begun('a');
    await db.write(() =>
      db.run("CREATE TRIGGER full BEFORE DELETE ON marks BEGIN SELECT RAISE(ABORT, 'disk full'); END"),
    );
    desk.end('a', done);
    await desk.begun('a', 2);
    await db.write(() => db.run('DROP TRIGGER full'));
    desk.end('a', done);
    await until(async () => (await inbox.stats()).working === 0, 'nothing in work');
    assert.deepEqual(await inbox.stats(), { waiting: 0, working: 0, parked: 0 });
  });
});
