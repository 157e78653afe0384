import assert from 'node:assert/strict';
import { join } from 'node:path';
import type { CommandDeps } from '../../../src/commands/command-deps.js';
import { sharedLinks } from '../../../src/commands/unfurl/shared-links.js';
import type { UserKind } from '../../../src/slack/slack.js';
import { openSqliteStorage } from '../../../src/storage/sqlite-storage.js';
import type { Storage } from '../../../src/storage/storage.js';
import { createLog } from '../../../src/telemetry/log.js';
import { temporaryFolder } from '../../temporary-folder.js';

const CHANNEL = 'C0CASES0001';
const MINUTE = 60_000;
const [PRODUCTION, STAGING] = ['111122223333', '444455556666'] as const;
const LINK = 'https://console.aws.amazon.com/support/home#/case/?displayId=1234563851';

describe('sharedLinks', () => {
  const folder = temporaryFolder();
  let storage: Storage;
  let now: number;
  let count = 0;
  let kind: UserKind | null;
  let mayShow: boolean;
  let asked: string[];
  /** Of each call the accounts of the cases that were shown. */
  let shown: string[][];
  beforeEach(async () => {
    count += 1;
    now = Date.UTC(2026, 2, 1);
    [kind, mayShow, asked, shown] = ['person', true, [], []];
    storage = await openSqliteStorage({
      path: join(folder.path, `${count}.db`),
      now: () => now,
      parkedMs: 1,
    });
  });
  afterEach(() => storage.close());
  after(() => folder.remove());

  const keep = async (account: string, isShown = true) => {
    const key = { account, caseId: `case-${account}-muen-2026-1` };
    await storage.store.saveCase({
      key,
      displayId: '1234563851',
      channel: CHANNEL,
      threadTs: '1700000000.000100',
      card: isShown
        ? { key, displayId: '1234563851', details: null, resolved: false, turn: null, missing: null }
        : null,
      digest: null,
      resolved: false,
      activityAt: now,
      walkedAt: null,
      recoveredAt: null,
      formerTs: null,
    });
  };
  /** Posts links, and waits until all is done that comes of it. */
  const post = async (links: readonly string[] = [LINK], channel = CHANNEL) => {
    const deps = {
      store: storage.store,
      slack: { linkTo: () => null },
      people: { kindOf: async () => kind },
      accountName: (account: string) => account,
      mayShowIn: async (inChannel: string, { key }: { key: { account: string } }, user: string) => {
        asked.push(`${inChannel} ${key.account} ${user}`);
        return mayShow;
      },
      unfurls: {
        show: async (_: unknown, cards: ReadonlyMap<string, unknown>) => {
          shown.push(
            [...cards.values()].map((card) => /account (\d+)/.exec(JSON.stringify(card))?.[1] ?? ''),
          );
        },
      },
      log: createLog('fatal' as never, () => {}),
    } as unknown as CommandDeps;
    const before = shown.length;
    const later: (() => Promise<void>)[] = [];
    const event = {
      ...{ type: 'link_shared', user: 'U0ALICE0001', channel, message_ts: '1712345678.123456' },
      ...{ is_bot_user_member: true, links: links.map((url) => ({ url })) },
    };
    await sharedLinks(deps, event, { isShared: false, afterwards: (work) => later.push(work) });
    // Not before Slack has its answer.
    assert.equal(shown.length, before);
    for (const work of later) await work();
  };
  it('shows a case again once half an hour has passed, and not before', async () => {
    await keep(PRODUCTION);
    await post();
    now += 29 * MINUTE;
    await post();
    assert.equal(shown.length, 1);
    now += 2 * MINUTE;
    await post();
    assert.equal(shown.length, 2);
  });

  it('counts each channel for itself', async () => {
    await keep(PRODUCTION);
    await post();
    await post([LINK], 'C0OTHER0001');
    assert.equal(shown.length, 2);
    assert.deepEqual(asked, [
      `${CHANNEL} ${PRODUCTION} U0ALICE0001`,
      `C0OTHER0001 ${PRODUCTION} U0ALICE0001`,
    ]);
  });

  it('shows nothing that may not be shown there, and does not count it as shown', async () => {
    await keep(PRODUCTION);
    mayShow = false;
    await post();
    mayShow = true;
    for (const each of ['bot', 'stranger', null] as const) {
      kind = each;
      await post();
    }
    assert.deepEqual(shown, []);
    kind = 'guest';
    await post();
    assert.deepEqual(shown, [[PRODUCTION]]);
    // Slack is not asked of what was shown.
    asked = [];
    await post();
    assert.deepEqual([shown.length, asked], [1, []]);
  });

  it('guesses nothing where a number is that of two cases, unless the link names the account', async () => {
    await keep(PRODUCTION);
    await keep(STAGING);
    await post();
    assert.deepEqual(shown, []);
    await post([LINK.replace('https://', `https://${STAGING}-abcd1234.us-east-1.`)]);
    assert.deepEqual(shown, [[STAGING]]);
    await post([LINK.replace(/displayId=.*/, `caseId=case-${PRODUCTION}-muen-2026-1`)]);
    assert.deepEqual(shown, [[STAGING], [PRODUCTION]]);
  });

  it('counts a case once that is linked by its number and by its id', async () => {
    await keep(PRODUCTION);
    await post([LINK, LINK.replace(/displayId=.*/, `caseId=case-${PRODUCTION}-muen-2026-1`)]);
    assert.deepEqual([shown, asked.length], [[[PRODUCTION]], 1]);
  });

  it('shows nothing of a case of which there is no card yet', async () => {
    await keep(PRODUCTION, false);
    await post();
    assert.deepEqual([shown, asked], [[], []]);
  });
});
