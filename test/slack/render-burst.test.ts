import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import type { ApiCall, Principal } from '../../src/case/calls/api-call.js';
import type { Burst } from '../../src/case/calls/burst.js';
import { operationOf, SERVICES } from '../../src/case/calls/operations/operation-of.js';
import { readApiCall } from '../../src/case/calls/read-api-call.js';
import { acceptBlocks } from '../../src/sandbox/slack/blocks/accept-blocks.js';
import { linksOf, mentionsOf, shownText } from '../../src/sandbox/slack/start-slack.js';
import { blocksSize } from '../../src/slack/blocks-size.js';
import { SLACK_LIMITS } from '../../src/slack/limits.js';
import { renderBurst } from '../../src/slack/render-burst.js';
import { anyText } from '../any-text.js';
import { callAt, ownCallAt } from '../case/calls/sample-call.js';
import { HOSTILE } from './hostile.js';

const FIXTURES = 'test/fixtures/cloudtrail-records';
const IN = 'account production (111122223333)';
const accountName = (account: string) => (account === '111122223333' ? `production (${account})` : account);

function sourceOf(name: string): string {
  return `aws.${name.split('.')[0]}`.replace('unknown', 'support');
}

function fixture(name: string): ApiCall {
  const record: unknown = JSON.parse(readFileSync(`${FIXTURES}/${name}.json`, 'utf8'));
  const read = readApiCall(record, { receivedAt: 1, source: sourceOf(name) });
  assert.ok('call' in read);
  return read.call;
}

function burst(calls: readonly ApiCall[], change: Partial<Burst> = {}): Burst {
  return { count: calls.length, calls, before: null, user: null, ...change };
}

/** What people read, line by line. */
function linesOf(each: Burst): string[] {
  const message = renderBurst(each, accountName);
  const blocks = acceptBlocks(message.blocks);
  assert.deepEqual(mentionsOf({ text: message.text, blocks, parse: 'none' }), []);
  return shownText({ blocks }).split('\n');
}
const headOf = (call: ApiCall, change: Partial<Burst> = {}) => linesOf(burst([call], change))[0];

