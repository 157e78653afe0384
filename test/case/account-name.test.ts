import assert from 'node:assert/strict';
import { accountName } from '../../src/case/account-name.js';
import { readConfig } from '../../src/config.js';

const NEEDED = {
  SLACK_BOT_TOKEN: 'xoxb-1',
  SLACK_SIGNING_SECRET: '0123456789abcdef',
  SLACK_CHANNEL: 'C0CASES0001',
  EVENT_API_KEY: '0123456789abcdef',
};

function named(aliases: string): (account: string) => string {
  const read = readConfig({ ...NEEDED, AWS_ACCOUNT_ALIASES: aliases });
  if ('problems' in read) throw new Error(read.problems.map(({ says }) => says).join(' '));
  return (account) => accountName(read.config.awsAccountAliases.get(account) ?? null, account);
}

describe('names of accounts', () => {
  it('stand before the id, where there is one', () => {
    const name = named(' 111122223333 = production , 444455556666=sand box=1,');
    assert.deepEqual(['111122223333', '444455556666', '777788889999'].map(name), [
      'production (111122223333)',
      'sand box=1 (444455556666)',
      '777788889999',
    ]);
    assert.equal(named('')('111122223333'), '111122223333');
  });

  for (const [aliases, says] of [
    ['production', /“production” has no =/],
    ['prod=111122223333', /“prod” is not an AWS account id: those have 12 digits/],
    ['111122223333=', /There is no name behind 111122223333=/],
    ['111122223333=a,111122223333=b', /111122223333 has two names/],
    [`111122223333=${'x'.repeat(61)}`, /longer than 60 characters/],
  ] as const) {
    it(`are refused with a sentence: ${aliases.slice(0, 40)}`, () => {
      assert.throws(() => named(aliases), says);
    });
  }
});
