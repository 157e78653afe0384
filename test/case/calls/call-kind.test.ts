import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import type { ApiCall } from '../../../src/case/calls/api-call.js';
import {
  CALL_KINDS,
  type CallKind,
  KINDS_BY_DEFAULT,
  kindsOfCall,
} from '../../../src/case/calls/call-kind.js';
import { SERVICES } from '../../../src/case/calls/operations/operation-of.js';
import { readApiCall } from '../../../src/case/calls/read-api-call.js';
import { callAt, ownCallAt } from './sample-call.js';

const FIXTURES = 'test/fixtures/cloudtrail-records';

function sourceOf(name: string): string {
  return `aws.${name.split('.')[0]}`.replace('unknown', 'support');
}

function fixture(name: string): ApiCall {
  const record: unknown = JSON.parse(readFileSync(`${FIXTURES}/${name}.json`, 'utf8'));
  const read = readApiCall(record, { receivedAt: 1, source: sourceOf(name) });
  assert.ok('call' in read);
  return read.call;
}

const EXAMPLES: Readonly<Record<string, readonly CallKind[]>> = {
  'support-subscription.DescribeSupportLevelSummary': ['plan-reads', 'root-looks'],
  'support-subscription.UpdateProbationAutoCancellation': ['plan-changes'],
  'support-subscription.UpdateSupportLevel': ['plan-changes'],
  'support.CreateCase': ['case-calls'],
  'support.RefreshTrustedAdvisorCheck': ['trusted-advisor-refreshes'],
  'supportplans.CreateSupportPlanSchedule': ['plan-changes'],
  'supportplans.GetSupportPlan': ['plan-reads'],
  'supportplans.GetSupportPlanUpdateStatus': ['plan-reads'],
  'supportplans.StartSupportPlanUpdate': ['plan-changes'],
  'supportrecommendations.GetSupportTroubleshootingResponse': ['recommendations'],
  'supportrecommendations.StartSupportTroubleshooting': ['recommendations'],
  'unknown.CreateCase': ['case-calls'],
};

const ROOT = { kind: 'root', name: 'root', role: '', arn: '', account: '111122223333' } as const;
const GET_PLAN = { source: 'supportplans.amazonaws.com', name: 'GetSupportPlan', readOnly: true };
const of = (name: string, change: Partial<ApiCall> = {}) => callAt(1, 'jane', { name, ...change });
const plans = (name: string, change: Partial<ApiCall> = {}) =>
  of(name, { source: 'supportplans.amazonaws.com', ...change });