/** AWS's own examples, as they are shown. */
const EXAMPLES: Readonly<Record<string, readonly string[]>> = {
  'support-subscription.DescribeSupportLevelSummary': [
    `:rotating_light: root, without MFA, opened the page with the support plan of ${IN}`,
    'In the AWS console · from 100.127.8.67 · us-east-1 · 2021-01-07 22:08 UTC',
    'CloudTrail: DescribeSupportLevelSummary of support-subscription.amazonaws.com · event e1eeda0e-d77c-487b-a7e5-4014f7123abc · arn:aws:iam::111122223333:root',
  ],
  'support-subscription.UpdateProbationAutoCancellation': [
    `:rotating_light: root kept the support plan of ${IN}, which would have been cancelled by itself`,
    'In the AWS console · from 100.127.8.67 · us-east-1 · 2021-01-07 23:28 UTC',
    'CloudTrail: UpdateProbationAutoCancellation of support-subscription.amazonaws.com · event f4a58c09-0bb0-4ba2-a8d3-df6909123abc · arn:aws:iam::111122223333:root',
  ],
  'support-subscription.UpdateSupportLevel': [
    `:rotating_light: root, without MFA, asked AWS to change the support plan of ${IN} to Developer`,
    'Last asked for before: not known',
    'In the AWS console · from 100.127.8.247 · us-east-1 · 2021-01-07 22:08 UTC',
    'CloudTrail: UpdateSupportLevel of support-subscription.amazonaws.com · event c69fb149-c206-47ce-8766-8df6ec123abc · arn:aws:iam::111122223333:root',
  ],
  'support.CreateCase': [
    `:pencil2: janedoe opened case-111122223333-muen-2016-c3f2077e504940f2 (https://console.aws.amazon.com/support/home#/case/?caseId=case-111122223333-muen-2016-c3f2077e504940f2) in ${IN}, severity General guidance (low), about support-api`,
    'In the AWS console · without MFA · from 198.51.100.15 · us-east-1 · 2016-04-13 18:05 UTC',
    'CloudTrail: CreateCase of support.amazonaws.com · event 5aa34bfc-ad5b-4fb1-8a55-2277c86e746a · arn:aws:iam::111122223333:user/janedoe',
  ],
  'unknown.CreateCase': [
    `:pencil2: janedoe opened case-111122223333-muen-2016-c3f2077e504940f2 (https://console.aws.amazon.com/support/home#/case/?caseId=case-111122223333-muen-2016-c3f2077e504940f2) in ${IN}, severity General guidance (low), about support-api`,
    'us-east-1 · 2016-04-13 18:05 UTC',
    'CloudTrail: CreateCase of support.amazonaws.com · event 5aa34bfc-ad5b-4fb1-8a55-2277c86e746a · arn:aws:iam::111122223333:user/janedoe',
  ],
  'support.RefreshTrustedAdvisorCheck': [
    `:pencil2: Admin had Trusted Advisor run check Pfx0RwqBli again in ${IN}`,
    'By the AWS CLI · from 72.21.198.67 · us-east-1 · 2020-10-21 16:34 UTC',
    'CloudTrail: RefreshTrustedAdvisorCheck of support.amazonaws.com · event 2f4630ac-5c27-4f0d-b93f-63742d6fc85e · arn:aws:iam::111122223333:user/Admin',
  ],
  'supportplans.CreateSupportPlanSchedule': [
    `:pencil2: janedoe (Admin) scheduled the support plan of ${IN}: Business (TrialPlan7FB93B) from 2023-06-03 17:23 UTC until 2023-09-03 17:23 UTC, then Business (StandardPlan2074BB)`,
    'In the AWS console · from 205.251.233.183 · us-west-2 · 2023-05-09 16:30 UTC',
    'CloudTrail: CreateSupportPlanSchedule of supportplans.amazonaws.com · event a2a1ba44-610d-4dc8-bf16-29f1635b57a9 · arn:aws:sts::111122223333:user/janedoe',
  ],
  'supportplans.GetSupportPlan': [
    `:eyes: janedoe (Admin) looked up the support plan of ${IN}`,
    'In the AWS console · from 205.251.233.183 · us-west-2 · 2022-06-29 16:39 UTC',
    'CloudTrail: GetSupportPlan of supportplans.amazonaws.com · event b711bc30-16a5-4579-8f0d-9ada8fe6d1ce · arn:aws:sts::111122223333:user/janedoe',
  ],
  'supportplans.GetSupportPlanUpdateStatus': [
    `:eyes: janedoe (Admin) looked up how a change of the support plan of ${IN} stands`,
    'In the AWS console · from 205.251.233.183 · us-west-2 · 2022-06-29 16:39 UTC',
    'CloudTrail: GetSupportPlanUpdateStatus of supportplans.amazonaws.com · event 28d1c0e3-ccb6-4fd1-8793-65be010114cc · arn:aws:sts::111122223333:user/janedoe',
  ],
  'supportplans.StartSupportPlanUpdate': [
    `:pencil2: janedoe (Admin) asked AWS to change the support plan of ${IN} to Basic, the lowest one`,
    'Last asked for before: not known',
    'In the AWS console · from 205.251.233.183 · us-west-2 · 2022-06-29 16:38 UTC',
    'CloudTrail: StartSupportPlanUpdate of supportplans.amazonaws.com · event 5dba89f8-2e5b-42b9-9b8f-395580c52962 · arn:aws:sts::111122223333:user/janedoe',
  ],
  'supportrecommendations.GetSupportTroubleshootingResponse': [
    `:eyes: Admin read what AWS Support Recommendations advises for ${IN}`,
    'In the AWS console · from 72.21.198.67 · us-east-1 · 2023-09-11 16:34 UTC',
    'CloudTrail: GetSupportTroubleshootingResponse of supportrecommendations.amazonaws.com · event 2f4630ac-5c27-4f0d-b93f-63742d6fc85e · arn:aws:iam::111122223333:user/Admin',
  ],
  'supportrecommendations.StartSupportTroubleshooting': [
    `:pencil2: Admin described a problem of ${IN} to AWS Support Recommendations`,
    'In the AWS console · from 72.21.198.67 · us-east-1 · 2023-09-11 16:34 UTC',
    'CloudTrail: StartSupportTroubleshooting of supportrecommendations.amazonaws.com · event 2f4630ac-5c27-4f0d-b93f-63742d6fc85e · arn:aws:iam::111122223333:user/Admin',
  ],
};

