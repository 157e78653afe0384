import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { type ApiCall, caseOfCall, isOwnCall } from '../../../src/case/calls/api-call.js';
import { readApiCall } from '../../../src/case/calls/read-api-call.js';

const FIXTURES = 'test/fixtures/cloudtrail-records';
const ACCOUNT = '111122223333';
type Json = Record<string, unknown>;

const fixture = (name: string): Json => JSON.parse(readFileSync(`${FIXTURES}/${name}.json`, 'utf8')) as Json;

function call(record: unknown, brought = {}): ApiCall {
  const read = readApiCall(record, { receivedAt: 1, ...brought });
  assert.ok('call' in read, JSON.stringify(read));
  return read.call;
}

/** A record of a call that somebody made to a case, with these changes. */
/** Of the event that brings one of AWS's examples. */
function sourceOf(name: string): string {
  return `aws.${name.split('.')[0]}`.replace('unknown', 'support');
}

function record(userIdentity: unknown = {}, change: Json = {}): Json {
  return {
    ...fixture('support.CreateCase'),
    eventName: 'ResolveCase',
    requestParameters: { caseId: 'case-1' },
    responseElements: { initialCaseStatus: 'opened', finalCaseStatus: 'resolved' },
    userAgent: '',
    userIdentity,
    ...change,
  };
}

/** What there is to say of each of AWS's own examples: who, how, when, and what it was about. */
const EXAMPLES: Readonly<Record<string, Partial<ApiCall> & { who: string }>> = {
  'support.CreateCase': {
    who: 'iam-user janedoe',
    way: 'console',
    at: Date.parse('2016-04-13T18:05:53Z'),
    caseId: 'case-111122223333-muen-2016-c3f2077e504940f2',
    mfa: false,
    address: '198.51.100.15',
    told: {
      severityCode: 'low',
      categoryCode: 'other',
      language: 'en',
      serviceCode: 'support-api',
      issueType: 'technical',
      caseId: 'case-111122223333-muen-2016-c3f2077e504940f2',
    },
  },
  'unknown.CreateCase': {
    who: 'iam-user janedoe',
    way: 'unknown',
    source: 'support.amazonaws.com',
    caseId: 'case-111122223333-muen-2016-c3f2077e504940f2',
  },
  'support.RefreshTrustedAdvisorCheck': {
    who: 'iam-user Admin',
    way: 'cli',
    told: { checkId: 'Pfx0RwqBli' },
  },
  'supportplans.GetSupportPlan': { who: 'role janedoe Admin', way: 'console', readOnly: true, told: {} },
  'supportplans.GetSupportPlanUpdateStatus': { who: 'role janedoe Admin', region: 'us-west-2' },
  'supportplans.StartSupportPlanUpdate': { who: 'role janedoe Admin', readOnly: false },
  'supportplans.CreateSupportPlanSchedule': { who: 'role janedoe Admin', way: 'console' },
  'support-subscription.DescribeSupportLevelSummary': { who: 'root root', way: 'console', mfa: false },
  'support-subscription.UpdateProbationAutoCancellation': { who: 'root root', mfa: null },
  'support-subscription.UpdateSupportLevel': {
    who: 'root root',
    told: { supportLevel: 'new_developer', aispl: 'false' },
  },
  'supportrecommendations.StartSupportTroubleshooting': { who: 'iam-user Admin', way: 'console', told: {} },
  'supportrecommendations.GetSupportTroubleshootingResponse': {
    who: 'iam-user Admin',
    told: { conversationId: '...' },
  },
};

const whoOf = ({ principal: { kind, name, role } }: ApiCall) => [kind, name, role].join(' ').trim();

