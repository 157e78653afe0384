import assert from 'node:assert/strict';
import { join } from 'node:path';
import { Database } from '../../src/sqlite/database.js';
import { sqliteStore } from '../../src/store/sqlite-store.js';
import { startChild } from '../start-child.js';
import { temporaryFolder } from '../temporary-folder.js';
import { ACCOUNT, KEY, keyText, wireEvent } from './event-door.js';

const CASE = 'case-111122223333-muen-2022-7118885805350839';

/** The door for events as the bot has it, in a process of its own; nobody works on the marks. */
const DOOR = `
  const load = (path) => import(new URL(path, process.env.SRC));
  const { Database } = await load('sqlite/database.js');
  const { sqliteStore } = await load('store/sqlite-store.js');
  const { SqliteInbox } = await load('inbox/sqlite-inbox.js');
  const { awsEvents } = await load('ingress/aws-events.js');
  const { startServer } = await load('ingress/server.js');
  const db = await Database.open(process.env.FILE);
  const inbox = new SqliteInbox({ db, queue: 'cases', now: Date.now, parkedMs: 1000 });
  const store = sqliteStore({ db, now: Date.now, mark: (key) => inbox.markNow(key) });
  const log = { debug() {}, info() {}, warn() {}, error() {} };
  const POST = awsEvents({ store, keys: [process.env.KEY], refusedBy: () => null, log, metrics: { events() {} }, now: Date.now });
  const server = await startServer({ host: '127.0.0.1', port: 0, log, routes: { '/aws/events': { POST } } });
  console.log(server.port);
`;

describe('a process that is killed right after its 202', () => {
  it('has stored every event that it accepted, with its mark', async () => {
    const folder = temporaryFolder();
    const FILE = join(folder.path, 'casethread.db');
    const SRC = new URL('../../src/', import.meta.url).href;
    const child = startChild(DOOR, { FILE, KEY, SRC });
    try {
      const port = await child.line();
      const accepted: string[] = [];
      // Many at once, so that the kill comes while others are on their way.
      const posts = Array.from({ length: 40 }, async (_, index) => {
        const event = wireEvent();
        event.detail['case-id'] = `${CASE}-${index}`;
        const response = await fetch(`http://127.0.0.1:${port}/aws/events`, {
          method: 'POST',
          headers: { 'x-api-key': KEY },
          body: JSON.stringify(event),
        });
        if (response.status === 202) accepted.push(`${CASE}-${index}`);
        if (accepted.length >= 5) await child.kill();
      });
      await Promise.allSettled(posts);
      await child.kill();
      assert.ok(accepted.length >= 5, `only ${accepted.length} were accepted`);

      const db = await Database.open(FILE);
      try {
        const store = sqliteStore({ db, now: Date.now, mark: () => undefined });
        const marks = new Set(db.all('SELECT key FROM marks').map((row) => String(row.key)));
        for (const caseId of accepted) {
          const { facts } = await store.caseFile({ account: ACCOUNT, caseId });
          assert.equal(facts.length, 1, `${caseId} was accepted and is lost`);
        }
        // Mark and fact go together, also of events that nobody was told of.
        const kept = db.all('SELECT case_key FROM facts').map((row) => String(row.case_key));
        assert.deepEqual(new Set(kept), marks);
        assert.ok(accepted.every((caseId) => marks.has(keyText(caseId))));
      } finally {
        db.close();
      }
    } finally {
      await child.kill();
      folder.remove();
    }
  });
});