/** Every operation that AWS's documents on the records of AWS Support name: in prose, in lists and in examples. */
const DOCUMENTED: Readonly<Record<string, readonly string[]>> = {
  'support.amazonaws.com': [
    ...['CreateCase', 'AddCommunicationToCase', 'DescribeCases', 'ResolveCase', 'ReopenCase'],
    ...['DescribeTrustedAdvisorCheckRefreshStatuses', 'DescribeTrustedAdvisorCheckResult'],
    'RefreshTrustedAdvisorCheck',
  ],
  'supportplans.amazonaws.com': [
    ...[
      'GetSupportPlan',
      'GetSupportPlanUpdateStatus',
      'StartSupportPlanUpdate',
      'CreateSupportPlanSchedule',
    ],
  ],
  'support-subscription.amazonaws.com': [
    ...['DescribeSupportLevelSummary', 'UpdateProbationAutoCancellation', 'UpdateSupportLevel'],
  ],
  'supportrecommendations.amazonaws.com': [
    ...['StartSupportTroubleshooting', 'GetSupportTroubleshootingResponse'],
  ],
  'supportapp.amazonaws.com': [
    ...[
      'CreateSlackChannelConfiguration',
      'UpdateSlackChannelConfiguration',
      'DeleteSlackChannelConfiguration',
    ],
    ...['ListSlackChannelConfigurations', 'ListSlackWorkspaceConfigurations'],
    ...['DeleteSlackWorkspaceConfiguration', 'RegisterSlackWorkspaceForOrganization'],
    ...['PutAccountAlias', 'GetAccountAlias', 'DeleteAccountAlias'],
  ],
};

const of = (
  service: string,
  name: string,
  told: Record<string, string> = {},
  change: Partial<ApiCall> = {},
) => callAt(60, 'janedoe', { source: `${service}.amazonaws.com`, name, told, caseId: '', ...change });
const plan = (supportLevel: string, change: Partial<ApiCall> = {}) =>
  of('supportplans', 'StartSupportPlanUpdate', { supportLevel }, change);
const CHANNEL = { teamId: 'T012ABCDEFG', channelId: 'C01234A5BCD', channelName: 'ops' };
const ROOT: Principal = { kind: 'root', name: 'root', role: '', arn: '', account: '111122223333' };
const CASE = { caseId: 'case-111122223333-muen-2026-1', displayId: '1234563851' };
const LINK = 'Case 1234563851 (https://console.aws.amazon.com/support/home#/case/?displayId=1234563851)';