describe('readApiCall', () => {
  const all = readdirSync(FIXTURES).map((file) => file.replace(/\.json$/, ''));

  it('knows every example', () => {
    assert.deepEqual(Object.keys(EXAMPLES).sort(), all.sort());
  });

  for (const name of all) {
    it(`reads ${name}`, () => {
      const { who, ...expected } = EXAMPLES[name] ?? { who: '' };
      const read = call(fixture(name), { source: sourceOf(name) });
      assert.equal(whoOf(read), who);
      assert.equal(read.account, ACCOUNT);
      assert.equal(read.name, fixture(name).eventName);
      assert.equal(read.error, null);
      for (const [field, value] of Object.entries(expected))
        assert.deepEqual(read[field as keyof ApiCall], value, field);
    });
  }

  it('tells plans before and after, and never what people wrote', () => {
    const { told } = call(fixture('supportplans.CreateSupportPlanSchedule'));
    assert.equal(told.startLevel, 'BUSINESS');
    assert.equal(told.endOffer, 'StandardPlan2074BB');
    assert.match(told.supportPlanUpdateArn ?? '', /supportplanschedule/);
    assert.equal(call(fixture('supportplans.StartSupportPlanUpdate')).told.supportLevel, 'BASIC');
    const secret = 'words of a customer';
    const wordy = record(
      {},
      {
        requestParameters: { caseId: 'case-1', communicationBody: secret, subject: secret, message: secret },
        responseElements: { body: secret, ccEmailAddresses: [secret] },
        errorMessage: secret,
      },
    );
    assert.ok(!JSON.stringify(call(wordy)).includes(secret));
  });

  it('tells which workspace was connected to the AWS Support App', () => {
    const change = {
      eventSource: 'supportapp.amazonaws.com',
      eventName: 'RegisterSlackWorkspaceForOrganization',
      requestParameters: { teamId: 'T012ABCDEFG' },
      responseElements: { teamId: 'T012ABCDEFG', teamName: 'Acme', accountType: 'member' },
    };
    const told = { teamId: 'T012ABCDEFG', teamName: 'Acme', accountType: 'member' };
    assert.deepEqual(call(record({}, change)).told, told);
  });

  it('gives copies of a record one id, and different calls of one event id two', () => {
    assert.equal(call(record()).id, call(record()).id);
    const ids = new Set(all.map((name) => call(fixture(name), { source: sourceOf(name) }).id));
    // The two examples of CreateCase are one record, written down twice.
    assert.equal(ids.size, all.length - 1);
    const nameless = record({}, { eventID: 7 });
    assert.equal(call(nameless).id, call({ ...nameless }).id);
    assert.notEqual(call(nameless).id, call({ ...nameless, eventTime: '2016-04-13T18:05:54Z' }).id);
  });

  const SESSION = `arn:aws:sts::${ACCOUNT}:assumed-role`;
  const assumed = (arn: string, role?: string): Json => ({
    type: 'AssumedRole',
    principalId: 'AROAEXAMPLE:from-principal',
    arn,
    accountId: ACCOUNT,
    ...(role === undefined ? {} : { sessionContext: { sessionIssuer: { type: 'Role', userName: role } } }),
  });
  const PRINCIPALS: readonly [string, Json, string][] = [
    [
      'an IAM user by its ARN',
      { type: 'IAMUser', arn: `arn:aws:iam::${ACCOUNT}:user/team/deploy-bot` },
      'iam-user deploy-bot',
    ],
    ['a session of a role', assumed(`${SESSION}/AdminRole/Jane.Doe`, 'AdminRole'), 'role Jane.Doe AdminRole'],
    ['a session without its issuer', assumed(`${SESSION}/AdminRole/Jane.Doe`), 'role Jane.Doe AdminRole'],
    ['a session without an ARN', assumed('', 'AdminRole'), 'role from-principal AdminRole'],
    [
      'a person of IAM Identity Center',
      assumed(`${SESSION}/x/jane@example.com`, 'AWSReservedSSO_Support_Power_0123456789abcdef'),
      'sso jane@example.com Support_Power',
    ],
    ['root', { type: 'Root', arn: `arn:aws:iam::${ACCOUNT}:root`, userName: 'my-alias' }, 'root root'],
    [
      'a federated user',
      { type: 'FederatedUser', arn: `arn:aws:sts::${ACCOUNT}:federated-user/Bob` },
      'federated Bob',
    ],
    ['a SAML user', { type: 'SAMLUser', userName: 'bob' }, 'federated bob'],
    [
      'a person of IAM Identity Center without a role',
      {
        type: 'IdentityCenterUser',
        accountId: ACCOUNT,
        onBehalfOf: { userId: '544894e8-80c1-707f-60e3-3ba6510dfac1', identityStoreArn: 'arn:aws:x' },
      },
      'sso 544894e8-80c1-707f-60e3-3ba6510dfac1',
    ],
    ['a web identity', { type: 'WebIdentityUser', userName: 'bob.web' }, 'federated bob.web'],
    ['an AWS service', { type: 'AWSService', invokedBy: 'health.amazonaws.com' }, 'service AWS Health'],
    [
      'a service that nobody knows',
      { type: 'AWSService', invokedBy: 'constructor.amazonaws.com' },
      'service constructor',
    ],
    ['another account', { type: 'AWSAccount', accountId: '444455556666' }, 'unknown'],
    ['nobody', {}, 'unknown'],
  ];
  for (const [what, identity, expected] of PRINCIPALS) {
    it(`names ${what}`, () => assert.equal(whoOf(call(record(identity))), expected));
  }

  it('keeps of a long name no more than AWS allows one to have', () => {
    const role = `AWSReservedSSO_${'y'.repeat(80)}_0123456789abcdef`;
    const { name, role: permissionSet } = call(
      record(assumed(`${SESSION}/${role}/${'x'.repeat(200)}`, role)),
    ).principal;
    assert.deepEqual([name, permissionSet], [`${'x'.repeat(63)}…`, `${'y'.repeat(63)}…`]);
    const longest = 'z'.repeat(64);
    assert.equal(call(record({ type: 'IAMUser', userName: longest })).principal.name, longest);
  });

  it("knows the bot's sessions in its roles, and takes no other of that name for one", () => {
    const roles = [
      `arn:aws:iam::${ACCOUNT}:role/CasethreadHub`,
      `arn:aws:iam::${ACCOUNT}:role/team/a/Casethread`,
    ];
    const isOwn = (identity: Json, ownRoles = roles) => isOwnCall(call(record(identity), { ownRoles }));
    const own = assumed(`${SESSION}/Casethread/casethread`, 'Casethread');
    assert.ok(isOwn(own));
    assert.ok(isOwn(assumed(`${SESSION}/CasethreadHub/casethread`, 'CasethreadHub')));
    for (const other of [
      assumed(`${SESSION}/Casethread/jane`, 'Casethread'),
      assumed(`${SESSION}/AdminRole/casethread`, 'AdminRole'),
      assumed(`${SESSION.replace(ACCOUNT, '444455556666')}/Casethread/casethread`, 'Casethread'),
      assumed(`${SESSION}/a/Casethread/casethread`, 'Casethread'),
      { type: 'IAMUser', userName: 'casethread' },
      assumed(`${SESSION}/x/casethread`, 'AWSReservedSSO_Admin_0123456789abcdef'),
      {},
    ])
      assert.ok(!isOwn(other), JSON.stringify(other));
    assert.ok(!isOwn(own, []));
    assert.ok(!isOwnCall(call(record(own))));
  });

  const WAYS: readonly [ApiCall['way'], Json][] = [
    ['console', { userAgent: 'console.amazonaws.com' }],
    ['console', { userAgent: 'signin.amazonaws.com' }],
    ['console', { userAgent: 'AWS-SupportPlansConsole, aws-internal/3' }],
    ['console', { userAgent: 'Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0' }],
    ['console', { userAgent: 'aws-internal/3 aws-sdk-java/1.12', sessionCredentialFromConsole: 'true' }],
    [
      'cli',
      {
        userAgent:
          'aws-cli/2.15.0 Python/3.11.6 Linux/6.1 exe/x86_64 prompt/off command/support.resolve-case',
      },
    ],
    ['cli', { userAgent: 'aws-cli/2.15.0 exec-env/CloudShell', sessionCredentialFromConsole: 'true' }],
    ['cli', { userAgent: 'aws-cli/1.18.140 Python/3.6.12 Linux/4.9 botocore/1.17.63' }],
    ['sdk', { userAgent: 'Boto3/1.34.0 md/Botocore#1.34.0 ua/2.0 os/linux' }],
    [
      'sdk',
      { userAgent: 'aws-sdk-js/3.600.0 ua/2.1 os/linux lang/js md/nodejs#20.11.0 api/support#3.600.0' },
    ],
    ['sdk', { userAgent: 'APN/1.0 HashiCorp/1.0 Terraform/1.5 aws-sdk-go/1.44' }],
    ['service', { userAgent: 'AWS Internal' }],
    ['service', { userAgent: 'support.amazonaws.com' }],
    [
      'service',
      { userIdentity: { type: 'AssumedRole', invokedBy: 'health.amazonaws.com' }, userAgent: 'Boto3/1' },
    ],
    ['support-app', { userIdentity: { type: 'AssumedRole', invokedBy: 'supportapp.amazonaws.com' } }],
    ['unknown', { userAgent: 'aws-internal/3 aws-sdk-java/1.12' }],
    ['unknown', { userAgent: 'curl/8' }],
    ['unknown', {}],
  ];
  for (const [way, change] of WAYS) {
    it(`calls ${JSON.stringify(change).slice(0, 60)} ${way}`, () =>
      assert.equal(call(record({}, change)).way, way));
  }

  it('knows a second factor, from wherever it is told', () => {
    const session = (mfaAuthenticated: unknown) => ({ sessionContext: { attributes: { mfaAuthenticated } } });
    assert.equal(call(record(session('true'))).mfa, true);
    assert.equal(call(record(session(false))).mfa, false);
    assert.equal(call(record(session(1), { additionalEventData: { MFAUsed: 'Yes' } })).mfa, true);
    assert.equal(call(record()).mfa, null);
  });

  it('knows a call that failed, and that it did nothing to a case', () => {
    const failed = call(record({}, { errorCode: 'AccessDenied', errorMessage: 'no' }));
    assert.equal(failed.error, 'AccessDenied');
    assert.equal(caseOfCall(failed), null);
    assert.equal(call(record({}, { errorMessage: 'no' })).error, 'an error');
    for (const errorCode of ['Client.UnauthorizedOperation', 'com.amazonaws.support#Throttling'])
      assert.equal(call(record({}, { errorCode })).error, errorCode);
    for (const odd of [
      403,
      0,
      false,
      {},
      { a: 1 },
      [],
      ['AccessDenied'],
      '\u0000',
      ' ',
      'two words',
      'x'.repeat(101),
    ]) {
      assert.equal(call(record({}, { errorCode: odd })).error, 'an error', JSON.stringify(odd));
      assert.equal(call(record({}, { errorMessage: odd })).error, 'an error', JSON.stringify(odd));
    }
    for (const none of [undefined, null, ''])
      assert.equal(call(record({}, { errorCode: none, errorMessage: none })).error, null);
    assert.deepEqual(caseOfCall(call(record())), { account: ACCOUNT, caseId: 'case-1' });
    assert.equal(caseOfCall(call(record({}, { eventName: 'DescribeCases' }))), null);
  });

  it('takes account and time from wherever they are told', () => {
    const from = (change: Json, brought = {}) => call(record({ accountId: '444455556666' }, change), brought);
    assert.equal(from({}).account, ACCOUNT);
    assert.equal(from({ recipientAccountId: 'x' }).account, '444455556666');
    const none = record({}, { recipientAccountId: 1, eventTime: 'yesterday' });
    assert.equal(call(none, { account: '777788889999', at: 5 }).account, '777788889999');
    assert.equal(call(none, { account: '777788889999', at: 5 }).at, 5);
    assert.ok('wrong' in readApiCall(none, { receivedAt: 1, at: 5 }));
    assert.ok('wrong' in readApiCall(none, { receivedAt: 1, account: ACCOUNT }));
    for (const odd of [null, 7, 'record', [], undefined])
      assert.ok('wrong' in readApiCall(odd, { receivedAt: 1 }));
  });

  it('leaves alone what is of another service, or no call', () => {
    for (const change of [
      { eventSource: 'ec2.amazonaws.com' },
      { eventSource: '' },
      { eventName: '' },
      { eventName: {} },
      { eventType: 'AwsServiceEvent' },
    ])
      assert.ok('unused' in readApiCall(record({}, change), { receivedAt: 1 }), JSON.stringify(change));
  });

  it('reads a record with anything in any of its places, within bounds', () => {
    const places = [
      'userIdentity',
      'requestParameters',
      'responseElements',
      'userAgent',
      'eventID',
      'errorCode',
    ];
    const more = [
      'sourceIPAddress',
      'awsRegion',
      'readOnly',
      'additionalEventData',
      'sessionCredentialFromConsole',
    ];
    fc.assert(
      fc.property(fc.constantFrom(...places, ...more), fc.anything(), (place, odd) => {
        const read = call(record({ type: 'IAMUser', userName: 'jane' }, { [place]: odd }));
        assert.ok(JSON.stringify(read).length < 20_000);
      }),
      { numRuns: 150, seed: 7 },
    );
    const inside = (key: string, odd: unknown) => record({ type: 'AssumedRole', [key]: odd });
    fc.assert(
      fc.property(
        fc.constantFrom('type', 'arn', 'userName', 'principalId', 'sessionContext', 'invokedBy', 'accountId'),
        fc.anything(),
        (key, odd) => void call(inside(key, odd)),
      ),
      { numRuns: 150, seed: 7 },
    );
    const huge = 'x'.repeat(500_000);
    const endless = record(
      { type: 'IAMUser', userName: huge, arn: huge },
      {
        userAgent: huge,
        eventID: huge,
        errorCode: huge,
        requestParameters: { caseId: huge, severityCode: huge },
      },
    );
    assert.ok(JSON.stringify(call(endless)).length < 4_000);
    assert.equal(call(endless).caseId, '');
    const deep = JSON.parse(`${'['.repeat(50_000)}${']'.repeat(50_000)}`) as unknown;
    call({
      ...record({}, { eventID: deep, requestParameters: { checkIds: deep }, errorCode: deep }),
      more: deep,
    });
    const rough = call(record({ type: 'IAMUser', userName: 'a\u0000b\nc\ud800d' }));
    assert.equal(rough.principal.name, 'a b c d');
    const unseen = call(record({ type: 'IAMUser', userName: 'jane\u202e\u200beod\ufeff' }));
    assert.equal(unseen.principal.name, 'jane eod');
  });
});