describe('kindsOfCall', () => {
  it('knows every example', () => {
    assert.deepEqual(
      Object.keys(EXAMPLES)
        .map((name) => `${name}.json`)
        .sort(),
      readdirSync(FIXTURES).sort(),
    );
  });

  for (const [name, kinds] of Object.entries(EXAMPLES))
    it(`takes ${name} as ${kinds.join(' and ') || 'none'}`, () =>
      assert.deepEqual(kindsOfCall(fixture(name)), kinds));

  const CALLS: readonly [string, ApiCall, readonly CallKind[]][] = [
    ['a deed on a case', of('ResolveCase'), ['case-calls']],
    ['a file for a case, by a user', of('AddAttachmentsToSet', { caseId: '' }), ['case-calls']],
    ["the bot's file for a case", ownCallAt(1, { name: 'AddAttachmentsToSet', caseId: '' }), []],
    ["what the bot's role did that the bot never does", ownCallAt(1, { name: 'ReopenCase' }), ['case-calls']],
    ['a deed on a case that failed', of('ResolveCase', { error: 'AccessDenied' }), ['failed-case-calls']],
    ['a deed of root', of('ResolveCase', { principal: ROOT }), ['case-calls', 'root-case-calls']],
    [
      'a deed of root that failed',
      of('CreateCase', { principal: ROOT, error: 'X' }),
      ['failed-case-calls', 'root-case-calls'],
    ],
    ['a look at cases', of('DescribeCases', { readOnly: true }), ['other-reads']],
    ['a look of root', of('DescribeCases', { principal: ROOT }), ['other-reads', 'root-case-calls']],
    [
      'a look that failed',
      of('DescribeCommunications', { error: 'X' }),
      ['other-reads', 'failed-case-calls'],
    ],
    [
      'a look at the services, of root',
      of('DescribeServices', { principal: ROOT }),
      ['other-reads', 'root-looks'],
    ],
    [
      'a look at the plan that was refused',
      plans('GetSupportPlan', { error: 'AccessDeniedException' }),
      ['plan-reads', 'refused-looks'],
    ],
    [
      'a look at Trusted Advisor that was refused',
      of('DescribeTrustedAdvisorCheckResult', { error: 'AccessDenied' }),
      ['trusted-advisor-reads', 'refused-looks'],
    ],
    [
      'a look that failed for another reason',
      of('DescribeTrustedAdvisorChecks', { error: 'SubscriptionRequiredException' }),
      ['trusted-advisor-reads'],
    ],
    [
      'a look of root at the plan',
      plans('GetSupportPlan', { principal: ROOT }),
      ['plan-reads', 'root-looks'],
    ],
    [
      'an unknown look of root that was refused',
      plans('FooBar', { readOnly: true, principal: ROOT, error: 'AccessDenied' }),
      ['other-reads', 'refused-looks', 'root-looks'],
    ],
    ['what a thread does not show', of('PutCaseAttributes'), ['other-changes']],
    ["the bot's look", ownCallAt(1, { name: 'DescribeCases', readOnly: true }), []],
    ["the bot's look that failed", ownCallAt(1, { name: 'DescribeCases', error: 'AccessDenied' }), []],
    [
      "a look in the bot's role, at what it never asks for",
      ownCallAt(1, { name: 'DescribeFoo', readOnly: null }),
      ['other-reads'],
    ],
    ["a look in the bot's role at the plan", ownCallAt(1, GET_PLAN), ['plan-reads']],
    ["the bot's reply", ownCallAt(1), []],
    ["the bot's reply that failed", ownCallAt(1, { error: 'ThrottlingException' }), ['failed-case-calls']],
    ['a try', of('ResolveCase', { error: 'DryRunOperationException' }), []],
    ['a try by another name', of('ResolveCase', { error: 'Client.DryRunOperation' }), []],
    ['a try that was refused', of('ResolveCase', { error: 'AccessDenied', told: { dryRun: 'true' } }), []],
    ['no try', of('ResolveCase', { error: 'X', told: { dryRun: 'false' } }), ['failed-case-calls']],
    ['a plan change that failed', plans('StartSupportPlanUpdate', { error: 'X' }), ['plan-changes']],
    ['a plan change of root', plans('StartSupportPlanUpdate', { principal: ROOT }), ['plan-changes']],
    [
      'a word that is a try elsewhere',
      plans('StartSupportPlanUpdate', { told: { dryRun: 'true' } }),
      ['plan-changes'],
    ],
    ['the modifiers of a plan', plans('ListSupportPlanModifiers', { readOnly: null }), ['plan-reads']],
    [
      'a channel of the Support App',
      of('CreateSlackChannelConfiguration', { source: 'supportapp.amazonaws.com' }),
      ['support-app-changes'],
    ],
    ['its alias', of('GetAccountAlias', { source: 'supportapp.amazonaws.com' }), ['support-app-reads']],
    ['a result of Trusted Advisor', of('DescribeTrustedAdvisorCheckResult'), ['trusted-advisor-reads']],
    ['an unknown change', plans('FooSupportPlan', { readOnly: false }), ['other-changes']],
    ['an unknown change of an old record', plans('FooSupportPlan', { readOnly: null }), ['other-changes']],
    ['an unknown look', plans('FooSupportPlan', { readOnly: true }), ['other-reads']],
    ['an unknown look of an old record', plans('DescribeFoo', { readOnly: null }), ['other-reads']],
    ['what only begins like a look', plans('Getaway', { readOnly: null }), ['other-changes']],
    [
      'something unknown on a case, by root',
      of('FooCase', { caseId: 'case-1', principal: ROOT }),
      ['other-changes', 'root-case-calls'],
    ],
    ['names of JavaScript', of('constructor', { readOnly: null, caseId: '' }), ['other-changes']],
    ['a service that nobody knows', of('GetFoo', { source: 'toString', readOnly: null }), ['other-reads']],
  ];
  for (const [what, call, kinds] of CALLS)
    it(`takes ${what} as ${kinds.join(' and ') || 'none'}`, () => assert.deepEqual(kindsOfCall(call), kinds));

  it('has calls for every kind, and shows looks nowhere unless asked to', () => {
    const reached = new Set([
      ...CALLS.flatMap(([, call]) => kindsOfCall(call)),
      ...Object.keys(EXAMPLES).flatMap((name) => kindsOfCall(fixture(name))),
    ]);
    assert.deepEqual([...reached].sort(), [...CALL_KINDS].sort());
    for (const [source, { operations }] of Object.entries(SERVICES))
      for (const [name, { reads, about }] of Object.entries(operations)) {
        const kinds = kindsOfCall(of(name, { source }));
        const isShown = kinds.some((kind) => KINDS_BY_DEFAULT.includes(kind));
        assert.equal(
          isShown,
          !reads && about !== 'case-deed' && about !== 'recommendations',
          `${source} ${name}`,
        );
      }
  });
});