describe('renderBurst', () => {
  it('knows every example', () => {
    assert.deepEqual(
      Object.keys(EXAMPLES)
        .map((name) => `${name}.json`)
        .sort(),
      readdirSync(FIXTURES).sort(),
    );
  });

  for (const [name, lines] of Object.entries(EXAMPLES))
    it(`shows ${name}`, () => assert.deepEqual(linesOf(burst([fixture(name)])), lines));

  /** By service and operation: what was done, and what somebody was not allowed to do. */
  const SAID: readonly [
    service: string,
    name: string,
    told: Record<string, string>,
    done: string,
    tried: string,
  ][] = [
    ['support', 'CreateCase', {}, `opened a case in ${IN}`, `open a case in ${IN}`],
    ['support', 'AddCommunicationToCase', {}, `wrote on a case in ${IN}`, `write on a case in ${IN}`],
    ['support', 'ResolveCase', {}, `resolved a case in ${IN}`, `resolve a case in ${IN}`],
    ['support', 'ReopenCase', {}, `reopened a case in ${IN}`, `reopen a case in ${IN}`],
    [
      'support',
      'AddAttachmentsToSet',
      {},
      `uploaded files for a case in ${IN}`,
      `upload files for a case in ${IN}`,
    ],
    [
      'support',
      'GetAttachmentUploadLinks',
      {},
      `began the upload of a large file for a case in ${IN}`,
      `begin the upload of a large file for a case in ${IN}`,
    ],
    [
      'support',
      'CompleteAttachmentUpload',
      {},
      `finished the upload of a large file for a case in ${IN}`,
      `finish the upload of a large file for a case in ${IN}`,
    ],
    ['support', 'DescribeCases', {}, `looked up the cases in ${IN}`, `look up the cases in ${IN}`],
    [
      'support',
      'DescribeCommunications',
      {},
      `read the messages of a case in ${IN}`,
      `read the messages of a case in ${IN}`,
    ],
    [
      'support',
      'DescribeAttachment',
      {},
      `downloaded a file of a case in ${IN}`,
      `download a file of a case in ${IN}`,
    ],
    [
      'support',
      'GetAttachmentDownloadLink',
      {},
      `got a link to download a file of a case in ${IN}`,
      `get a link to download a file of a case in ${IN}`,
    ],
    [
      'support',
      'DescribeAttachmentUploadStatus',
      {},
      `looked up how the upload of a large file for a case in ${IN} stands`,
      `look up how the upload of a large file for a case in ${IN} stands`,
    ],
    [
      'support',
      'DescribeServices',
      {},
      `looked up the services that cases can be about in ${IN}`,
      `look up the services that cases can be about in ${IN}`,
    ],
    [
      'support',
      'DescribeSeverityLevels',
      {},
      `looked up the severities that cases can have in ${IN}`,
      `look up the severities that cases can have in ${IN}`,
    ],
    [
      'support',
      'DescribeCreateCaseOptions',
      {},
      `looked up in which ways AWS Support answers a new case in ${IN}`,
      `look up in which ways AWS Support answers a new case in ${IN}`,
    ],
    [
      'support',
      'DescribeSupportedLanguages',
      {},
      `looked up in which languages AWS Support answers a new case in ${IN}`,
      `look up in which languages AWS Support answers a new case in ${IN}`,
    ],
    [
      'support',
      'DescribeTrustedAdvisorChecks',
      { language: 'en' },
      `listed the checks of Trusted Advisor in ${IN}`,
      `list the checks of Trusted Advisor in ${IN}`,
    ],
    [
      'support',
      'DescribeTrustedAdvisorCheckResult',
      { checkId: 'Pfx0RwqBli' },
      `read what Trusted Advisor found in check Pfx0RwqBli in ${IN}`,
      `read what Trusted Advisor found in check Pfx0RwqBli in ${IN}`,
    ],
    [
      'support',
      'DescribeTrustedAdvisorCheckSummaries',
      { checkIds: 'Pfx0RwqBli, eW7HH0l7J9' },
      `read a summary of what Trusted Advisor found in 2 different checks (Pfx0RwqBli and eW7HH0l7J9) in ${IN}`,
      `read a summary of what Trusted Advisor found in 2 different checks (Pfx0RwqBli and eW7HH0l7J9) in ${IN}`,
    ],
    [
      'support',
      'DescribeTrustedAdvisorCheckRefreshStatuses',
      { checkIds: 'Pfx0RwqBli' },
      `looked up whether Trusted Advisor has run check Pfx0RwqBli again in ${IN}`,
      `look up whether Trusted Advisor has run check Pfx0RwqBli again in ${IN}`,
    ],
    [
      'support',
      'RefreshTrustedAdvisorCheck',
      { checkId: 'Pfx0RwqBli' },
      `had Trusted Advisor run check Pfx0RwqBli again in ${IN}`,
      `have Trusted Advisor run check Pfx0RwqBli again in ${IN}`,
    ],
    [
      'supportplans',
      'StartSupportPlanUpdate',
      { supportLevel: 'ENTERPRISE_ONRAMP' },
      `asked AWS to change the support plan of ${IN} to Enterprise On-Ramp`,
      `change the support plan of ${IN} to Enterprise On-Ramp`,
    ],
    [
      'supportplans',
      'CreateSupportPlanSchedule',
      {},
      `scheduled the support plan of ${IN}`,
      `schedule the support plan of ${IN}`,
    ],
    [
      'supportplans',
      'ListSupportPlanModifiers',
      {},
      `listed what modifies the support plan of ${IN}`,
      `list what modifies the support plan of ${IN}`,
    ],
    [
      'supportplans',
      'CancelSupportAgreement',
      {},
      `cancelled an agreement about the support of ${IN}`,
      `cancel an agreement about the support of ${IN}`,
    ],
    [
      'supportapp',
      'CreateSlackChannelConfiguration',
      CHANNEL,
      `connected the Slack channel #ops (C01234A5BCD) to the AWS Support App in ${IN}`,
      `connect the Slack channel #ops (C01234A5BCD) to the AWS Support App in ${IN}`,
    ],
    [
      'supportapp',
      'UpdateSlackChannelConfiguration',
      CHANNEL,
      `changed what the AWS Support App does in the Slack channel #ops (C01234A5BCD) in ${IN}`,
      `change what the AWS Support App does in the Slack channel #ops (C01234A5BCD) in ${IN}`,
    ],
    [
      'supportapp',
      'DeleteSlackChannelConfiguration',
      { teamId: 'T1', channelId: 'C01234A5BCD' },
      `disconnected the Slack channel C01234A5BCD from the AWS Support App in ${IN}`,
      `disconnect the Slack channel C01234A5BCD from the AWS Support App in ${IN}`,
    ],
    [
      'supportapp',
      'RegisterSlackWorkspaceForOrganization',
      { teamId: 'T012ABCDEFG', teamName: 'Acme' },
      `connected the Slack workspace Acme (T012ABCDEFG), of the organization, to the AWS Support App in ${IN}`,
      `connect the Slack workspace Acme (T012ABCDEFG), of the organization, to the AWS Support App in ${IN}`,
    ],
    [
      'supportapp',
      'DeleteSlackWorkspaceConfiguration',
      { teamId: 'T012ABCDEFG' },
      `disconnected the Slack workspace T012ABCDEFG from the AWS Support App in ${IN}`,
      `disconnect the Slack workspace T012ABCDEFG from the AWS Support App in ${IN}`,
    ],
    [
      'supportapp',
      'PutAccountAlias',
      { accountAlias: 'Prod' },
      `set the name of ${IN} in the AWS Support App to “Prod”`,
      `set the name of ${IN} in the AWS Support App to “Prod”`,
    ],
    [
      'supportapp',
      'DeleteAccountAlias',
      {},
      `removed the name of ${IN} in the AWS Support App`,
      `remove the name of ${IN} in the AWS Support App`,
    ],
    [
      'supportapp',
      'GetAccountAlias',
      {},
      `looked up the name of ${IN} in the AWS Support App`,
      `look up the name of ${IN} in the AWS Support App`,
    ],
    [
      'supportapp',
      'ListSlackChannelConfigurations',
      {},
      `listed the Slack channels of the AWS Support App in ${IN}`,
      `list the Slack channels of the AWS Support App in ${IN}`,
    ],
    [
      'supportapp',
      'ListSlackWorkspaceConfigurations',
      {},
      `listed the Slack workspaces of the AWS Support App in ${IN}`,
      `list the Slack workspaces of the AWS Support App in ${IN}`,
    ],
    [
      'supportplans',
      'FooBar',
      {},
      `called FooBar of AWS Support Plans in ${IN}`,
      `call FooBar of AWS Support Plans in ${IN}`,
    ],
    [
      'support',
      'toString',
      CASE,
      `called toString of AWS Support on ${LINK} in ${IN}`,
      `call toString of AWS Support on ${LINK} in ${IN}`,
    ],
  ];
  for (const [service, name, told, done, tried] of SAID)
    it(`has words for ${name}, and for one that was refused`, () => {
      const ids = told === CASE ? CASE : {};
      const [head = ''] = linesOf(burst([of(service, name, told, ids)]));
      assert.equal(head.replace(/^:\w+: /, ''), `janedoe ${done}`);
      assert.equal(
        headOf(of(service, name, told, { ...ids, error: 'AccessDenied' })),
        `:no_entry: janedoe tried to ${tried} and was refused by AWS: AccessDenied (no permission for it)`,
      );
    });

  it('has a sentence of its own for every operation that AWS documents', () => {
    const tested = new Set([
      ...SAID.map(([service, name]) => `${service}.${name}`),
      ...Object.keys(EXAMPLES),
    ]);
    for (const [source, names] of Object.entries(DOCUMENTED))
      for (const name of names) {
        assert.notEqual(operationOf({ source, name }), null, `${source} ${name}`);
        assert.ok(tested.has(`${source.split('.')[0]}.${name}`), `${name} has no test`);
      }
    const heads = Object.entries(SERVICES).flatMap(([source, { operations }]) =>
      Object.keys(operations).map((name) => [
        `${source} ${name}`,
        headOf(callAt(1, 'x', { source, name, caseId: '' })),
      ]),
    );
    for (const [name, head = ''] of heads) assert.ok(!/[{}]|undefined|called/.test(head), `${name}: ${head}`);
    // The retired operation did the same.
    const own = heads.filter(([name]) => !name?.endsWith(' UpdateSupportLevel')).map(([, head]) => head);
    assert.equal(new Set(own).size, own.length);
  });

  describe('who', () => {
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
        renderBurst(
          burst([plan('BASIC', { address })], { before: { supportLevel: 'BUSINESS' } }),
          accountName,
        ).text;
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

  describe('plans', () => {
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

  describe('the AWS Support App', () => {
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

  describe('a burst', () => {
    const many = (count: number, change: (index: number) => Partial<ApiCall>) =>
      Array.from({ length: count }, (_, index) =>
        of(
          'support',
          'ResolveCase',
          {},
          { at: 60_000 + index * 60_000, id: `e${index} support ResolveCase`, ...change(index) },
        ),
      );

    it('counts, names a few of what it was about, and says between when', () => {
      const calls = many(12, (index) => ({ ...CASE, displayId: `${index + 1}` }));
      const [head, where, ids] = linesOf(burst(calls)).map((line) => line.replace(/ \(https:[^)]*\)/g, ''));
      assert.equal(
        head,
        `:pencil2: janedoe resolved Case 1, Case 2, Case 3, Case 4, Case 5 and 7 more in ${IN}, 12 times between 1970-01-01 00:01 UTC and 00:12 UTC`,
      );
      assert.equal(where, 'In the AWS console · from 198.51.100.15 · us-east-1');
      assert.equal(ids, 'CloudTrail: ResolveCase of support.amazonaws.com · events e0, e1, e2 and 9 more');
    });

    it('counts one thing once', () => {
      assert.equal(
        linesOf(burst(many(12, () => CASE)))[0],
        `:pencil2: janedoe resolved ${LINK} in ${IN}, 12 times between 1970-01-01 00:01 UTC and 00:12 UTC`,
      );
    });

    it('does not count what it cannot see', () => {
      const head =
        linesOf(
          burst(
            many(3, () => CASE),
            { count: 40 },
          ),
        )[0] ?? '';
      assert.match(head, /resolved Case 1234563851 \(\S+\) and others in account .*, 40 times between /);
      const checks = [1, 2].map((index) =>
        of('support', 'RefreshTrustedAdvisorCheck', { checkId: `c${index}` }),
      );
      assert.match(
        linesOf(burst(checks, { count: 40 }))[0] ?? '',
        /run at least 2 different checks \(c1, c2 and others\) again/,
      );
      assert.match(linesOf(burst(checks))[0] ?? '', /run 2 different checks \(c1 and c2\) again/);
      const cut = of('support', 'DescribeTrustedAdvisorCheckSummaries', {
        checkIds: `${'Pfx0RwqBli, '.repeat(16)}eW7HH0l`,
      });
      assert.match(headOf(cut) ?? '', /at least 1 different checks \(Pfx0RwqBli and others\)/);
    });

    it('says the day of its end where that may be another', () => {
      const calls = many(2, (index) => ({ at: 60_000 + index * 86_400_000 }));
      assert.match(
        linesOf(burst(calls))[0] ?? '',
        /twice between 1970-01-01 00:01 UTC and 1970-01-02 00:01 UTC$/,
      );
    });

    it('says by which error all of them failed', () => {
      const failed = (error: string) =>
        linesOf(burst(many(4, () => ({ error }))))[0]
          ?.split('UTC')
          .at(-1);
      assert.equal(failed('AccessDenied'), ', and was refused by AWS: AccessDenied (no permission for it)');
      assert.equal(
        failed('InternalServerError'),
        ', which failed: InternalServerError (AWS had trouble of its own)',
      );
    });

    it('says of a record without an id nothing that finds no record', () => {
      const id = `${'x'.repeat(43)} support ResolveCase`;
      assert.equal(
        linesOf(burst([of('support', 'ResolveCase', {}, { id })])).at(-1),
        'CloudTrail: ResolveCase of support.amazonaws.com',
      );
    });
  });

  describe('whatever a record holds', () => {
    const names = Object.entries(SERVICES).flatMap(([source, { operations }]) =>
      [...Object.keys(operations), 'FooBar'].map((name) => ({ source, name })),
    );
    /** They show most, of many calls. */
    const NAMED = ['CreateCase', 'DescribeTrustedAdvisorCheckSummaries', 'FooBar'];
    const PLANS = [
      { source: 'supportplans.amazonaws.com', name: 'StartSupportPlanUpdate' },
      { source: 'supportplans.amazonaws.com', name: 'CreateSupportPlanSchedule' },
      { source: 'supportapp.amazonaws.com', name: 'UpdateSlackChannelConfiguration' },
    ];
    const hostile = (text: string, { source, name }: { source: string; name: string }): ApiCall => ({
      ...callAt(60),
      id: text,
      source,
      name,
      error: text.length % 2 === 0 ? null : text,
      principal: { kind: 'role', name: text, role: text, arn: text, account: text },
      address: text,
      region: text,
      caseId: text,
      displayId: text,
      told: Object.fromEntries(
        [
          ...[
            'severityCode',
            'serviceCode',
            'checkId',
            'checkIds',
            'supportLevel',
            'startLevel',
            'startOffer',
          ],
          ...['startTimestamp', 'endLevel', 'endOffer', 'endTimestamp', 'teamId', 'teamName', 'channelId'],
          ...['channelName', 'channelRoleArn', 'accountAlias', 'notifyOnCaseSeverity', 'notifyOnResolveCase'],
        ].map((field) => [field, text]),
      ),
    });
    function check(each: Burst): void {
      const message = renderBurst(each, (account) => account);
      const blocks = acceptBlocks(message.blocks);
      assert.ok(message.text.length <= SLACK_LIMITS.text, `text of ${message.text.length}`);
      assert.ok(
        blocksSize(message.blocks) <= SLACK_LIMITS.blocksTotal,
        `blocks of ${blocksSize(message.blocks)}`,
      );
      assert.deepEqual(mentionsOf({ text: message.text, blocks, parse: 'none' }), []);
      for (const url of linksOf({ text: message.text, blocks, parse: 'none' }))
        assert.match(
          url,
          /^https:\/\/console\.aws\.amazon\.com\/support\/home#\/case\/\?(displayId|caseId)=[\w-]+$/,
        );
      // Nothing that people see breaks a line of ours.
      assert.ok(shownText({ blocks }).split('\n').length <= 4);
      assert.ok(message.text.isWellFormed() && !/[^\P{Cc}\n\t]/u.test(message.text));
    }

    for (const [what, text] of Object.entries(HOSTILE))
      it(`shows ${what} as text, within the limits`, () => {
        const before = hostile(`${text}!`, { source: '', name: '' }).told;
        for (const name of names) check(burst([hostile(text, name)], { before, user: text }));
        for (const name of NAMED.map((each) => ({ source: 'support.amazonaws.com', name: each })).concat(
          PLANS,
        )) {
          const calls = Array.from({ length: 20 }, (_, index) => hostile(`${index}${text}`, name));
          check(burst(calls, { count: 1_000_000, before, user: text }));
        }
      });

    it('holds for any text, id and time', () => {
      const any = fc.oneof(
        anyText(),
        fc.constantFrom(...Object.values(HOSTILE)),
        fc.stringMatching(/^[\w-]{90,100}$/),
      );
      const call = fc.record({
        text: any,
        name: fc.constantFrom(...names),
        at: fc.integer({ min: 0, max: 253_402_300_799_999 }),
        own: fc.boolean(),
        root: fc.boolean(),
      });
      fc.assert(
        fc.property(fc.array(call, { minLength: 1, maxLength: 6 }), fc.nat(50), (each, more) => {
          const calls = each.map(({ text, name, at, own, root }) => ({
            ...hostile(text, name),
            at,
            ...(own
              ? { principal: ownCallAt(1).principal, isOwn: true }
              : root
                ? { principal: ROOT, mfa: false }
                : {}),
          }));
          check({ ...burst(calls), count: calls.length + more, user: each[0]?.text ?? null });
        }),
        { numRuns: 60, seed: 7 },
      );
    });
  });
});
