import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { operationOf, SERVICES } from '../../../src/case/calls/operations/operation-of.js';
import { callAt } from '../../case/calls/sample-call.js';
import { burst, CASE, CHANNEL, headOf, IN, LINK, linesOf, of } from './shown.js';

/** Each is shown whole in examples.test.ts. */
const EXAMPLES = readdirSync('test/fixtures/cloudtrail-records').map((name) => name.replace(/\.json$/, ''));

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

describe('renderBurst, by operation', () => {
  /** By operation: what was done, and, in the second words, what somebody was not allowed to do. */
  const SAID: readonly [
    operation: string,
    did: string,
    wanted: string,
    what: string,
    told?: Record<string, string>,
  ][] = [
    ['support.CreateCase', 'opened', 'open', `a case in ${IN}`],
    ['support.AddCommunicationToCase', 'wrote', 'write', `on a case in ${IN}`],
    ['support.ResolveCase', 'resolved', 'resolve', `a case in ${IN}`],
    ['support.ReopenCase', 'reopened', 'reopen', `a case in ${IN}`],
    ['support.AddAttachmentsToSet', 'uploaded', 'upload', `files for a case in ${IN}`],
    ['support.GetAttachmentUploadLinks', 'began', 'begin', `the upload of a large file for a case in ${IN}`],
    [
      'support.CompleteAttachmentUpload',
      'finished',
      'finish',
      `the upload of a large file for a case in ${IN}`,
    ],
    ['support.DescribeCases', 'looked up', 'look up', `the cases in ${IN}`],
    ['support.DescribeCommunications', 'read', 'read', `the messages of a case in ${IN}`],
    ['support.DescribeAttachment', 'downloaded', 'download', `a file of a case in ${IN}`],
    ['support.GetAttachmentDownloadLink', 'got', 'get', `a link to download a file of a case in ${IN}`],
    [
      'support.DescribeAttachmentUploadStatus',
      'looked up',
      'look up',
      `how the upload of a large file for a case in ${IN} stands`,
    ],
    ['support.DescribeServices', 'looked up', 'look up', `the services that cases can be about in ${IN}`],
    ['support.DescribeSeverityLevels', 'looked up', 'look up', `the severities that cases can have in ${IN}`],
    [
      'support.DescribeCreateCaseOptions',
      'looked up',
      'look up',
      `in which ways AWS Support answers a new case in ${IN}`,
    ],
    [
      'support.DescribeSupportedLanguages',
      'looked up',
      'look up',
      `in which languages AWS Support answers a new case in ${IN}`,
    ],
    [
      'support.DescribeTrustedAdvisorChecks',
      'listed',
      'list',
      `the checks of Trusted Advisor in ${IN}`,
      { language: 'en' },
    ],
    [
      'support.DescribeTrustedAdvisorCheckResult',
      'read',
      'read',
      `what Trusted Advisor found in check Pfx0RwqBli in ${IN}`,
      { checkId: 'Pfx0RwqBli' },
    ],
    [
      'support.DescribeTrustedAdvisorCheckSummaries',
      'read',
      'read',
      `a summary of what Trusted Advisor found in 2 different checks (Pfx0RwqBli and eW7HH0l7J9) in ${IN}`,
      { checkIds: 'Pfx0RwqBli, eW7HH0l7J9' },
    ],
    [
      'support.DescribeTrustedAdvisorCheckRefreshStatuses',
      'looked up',
      'look up',
      `whether Trusted Advisor has run check Pfx0RwqBli again in ${IN}`,
      { checkIds: 'Pfx0RwqBli' },
    ],
    [
      'support.RefreshTrustedAdvisorCheck',
      'had',
      'have',
      `Trusted Advisor run check Pfx0RwqBli again in ${IN}`,
      { checkId: 'Pfx0RwqBli' },
    ],
    [
      'supportplans.StartSupportPlanUpdate',
      'asked AWS to change',
      'change',
      `the support plan of ${IN} to Enterprise On-Ramp`,
      { supportLevel: 'ENTERPRISE_ONRAMP' },
    ],
    ['supportplans.CreateSupportPlanSchedule', 'scheduled', 'schedule', `the support plan of ${IN}`],
    ['supportplans.ListSupportPlanModifiers', 'listed', 'list', `what modifies the support plan of ${IN}`],
    ['supportplans.CancelSupportAgreement', 'cancelled', 'cancel', `an agreement about the support of ${IN}`],
    [
      'supportapp.CreateSlackChannelConfiguration',
      'connected',
      'connect',
      `the Slack channel #ops (C01234A5BCD) to the AWS Support App in ${IN}`,
      CHANNEL,
    ],
    [
      'supportapp.UpdateSlackChannelConfiguration',
      'changed',
      'change',
      `what the AWS Support App does in the Slack channel #ops (C01234A5BCD) in ${IN}`,
      CHANNEL,
    ],
    [
      'supportapp.DeleteSlackChannelConfiguration',
      'disconnected',
      'disconnect',
      `the Slack channel C01234A5BCD from the AWS Support App in ${IN}`,
      { teamId: 'T1', channelId: 'C01234A5BCD' },
    ],
    [
      'supportapp.RegisterSlackWorkspaceForOrganization',
      'connected',
      'connect',
      `the Slack workspace Acme (T012ABCDEFG), of the organization, to the AWS Support App in ${IN}`,
      { teamId: 'T012ABCDEFG', teamName: 'Acme' },
    ],
    [
      'supportapp.DeleteSlackWorkspaceConfiguration',
      'disconnected',
      'disconnect',
      `the Slack workspace T012ABCDEFG from the AWS Support App in ${IN}`,
      { teamId: 'T012ABCDEFG' },
    ],
    [
      'supportapp.PutAccountAlias',
      'set',
      'set',
      `the name of ${IN} in the AWS Support App to “Prod”`,
      { accountAlias: 'Prod' },
    ],
    ['supportapp.DeleteAccountAlias', 'removed', 'remove', `the name of ${IN} in the AWS Support App`],
    ['supportapp.GetAccountAlias', 'looked up', 'look up', `the name of ${IN} in the AWS Support App`],
    [
      'supportapp.ListSlackChannelConfigurations',
      'listed',
      'list',
      `the Slack channels of the AWS Support App in ${IN}`,
    ],
    [
      'supportapp.ListSlackWorkspaceConfigurations',
      'listed',
      'list',
      `the Slack workspaces of the AWS Support App in ${IN}`,
    ],
    ['supportplans.FooBar', 'called', 'call', `FooBar of AWS Support Plans in ${IN}`],
    ['support.toString', 'called', 'call', `toString of AWS Support on ${LINK} in ${IN}`, CASE],
  ];
  for (const [operation, did, wanted, what, told = {}] of SAID)
    it(`has words for ${operation}, and for one that was refused`, () => {
      const [service = '', name = ''] = operation.split('.');
      const ids = told === CASE ? CASE : {};
      const [head = ''] = linesOf(burst([of(service, name, told, ids)]));
      assert.equal(head.replace(/^:\w+: /, ''), `janedoe ${did} ${what}`);
      assert.equal(
        headOf(of(service, name, told, { ...ids, error: 'AccessDenied' })),
        `:no_entry: janedoe tried to ${wanted} ${what} and was refused by AWS: AccessDenied (no permission for it)`,
      );
    });

  it('has a sentence of its own for every operation that AWS documents', () => {
    const tested = new Set([...SAID.map(([operation]) => operation), ...EXAMPLES]);
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
});
