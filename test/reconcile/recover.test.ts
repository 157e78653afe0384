import assert from 'node:assert/strict';
import { join } from 'node:path';
import { caseKeyText } from '../../src/case/case-key.js';
import { CARD } from '../../src/case/ledger-entry.js';
import { recover } from '../../src/reconcile/recover.js';
import type { FoundEntry } from '../../src/slack/slack.js';
import { openSqliteStorage } from '../../src/storage/sqlite-storage.js';
import type { Storage } from '../../src/storage/storage.js';
import { KEY } from '../case/model/example.js';
import { temporaryFolder } from '../temporary-folder.js';

const NOW = 1_800_000_000_000;

function found(entry: string, ts: string, part = 0, parts = 1): FoundEntry {
  return { ts, tag: { case: caseKeyText(KEY), entry, part, parts, at: 7 } };
}

const CARD_THERE = found(CARD, '1700000000.000100');
const ENTRIES = [
  found('c-1', '1700000001.000100'),
  found('c-2', '1700000002.000100', 0, 2),
  found('c-2', '1700000003.000100', 1, 2),
];

describe('recover', () => {
  const folder = temporaryFolder();
  let storage: Storage;
  let count = 0;
  beforeEach(async () => {
    count += 1;
    const path = join(folder.path, `${count}.db`);
    storage = await openSqliteStorage({ path, now: () => NOW, parkedMs: 1 });
  });
  afterEach(() => storage.close());
  after(() => folder.remove());

  const run = async (store: Storage['store'] = storage.store) => {
    const deps = {
      store,
      slack: { findEntries: async () => [CARD_THERE, ...ENTRIES], personName: async () => 'Alice Example' },
      channelCards: { find: async () => ({ card: CARD_THERE, formerTs: null, remains: [] }) },
      routing: () => ({
        routes: [],
        channel: 'C1',
        broadcast: { in: new Map(), elsewhere: new Set<never>() },
      }),
      now: () => NOW,
    };
    const file = await store.caseFile(KEY);
    await recover(
      deps,
      KEY,
      file,
      { from: 0, until: NOW },
      { reading: null, openedAt: null, displayId: '1' },
    );
  };
  const ledger = async () =>
    (await storage.store.caseFile(KEY)).ledger.map(({ entry, part, ts }) => `${entry} ${part} ${ts}`).sort();

  it('writes down what is in Slack, with the times of its messages', async () => {
    await run();
    assert.deepEqual(await ledger(), [
      'c-1 0 1700000001.000100',
      'c-2 0 1700000002.000100',
      'c-2 1 1700000003.000100',
      'card 0 1700000000.000100',
    ]);
    const { record, ledger: rows } = await storage.store.caseFile(KEY);
    assert.deepEqual([record?.channel, record?.threadTs, record?.recoveredAt], ['C1', CARD_THERE.ts, NOW]);
    assert.equal(rows.find(({ entry }) => entry === 'c-1')?.intendedAt, 1_700_000_001_000);
  });

  it('never knows an entry without its thread, and is not done before it is, wherever it dies', async () => {
    for (let writes = 0; ; writes++) {
      let left = writes;
      const dying = new Proxy(storage.store, {
        get: (store, name) => {
          const method = Reflect.get(store, name) as (...given: unknown[]) => unknown;
          if (!['saveCase', 'intend', 'confirm'].includes(String(name))) return method.bind(store);
          return async (...given: unknown[]) => {
            left -= 1;
            if (left < 0) throw new Error('killed');
            return method.apply(store, given);
          };
        },
      });
      const died = await run(dying).then(
        () => false,
        () => true,
      );
      const { record, ledger: rows } = await storage.store.caseFile(KEY);
      if (rows.length > 0) assert.equal(record?.threadTs, CARD_THERE.ts);
      assert.equal(record?.recoveredAt ?? null, died ? null : NOW);
      if (!died) break;
    }
    assert.equal((await ledger()).length, 4);
  });

  it('leaves what the store knows as it is', async () => {
    await storage.store.intend(KEY, { entry: 'c-1', part: 0, parts: 1, at: 1, intendedAt: 2 });
    await storage.store.confirm(KEY, 'c-1', 0, '1699999999.000100');
    await run();
    assert.ok((await ledger()).includes('c-1 0 1699999999.000100'));
  });
});
