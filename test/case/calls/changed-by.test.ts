import assert from 'node:assert/strict';
import type { ApiCall } from '../../../src/case/calls/api-call.js';
import { changedBy } from '../../../src/case/calls/changed-by.js';
import { SERVICES } from '../../../src/case/calls/operations/operation-of.js';
import { planStep, planWords } from '../../../src/case/calls/plan-words.js';
import { callAt } from './sample-call.js';

const by = (service: string, name: string, told: Record<string, string>, change: Partial<ApiCall> = {}) =>
  changedBy(callAt(1, 'jane', { source: `${service}.amazonaws.com`, name, told, ...change }));
const PLACE = { teamId: 'T012ABCDEFG', channelId: 'C01234A5BCD' };
const SETTINGS = {
  channelName: 'ops',
  channelRoleArn: 'arn:aws:iam::111122223333:role/App',
  notifyOnCaseSeverity: 'all',
  notifyOnResolveCase: 'false',
};

describe('changedBy', () => {
  it('tells of a plan', () => {
    const plan = { subject: 'plan', after: { supportLevel: 'BASIC' } };
    const told = { supportLevel: 'BASIC', aispl: 'false', supportPlanUpdateArn: 'arn' };
    assert.deepEqual(by('supportplans', 'StartSupportPlanUpdate', told), plan);
    assert.deepEqual(by('support-subscription', 'UpdateSupportLevel', told), plan);
    // Nobody knows how it stands since: what was known before is of no use any more.
    assert.deepEqual(by('supportplans', 'StartSupportPlanUpdate', {}), { subject: 'plan', after: {} });
  });

  it('tells of what is scheduled apart from what is', () => {
    const told = { startLevel: 'BUSINESS', startTimestamp: '2023-06-03T17:23:56.109Z', endOffer: 'x' };
    assert.deepEqual(by('supportplans', 'CreateSupportPlanSchedule', told), {
      subject: 'schedule',
      after: told,
    });
  });

  it('tells of channels, workspaces and the name in the AWS Support App', () => {
    const subject = 'channel T012ABCDEFG C01234A5BCD';
    const told = { ...PLACE, ...SETTINGS };
    for (const name of ['CreateSlackChannelConfiguration', 'UpdateSlackChannelConfiguration'])
      assert.deepEqual(by('supportapp', name, told), { subject, after: SETTINGS });
    assert.deepEqual(by('supportapp', 'DeleteSlackChannelConfiguration', told), { subject, after: {} });
    assert.equal(by('supportapp', 'DeleteSlackChannelConfiguration', { teamId: 'T1' }), null);
    const workspace = { teamId: 'T1', teamName: 'Acme', accountType: 'member' };
    assert.deepEqual(by('supportapp', 'RegisterSlackWorkspaceForOrganization', workspace), {
      subject: 'workspace T1',
      after: workspace,
    });
    assert.deepEqual(by('supportapp', 'DeleteSlackWorkspaceConfiguration', workspace), {
      subject: 'workspace T1',
      after: {},
    });
    assert.deepEqual(by('supportapp', 'PutAccountAlias', { accountAlias: 'Prod' }), {
      subject: 'alias',
      after: { accountAlias: 'Prod' },
    });
    assert.deepEqual(by('supportapp', 'DeleteAccountAlias', {}), { subject: 'alias', after: {} });
  });

  it('tells of nothing that failed, that only looks, or that has no before', () => {
    assert.equal(
      by('supportplans', 'StartSupportPlanUpdate', { supportLevel: 'BASIC' }, { error: 'X' }),
      null,
    );
    assert.equal(by('supportapp', 'StartSupportPlanUpdate', { supportLevel: 'BASIC' }), null);
    assert.equal(by('support', 'constructor', {}), null);
    for (const [source, { operations }] of Object.entries(SERVICES))
      for (const [name, { reads }] of Object.entries(operations))
        if (reads)
          assert.equal(changedBy(callAt(1, 'jane', { source, name, told: { ...PLACE } })), null, name);
  });
});

describe('the names of plans', () => {
  const NAMES: Readonly<Record<string, string>> = {
    BASIC: 'Basic',
    DEVELOPER: 'Developer',
    new_developer: 'Developer',
    BUSINESS: 'Business',
    BUSINESS_SUPPORT_PLUS: 'Business Support+',
    'business-plus': 'Business Support+',
    ENTERPRISE_ONRAMP: 'Enterprise On-Ramp',
    ENTERPRISE_ON_RAMP: 'Enterprise On-Ramp',
    ENTERPRISE: 'Enterprise',
    UNIFIED_OPERATIONS: 'Unified Operations',
    PLATINUM_2030: 'PLATINUM_2030',
    '': '',
  };
  for (const [level, words] of Object.entries(NAMES))
    it(`are ${words || 'empty'} for ${level || 'nothing'}`, () => assert.equal(planWords(level), words));

  it('tell which way it went, where anybody can say', () => {
    assert.equal(planStep('ENTERPRISE', 'new_developer'), 'lowered');
    assert.equal(planStep('ENTERPRISE_ONRAMP', 'UNIFIED_OPERATIONS'), 'raised');
    assert.equal(planStep('BUSINESS', 'BUSINESS_SUPPORT_PLUS'), 'changed');
    assert.equal(planStep('BASIC', 'PLATINUM_2030'), 'changed');
    assert.equal(planStep('', 'BASIC'), 'changed');
  });
});
