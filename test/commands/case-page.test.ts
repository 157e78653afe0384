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
    isFollowed: () => true,
    accountName: (account: string) => (alias === undefined ? account : `${alias} (${account})`),
  };
  const page = { cases: accounts.map(record), total, offset: 0 };
  const look = { head: () => 'Cases', action: 'x', value: String, parked: new Map() };
  const { text, blocks } = casePage(deps as unknown as Parameters<typeof casePage>[0], page, look);
  return shownText({ text, blocks: [...blocks] as never });
}

describe('a list of cases', () => {
  it('is taken by Slack with the longest subjects, aliases and reasons, and says each reason once', () => {
    const name = (account: string) => `${'"a" '.repeat(15)}(${account})`;
    const deps = {
      slack: { linkTo: () => `https://acme.slack.com/${'p'.repeat(80)}` },
      accountName: name,
      isFollowed: () => true,
    };
    const details = { status: 'opened', subject: '"quoted" '.repeat(120), severity: 'urgent' };
    const ids = Array.from({ length: 10 }, (_, n) => String(500000000000 + n));
    const cases = ids.map((id, n) => ({ ...record(id, n), card: { details, turn: 'aws' } as never }));
    const reason = (id: string) =>
      `AWS account ${name(id)}: May not assume arn:aws:iam::${id}:role/casethread. ${'Look at "it". '.repeat(30)}`;
    const page = (parked: ReadonlyMap<string, string>) =>
      casePage(
        deps as unknown as Parameters<typeof casePage>[0],
        { cases, total: 30, offset: 0 },
        { head: () => 'Cases', action: 'x', value: String, parked },
      );
    const alike = page(
      new Map(cases.map(({ key }) => [`${key.account}/${key.caseId}`, reason(key.account)])),
    );
    assert.ok(JSON.stringify(alike.blocks).length <= 13_200);
    const said = shownText({ text: '', blocks: [...alike.blocks] as never });
    assert.equal(said.split('May not assume arn:aws:iam::…:role').length, 2);
    assert.match(said, /:warning: Needs a person: Case 0, Case 1, .*Case 9\. May not/);
    const each = page(
      new Map(cases.map(({ key }) => [`${key.account}/${key.caseId}`, `${key.caseId} ${reason('')}`])),
    );
    assert.ok(JSON.stringify(each.blocks).length <= 13_200);
    const few = page(new Map());
    assert.match(shownText({ text: '', blocks: [...few.blocks] as never }), /(?:"quoted" ){20}/);
  });

  it('names accounts only where that tells people anything', () => {
    assert.doesNotMatch(listOf([ONE, ONE]), /account/);
    assert.match(listOf([ONE, OTHER]), /account 111122223333[\s\S]*account 444455556666/);
    assert.match(listOf([ONE], 1, 'production'), /account production \(111122223333\)/);
    // The other pages may hold cases of another.
    assert.match(listOf([ONE, ONE], 12), /account 111122223333/);
  });
});
