import assert from 'node:assert/strict';
import { accountName } from '../../src/case/account-name.js';
import { alikeInAll, inAccounts, ofAccount, ofAnyAccount } from '../../src/case/of-account.js';

const ids = Array.from({ length: 40 }, (_, n) => String(500000000000 + n));
const accounts = ids.map((id, n) => ({ id, name: accountName(n === 0 ? 'a: (b) 1' : null, id) }));
const SENTENCES = accounts.map(({ id, name }) =>
  ofAccount(name, `May not assume arn:aws:iam::${id}:role/x.`),
);

describe('what is wrong with an account', () => {
  it('is alike in all of which the same is wrong', () => {
    const [alike = '', ...others] = new Set(SENTENCES.map(alikeInAll));
    assert.deepEqual(others, []);
    assert.equal(ofAnyAccount(SENTENCES[0] ?? ''), 'May not assume arn:aws:iam::…:role/x.');
    assert.match(
      inAccounts(alike, accounts),
      /^40 AWS accounts \(a: \(b\) 1 \(500000000000\), 500000000001, .*500000000004, and 35 more\): May not assume/,
    );
    for (const [n, account] of accounts.entries()) assert.equal(inAccounts(alike, [account]), SENTENCES[n]);
  });

  it('is left alone where it is of no account', () => {
    const said = 'The bot is not in the channel.';
    assert.deepEqual([alikeInAll(said), ofAnyAccount(said), inAccounts(said, accounts)], [said, said, said]);
  });
});
