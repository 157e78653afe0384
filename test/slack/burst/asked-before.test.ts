import assert from 'node:assert/strict';
import type { ApiCall } from '../../../src/case/calls/api-call.js';
import { burst, CHANNEL, IN, linesOf, of, plan, ROOT } from './shown.js';

describe('renderBurst, of support plans', () => {
  const PLANS: readonly [string, ApiCall[], Record<string, string> | null, string, string?][] = [
    [
      'lowered by root',
      [plan('BASIC', { principal: ROOT, mfa: false })],
      { supportLevel: 'ENTERPRISE' },
      `:rotating_light: root, without MFA, asked AWS to lower the support plan of ${IN} to Basic`,
      'Enterprise',
    ],
    [
      'raised',
      [plan('UNIFIED_OPERATIONS')],
      { supportLevel: 'BUSINESS' },
      `:pencil2: janedoe asked AWS to raise the support plan of ${IN} to Unified Operations`,
      'Business',
    ],
    [
      'to one that nobody knows',
      [plan('PLATINUM')],
      { supportLevel: 'BUSINESS' },
      `:pencil2: janedoe asked AWS to change the support plan of ${IN} to PLATINUM`,
      'Business',
    ],
    [
      'as it was',
      [plan('BUSINESS')],
      { supportLevel: 'BUSINESS' },
      `:pencil2: janedoe asked AWS to set the support plan of ${IN} to Business`,
      'the same',
    ],
    [
      'that was refused',
      [plan('BASIC', { error: 'AccessDeniedException' })],
      { supportLevel: 'BUSINESS' },
      `:no_entry: janedoe tried to lower the support plan of ${IN} to Basic and was refused by AWS: AccessDeniedException (no permission for it)`,
    ],
    [
      'without a level',
      [of('supportplans', 'StartSupportPlanUpdate')],
      { supportLevel: 'BUSINESS' },
      `:pencil2: janedoe asked AWS to change the support plan of ${IN}`,
      'Business',
    ],
    [
      'to the same again',
      [plan('DEVELOPER'), plan('DEVELOPER', { at: 420_000 })],
      { supportLevel: 'BUSINESS' },
      `:pencil2: janedoe asked AWS to lower the support plan of ${IN} to Developer, twice between 1970-01-01 00:01 UTC and 00:07 UTC`,
      'Business',
    ],
    [
      'of which nothing is known',
      [plan('BASIC')],
      null,
      `:pencil2: janedoe asked AWS to change the support plan of ${IN} to Basic, the lowest one`,
      'not known',
    ],
  ];
  for (const [what, calls, before, head, last] of PLANS)
    it(`shows a change ${what}`, () => {
      const lines = linesOf(burst(calls, { before }));
      assert.deepEqual(lines.slice(0, -2), [
        head,
        ...(last === undefined ? [] : [`Last asked for before: ${last}`]),
      ]);
    });

  it('shows what was scheduled before', () => {
    const now = {
      startLevel: 'BUSINESS',
      startTimestamp: '1685813036',
      endLevel: 'BASIC',
      endTimestamp: 'soon',
    };
    const lines = linesOf(
      burst([of('supportplans', 'CreateSupportPlanSchedule', now)], {
        before: { startLevel: 'ENTERPRISE' },
      }),
    );
    assert.deepEqual(lines.slice(0, 2), [
      `:pencil2: janedoe scheduled the support plan of ${IN}: Business from 2023-06-03 17:23 UTC until soon, then Basic`,
      'Scheduled before: Enterprise',
    ]);
  });
});

describe('renderBurst, of the AWS Support App', () => {
  const SET = {
    ...CHANNEL,
    channelRoleArn: 'arn:aws:iam::111122223333:role/App',
    notifyOnCaseSeverity: 'all',
    notifyOnResolveCase: 'true',
  };
  const second = (name: string, told: Record<string, string>, before: Record<string, string> | null) =>
    linesOf(burst([of('supportapp', name, told)], { before }))[1];

  it('shows how a channel is set up', () => {
    assert.equal(
      second('CreateSlackChannelConfiguration', SET, null),
      'Name: ops · Role: arn:aws:iam::111122223333:role/App · Tells of cases of severity: all · Resolved cases: yes',
    );
  });

  it('shows of a change what is another way since', () => {
    const now = {
      ...SET,
      channelRoleArn: 'arn:aws:iam::111122223333:role/Admin',
      notifyOnCaseSeverity: 'high',
    };
    assert.equal(
      second('UpdateSlackChannelConfiguration', now, SET),
      'Role: arn:aws:iam::111122223333:role/App → arn:aws:iam::111122223333:role/Admin · Tells of cases of severity: all → high and above',
    );
    assert.equal(second('UpdateSlackChannelConfiguration', SET, SET), 'As it was before');
    assert.equal(
      second('UpdateSlackChannelConfiguration', { ...CHANNEL, notifyOnResolveCase: 'false' }, null),
      'Name: ops · Resolved cases: no · Before: not known',
    );
  });

  it('shows what has gone', () => {
    assert.equal(
      second('DeleteSlackChannelConfiguration', CHANNEL, {
        notifyOnCaseSeverity: 'none',
        channelName: 'ops',
      }),
      'Before: Name: ops · Tells of cases of severity: none',
    );
    assert.equal(second('DeleteSlackChannelConfiguration', CHANNEL, null), 'Before: not known');
    assert.equal(second('DeleteAccountAlias', {}, { accountAlias: 'Prod' }), 'Before: “Prod”');
    assert.equal(
      second('PutAccountAlias', { accountAlias: 'New' }, { accountAlias: 'Prod' }),
      'Before: “Prod”',
    );
  });

  it('shows what somebody wanted that failed', () => {
    const tried = (name: string, told: Record<string, string>) =>
      linesOf(burst([of('supportapp', name, told, { error: 'AccessDeniedException' })]));
    const { channelName, ...set } = SET;
    assert.deepEqual(tried('UpdateSlackChannelConfiguration', set).slice(0, 2), [
      `:no_entry: janedoe tried to change what the AWS Support App does in the Slack channel C01234A5BCD in ${IN} and was refused by AWS: AccessDeniedException (no permission for it)`,
      'Wanted: Role: arn:aws:iam::111122223333:role/App · Tells of cases of severity: all · Resolved cases: yes',
    ]);
    assert.equal(tried('CreateSlackChannelConfiguration', SET)[1]?.startsWith('Wanted: Name: ops'), true);
    for (const name of ['UpdateSlackChannelConfiguration', 'DeleteSlackChannelConfiguration'])
      assert.equal(tried(name, { teamId: 'T1', channelId: 'C1' }).length, 3);
  });

  it('names one channel of however many calls, for all are of it', () => {
    const calls = [1, 2].map(() =>
      of('supportapp', 'UpdateSlackChannelConfiguration', CHANNEL, { error: 'X' }),
    );
    assert.match(
      linesOf(burst(calls, { count: 40 }))[0] ?? '',
      /in the Slack channel #ops \(C01234A5BCD\) in account .*, 40 times .*, which failed: X$/,
    );
  });
});
