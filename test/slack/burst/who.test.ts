import assert from 'node:assert/strict';
import type { ApiCall } from '../../../src/case/calls/api-call.js';
import { renderBurst } from '../../../src/slack/render-burst.js';
import { ownCallAt } from '../../case/calls/sample-call.js';
import { accountName, burst, CASE, IN, LINK, linesOf, of, plan, ROOT } from './shown.js';

describe('renderBurst, of who it was', () => {
  const WHO: readonly [string, Partial<ApiCall>, string, string | undefined][] = [
    [
      'a session of a role',
      { principal: { ...ROOT, kind: 'role', name: 'Jane Doe', role: 'AdminRole' } },
      'Jane Doe (AdminRole)',
      'In the AWS console',
    ],
    [
      'a person of Identity Center',
      { principal: { ...ROOT, kind: 'sso', name: 'jane@example.com', role: 'Power' }, mfa: false },
      'jane@example.com (Power)',
      'In the AWS console',
    ],
    ['an IAM user with a second factor', { mfa: true }, 'janedoe', 'In the AWS console · with MFA'],
    ['root without MFA', { principal: ROOT, mfa: false }, 'root, without MFA,', 'In the AWS console'],
    ['root with MFA', { principal: ROOT, mfa: true, way: 'cli' }, 'root, with MFA,', 'By the AWS CLI'],
    ['root', { principal: ROOT }, 'root', 'In the AWS console'],
    [
      'an AWS service',
      { principal: { ...ROOT, kind: 'service', name: 'AWS Health' }, way: 'service' },
      'AWS Health, an AWS service',
      'By way of an AWS service',
    ],
    [
      'a service without a name',
      { principal: { ...ROOT, kind: 'service', name: '' }, way: 'unknown' },
      'An AWS service',
      undefined,
    ],
    [
      'somebody',
      { principal: { ...ROOT, kind: 'unknown', name: '' } },
      'Somebody (CloudTrail does not say who)',
      'In the AWS console',
    ],
    [
      'an IAM user that is called root',
      { principal: { ...ROOT, kind: 'iam-user' } },
      'IAM user root',
      'In the AWS console',
    ],
    [
      'an IAM user that is called as the bot is',
      { principal: { ...ROOT, kind: 'iam-user', name: 'Casethread' } },
      'IAM user Casethread',
      'In the AWS console',
    ],
    [
      'a session that is called as those of the bot are',
      { principal: { ...ROOT, kind: 'role', name: 'casethread', role: 'AdminRole' } },
      'session casethread (AdminRole)',
      'In the AWS console',
    ],
    [
      "somebody in the bot's role, who looks at what it never asks for",
      { principal: ownCallAt(60).principal, isOwn: true },
      'session casethread (Bot)',
      'In the AWS console',
    ],
    [
      'a person whom IAM Identity Center knows by an id',
      { principal: { ...ROOT, kind: 'sso', name: '544894e8-80c1-707f-60e3-3ba6510dfac1', role: '' } },
      '544894e8-80c1-707f-60e3-3ba6510dfac1 (IAM Identity Center)',
      'In the AWS console',
    ],
    [
      'a role of another account',
      { principal: { ...ROOT, kind: 'role', name: 'x', role: 'Ops', account: '444455556666' } },
      'x (Ops) of account 444455556666',
      'In the AWS console',
    ],
  ];
  for (const [what, change, name, way] of WHO)
    it(`names ${what}`, () => {
      const [head = '', where = ''] = linesOf(burst([of('supportplans', 'GetSupportPlan', {}, change)]));
      assert.equal(head.replace(/^:\w+: /, ''), `${name} looked up the support plan of ${IN}`);
      const place = 'from 198.51.100.15 · us-east-1 · 1970-01-01 00:01 UTC';
      assert.equal(where, way === undefined ? place : `${way} · ${place}`);
    });

  it('says the ARN, by which principals of one name are told apart', () => {
    const by = (arn: string) =>
      linesOf(burst([plan('BASIC', { principal: { ...ROOT, kind: 'role', arn } })])).at(-1);
    const arn = 'arn:aws:sts::111122223333:assumed-role/AWSReservedSSO_AdminAccess_0123456789abcdef/jane';
    const words = 'CloudTrail: StartSupportPlanUpdate of supportplans.amazonaws.com · event janedoe@60';
    assert.equal(by(arn), `${words} · ${arn}`);
    assert.equal(by(`${arn}${'x'.repeat(400)}`)?.length, words.length + ' · '.length + 300);
  });

  it('says in a notification from where, too', () => {
    const text = (address: string) =>
      renderBurst(burst([plan('BASIC', { address })], { before: { supportLevel: 'BUSINESS' } }), accountName)
        .text;
    const words = `janedoe asked AWS to lower the support plan of ${IN} to Basic. Last asked for before: Business`;
    assert.equal(text('203.0.113.66'), `${words}. From 203.0.113.66`);
    assert.equal(text('<!channel>'), `${words}. From &lt;!channel&gt;`);
    assert.equal(text(''), words);
  });

  it("names for the bot's own calls the person in Slack, and mentions nobody", () => {
    const call = ownCallAt(60, { ...CASE, error: 'ThrottlingException' });
    const failed = `tried to write on ${LINK} in ${IN}, and it failed: ThrottlingException (too many calls)`;
    const of = (user: string | null) => linesOf(burst([call], { user })).slice(0, 2);
    const where = 'By Casethread · from 198.51.100.15 · us-east-1 · 1970-01-01 00:01 UTC';
    assert.deepEqual(of('Alice Example'), [`:no_entry: Alice Example, from Slack, ${failed}`, where]);
    assert.deepEqual(of('U0ALICE0001'), [`:no_entry: U0ALICE0001, from Slack, ${failed}`, where]);
    assert.deepEqual(of(null), [`:no_entry: Casethread (for whom is not known) ${failed}`, where]);
    const named = renderBurst(burst([call], { user: 'U0ALICE0001' }), accountName, () => 'Alice Example');
    assert.match(named.text, /^Alice Example, from Slack, tried/);
  });
});
