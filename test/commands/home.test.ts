import assert from 'node:assert/strict';
import { join } from 'node:path';
import type { Card } from '../../src/case/card.js';
import type { CaseKey } from '../../src/case/case-key.js';
import { readHome } from '../../src/commands/home/read-home.js';
import { renderHome } from '../../src/commands/home/render-home.js';
import { acceptView } from '../../src/sandbox/slack/blocks/check-view.js';
import { shownText } from '../../src/sandbox/slack/start-slack.js';
import { openSqliteStorage } from '../../src/storage/sqlite-storage.js';
import type { Storage } from '../../src/storage/storage.js';
import type { CaseRecord } from '../../src/store/store.js';
import { temporaryFolder } from '../temporary-folder.js';

const NOW = Date.UTC(2026, 2, 1);
const DAY = 86_400_000;
const ALICE = { user: 'U0ALICE0001', name: 'Alice Example' };
const BOT = { lastEventAt: NOW, sweep: { state: 'ok', lastAt: NOW } } as const;

function record(n: number, change: Partial<Card> = {}, account = '111122223333'): Omit<CaseRecord, 'shown'> {
  const key: CaseKey = { account, caseId: `case-${n}` };
  return {
    key,
    displayId: String(1_000_000_000 + n),
    channel: 'C0CASES0001',
    threadTs: `17000000${String(n).padStart(2, '0')}.000100`,
    card: {
      key,
      displayId: String(1_000_000_000 + n),
      details: {
        subject: `${'W'.repeat(2_000)} ${n}`,
        status: 'opened',
        severity: 'low',
        service: 'ec2',
        category: 'other',
        openedBy: 'x',
        openedAt: NOW - n * DAY,
      },
      resolved: false,
      turn: n % 5 === 0 ? 'us' : 'aws',
      missing: null,
      ...change,
    },
    digest: null,
    resolved: false,
    activityAt: NOW - n,
    walkedAt: null,
    recoveredAt: null,
    formerTs: null,
  };
}

describe('the Home tab', () => {
  const folder = temporaryFolder();
  let storage: Storage;
  let reads: string[];
  let parked: CaseKey[];
  let count = 0;
  beforeEach(async () => {
    count += 1;
    const path = join(folder.path, `${count}.db`);
    storage = await openSqliteStorage({ path, now: () => NOW, parkedMs: 1 });
    [reads, parked] = [[], []];
  });
  afterEach(() => storage.close());
  after(() => folder.remove());

  const keep = (records: readonly Omit<CaseRecord, 'shown'>[]) =>
    Promise.all(records.map((each) => storage.store.saveCase(each)));
  const many = (n: number) => keep(Array.from({ length: n }, (_, index) => record(index)));
  const shown = async () => {
    const { store } = storage;
    const counted = {
      canonical: store.canonical,
      getCases: ((...args) => {
        reads.push('getCases');
        return store.getCases(...args);
      }) as typeof store.getCases,
      listCases: ((...args) => {
        reads.push('listCases');
        return store.listCases(...args);
      }) as typeof store.listCases,
      ownersOf: ((...args) => {
        reads.push('ownersOf');
        return store.ownersOf(...args);
      }) as typeof store.ownersOf,
    };
    const picture = await readHome({ store: counted, parked: async () => parked, state: async () => BOT });
    const deps = {
      slack: { linkTo: ({ ts }: { ts: string }) => `https://acme.slack.com/p${ts}` },
      accountName: (account: string) => (account === '444455556666' ? 'acme-production' : account),
    };
    const view = renderHome(deps, picture, ALICE.user);
    // As Slack takes it.
    const { blocks } = acceptView(JSON.parse(JSON.stringify(view)), 'home');
    return { text: shownText({ blocks }), blocks };
  };

  it('takes 150 cases: what waits for us first, as many as one reads, and says how many more', async () => {
    await many(150);
    await storage.store.setOwner(record(147).key, ALICE);
    // One that is not kept, and one that has two marks because AWS gave it another id.
    const [other, another] = [record(7, {}, '444455556666').key, { ...record(1).key, caseId: 'case-other' }];
    await storage.store.saveAlias(another, record(1).key);
    parked = [record(1).key, another, other];
    const { text, blocks } = await shown();
    assert.ok(blocks.length <= 100);
    assert.match(text, /150 open cases · 30 wait for us · 120 for AWS · 1 yours/);
    assert.match(text, /Waiting for us \(30\)/);
    assert.match(text, /Waiting for AWS \(120\)/);
    assert.match(text, /and 90 more: \/support list shows all of them\./);
    assert.equal(text.match(/Case \d+/g)?.length, 60);
    assert.deepEqual(text.match(/Case \d+/g)?.slice(0, 3), [
      'Case 1000000145',
      'Case 1000000140',
      'Case 1000000135',
    ]);
    assert.match(text, /1000000147 .*:bust_in_silhouette: yours · W+…\n.* opened 2/);
    assert.match(text, /:warning: 2 cases need a person/);
  });

  it('reads so much and no more, however many there are', async () => {
    await many(450);
    const { text } = await shown();
    assert.deepEqual(reads, ['listCases', 'listCases', 'listCases', 'ownersOf', 'getCases']);
    assert.match(text, /450 open cases/);
    assert.match(text, /counted among the 300 with the newest activity/);
    assert.match(text, /and 390 more/);
  });

  it('counts by account, the fullest first, where there are several', async () => {
    await keep([record(1), record(2, {}, '444455556666'), record(3, {}, '444455556666')]);
    const { text } = await shown();
    assert.match(text, /By account: acme-production 2 · 111122223333 1/);
    assert.match(text, /account acme-production · opened 2/);
  });

  it('shows the most severe first, and of those that are alike the one that has waited longest', async () => {
    const severe = (n: number, severity: string) => {
      const { card } = record(n);
      return record(n, { details: { ...(card?.details as NonNullable<Card['details']>), severity } });
    };
    const odd = severe(1, 'as-you-like');
    await keep([odd, severe(2, 'low'), severe(3, 'critical'), severe(4, 'urgent'), severe(6, 'urgent')]);
    const { text } = await shown();
    assert.deepEqual(
      text.match(/Case \d+/g)?.map((each) => Number(each.at(-1))),
      [3, 6, 4, 2, 1],
    );
  });

  it('shows a case of which events alone tell, apart from those whose turn is known', async () => {
    await keep([record(1, { details: null, turn: null }), record(2)]);
    const { text } = await shown();
    assert.match(text, /Nothing waits for us/);
    assert.match(text, /AWS does not say whose turn it is \(1\)\nCase 1000000001.*\nlast activity/);
  });
});
