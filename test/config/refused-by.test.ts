import assert from 'node:assert/strict';
import { refusedBy } from '../../src/config/refused-by.js';
import { fileOf } from './reading.js';

const ONE = '111122223333';
const OTHER = '444455556666';

describe('whose events are taken', () => {
  const listing = (unlisted: string) =>
    fileOf(`accounts: [{id: "${ONE}"}]\nunlisted_accounts: ${unlisted}\n`);
  const all: [
    what: string,
    awsAccounts: string[],
    file: Parameters<typeof refusedBy>[2],
    one: unknown,
    other: unknown,
  ][] = [
    ['anybody’s, where nothing is said', [], fileOf('failover: true'), null, null],
    ['those of AWS_ACCOUNTS', [ONE], fileOf('failover: true'), null, 'AWS_ACCOUNTS'],
    ['those that the file lists', [], listing('refuse'), null, 'CONFIG_FILE'],
    ['anybody’s, where the file follows unlisted ones', [], listing('follow'), null, null],
    [
      'those of AWS_ACCOUNTS, though the file follows unlisted ones',
      [ONE],
      listing('follow'),
      null,
      'AWS_ACCOUNTS',
    ],
    ['those that both have', [ONE, OTHER], listing('refuse'), null, 'CONFIG_FILE'],
    [
      'nobody’s that AWS_ACCOUNTS lacks, though the file lists it',
      [OTHER],
      listing('refuse'),
      'AWS_ACCOUNTS',
      'CONFIG_FILE',
    ],
  ];
  for (const [what, awsAccounts, file, one, other] of all) {
    it(`are ${what}`, () => {
      assert.deepEqual(
        [refusedBy(ONE, awsAccounts, file), refusedBy(OTHER, awsAccounts, file)],
        [one, other],
      );
    });
  }
});
