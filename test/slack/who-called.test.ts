import assert from 'node:assert/strict';
import { AWS_WITHOUT_CALL } from '../../src/case/author.js';
import type { Caller } from '../../src/case/calls/caller.js';
import { fromWhere, who } from '../../src/slack/who.js';

const CALLER: Caller = {
  kind: 'iam-user',
  name: 'janedoe',
  role: '',
  way: 'console',
  mfa: null,
  address: '',
};
const words = (change: Partial<Caller>) =>
  who({ side: 'customer', name: 'jane@example.com', way: 'elsewhere', caller: { ...CALLER, ...change } });

describe('who called AWS, in words', () => {
  const SAID: readonly [Partial<Caller>, string][] = [
    [{ kind: 'role', name: 'Jane Doe', role: 'AdminRole' }, 'Jane Doe (AdminRole), in the AWS console'],
    [
      { kind: 'sso', name: 'jane@example.com', role: 'Power', mfa: false },
      'jane@example.com (Power), in the AWS console',
    ],
    [{ kind: 'iam-user', name: 'deploy-bot', way: 'cli', mfa: false }, 'deploy-bot, by the AWS CLI'],
    [{ kind: 'iam-user', name: 'deploy-bot', way: 'sdk' }, 'deploy-bot, by an AWS SDK'],
    [{ mfa: false }, 'janedoe, in the AWS console, without MFA'],
    [{ mfa: true }, 'janedoe, in the AWS console, with MFA'],
    [{ kind: 'root', name: 'root', mfa: false }, 'root, in the AWS console, without MFA'],
    [{ kind: 'root', name: 'root', mfa: true, way: 'cli' }, 'root, by the AWS CLI, with MFA'],
    [{ kind: 'root', name: 'root' }, 'root, in the AWS console'],
    [{ kind: 'federated', name: 'Bob' }, 'Bob (federated), in the AWS console'],
    [{ kind: 'service', name: 'AWS Health', way: 'service' }, 'AWS Health, an AWS service'],
    [
      { kind: 'role', name: 'Jane Doe', role: 'AdminRole', way: 'service' },
      'Jane Doe (AdminRole), by way of an AWS service',
    ],
    [
      { kind: 'role', name: 'x', role: 'SupportApp', way: 'support-app' },
      'x (SupportApp), from the AWS Support App',
    ],
    [{ way: 'unknown' }, 'janedoe, outside Slack'],
    [{ kind: 'role', name: '', role: 'AdminRole' }, 'AdminRole, in the AWS console'],
  ];
  for (const [change, expected] of SAID) it(expected, () => assert.equal(words(change), expected));

  it('says how it is known that AWS did it', () => {
    assert.equal(who(AWS_WITHOUT_CALL), 'AWS (CloudTrail shows no call of yours)');
  });

  it('says from where, where that is an address of one place', () => {
    assert.equal(
      fromWhere({
        side: 'customer',
        name: '',
        way: 'elsewhere',
        caller: { ...CALLER, address: '198.51.100.15' },
      }),
      ' · from 198.51.100.15',
    );
    assert.equal(fromWhere(AWS_WITHOUT_CALL), '');
    assert.equal(fromWhere(null), '');
  });
});
