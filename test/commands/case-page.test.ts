import assert from 'node:assert/strict';
import { casePage } from '../../src/commands/case-page.js';
import { shownText } from '../../src/sandbox/slack/start-slack.js';
import type { CaseRecord } from '../../src/store/store.js';

const ONE = '111122223333';
const OTHER = '444455556666';

function record(account: string, n: number): CaseRecord {
  const key = { account, caseId: `case-${n}` };
  const none = { card: null, shown: null, digest: null, walkedAt: null, recoveredAt: null, formerTs: null };
  const place = { channel: 'C1', threadTs: '1.000001' };
  return { key, displayId: `${n}`, ...place, ...none, resolved: false, activityAt: n };
}

function listOf(accounts: readonly string[], total = accounts.length, alias?: string): string {
  const deps = {
    slack: { linkTo: () => 'https://acme.slack.com/p1' },
    accountName: (account: string) => (alias === undefined ? account : `${alias} (${account})`),
  };
  const page = { cases: accounts.map(record), total, offset: 0 };
  const look = { head: () => 'Cases', action: 'x', value: String, parked: new Map() };
  const { text, blocks } = casePage(deps as unknown as Parameters<typeof casePage>[0], page, look);
  return shownText({ text, blocks: [...blocks] as never });
}

describe('a list of cases', () => {
  it('names accounts only where that tells people anything', () => {
    assert.doesNotMatch(listOf([ONE, ONE]), /account/);
    assert.match(listOf([ONE, OTHER]), /account 111122223333[\s\S]*account 444455556666/);
    assert.match(listOf([ONE], 1, 'production'), /account production \(111122223333\)/);
    // The other pages may hold cases of another.
    assert.match(listOf([ONE, ONE], 12), /account 111122223333/);
  });
});
