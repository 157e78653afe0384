import assert from 'node:assert/strict';
import {
  CreateRoleCommand,
  DeleteRoleCommand,
  DeleteRolePolicyCommand,
  GetRoleCommand,
  GetRolePolicyCommand,
  IAMClient,
  ListAttachedRolePoliciesCommand,
  ListRolePoliciesCommand,
  ListRoleTagsCommand,
  PutRolePolicyCommand,
  TagRoleCommand,
} from '@aws-sdk/client-iam';
import { GetCallerIdentityCommand } from '@aws-sdk/client-sts';
import { invokePolicy, invokeTrust } from '../../src/event-path/documents.js';
import { type AwsControl, startAwsControl } from '../world/aws-control/aws-control.js';
import { ACCOUNT, clientsOf, RULE_ARN } from './lay-path.js';
import { refused } from './refused.js';

const RoleName = 'casethread-events';
const TRUST = JSON.stringify(invokeTrust(RULE_ARN, ACCOUNT));
const INVOKE = JSON.stringify(
  invokePolicy({ partition: 'aws', region: 'us-east-1', account: ACCOUNT, destination: 'casethread' }),
);

describe('the stand-in of IAM', () => {
  let control: AwsControl;
  let iam: IAMClient;
  beforeEach(async () => {
    control = await startAwsControl();
    ({ iam } = clientsOf(control));
  });
  afterEach(() => control.stop());
  const create = (more: object = {}) =>
    iam.send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument: TRUST, ...more }));

  it('makes a role once, with tags, and gives its documents back as IAM writes them', async () => {
    await create({ Tags: [{ Key: 'casethread', Value: 'event-path' }], Description: '<a> & "b"' });
    await refused(create(), 'EntityAlreadyExistsException');
    const { Role } = await iam.send(new GetRoleCommand({ RoleName }));
    assert.equal(Role?.Arn, `arn:aws:iam::${ACCOUNT}:role/${RoleName}`);
    assert.equal(decodeURIComponent(Role?.AssumeRolePolicyDocument ?? ''), TRUST);
    assert.notEqual(Role?.AssumeRolePolicyDocument, TRUST);
    assert.equal(Role?.Description, '<a> & "b"');
    await iam.send(new TagRoleCommand({ RoleName, Tags: [{ Key: 'a', Value: 'b' }] }));
    const { Tags } = await iam.send(new ListRoleTagsCommand({ RoleName }));
    assert.deepEqual(
      Tags?.map(({ Key }) => Key),
      ['casethread', 'a'],
    );
  });

  it('keeps inline policies, and deletes no role that has one', async () => {
    await create({ Tags: [] });
    const PolicyName = 'invoke';
    await iam.send(new PutRolePolicyCommand({ RoleName, PolicyName, PolicyDocument: INVOKE }));
    const { PolicyDocument } = await iam.send(new GetRolePolicyCommand({ RoleName, PolicyName }));
    assert.equal(decodeURIComponent(PolicyDocument ?? ''), INVOKE);
    assert.deepEqual((await iam.send(new ListRolePoliciesCommand({ RoleName }))).PolicyNames, [PolicyName]);
    assert.deepEqual(
      (await iam.send(new ListAttachedRolePoliciesCommand({ RoleName }))).AttachedPolicies,
      [],
    );
    await refused(iam.send(new DeleteRoleCommand({ RoleName })), 'DeleteConflictException');
    await iam.send(new DeleteRolePolicyCommand({ RoleName, PolicyName }));
    await refused(iam.send(new GetRolePolicyCommand({ RoleName, PolicyName })), 'NoSuchEntityException');
    await iam.send(new DeleteRoleCommand({ RoleName }));
    await refused(iam.send(new GetRoleCommand({ RoleName })), 'NoSuchEntityException');
  });

  it('refuses what is no policy of its kind', async () => {
    const bad = (AssumeRolePolicyDocument: string) => create({ AssumeRolePolicyDocument });
    for (const document of ['no', '{}', INVOKE])
      await refused(bad(document), 'MalformedPolicyDocumentException');
    await create();
    const put = (PolicyDocument: string) =>
      iam.send(new PutRolePolicyCommand({ RoleName, PolicyName: 'x', PolicyDocument }));
    for (const document of ['no', '{}', TRUST])
      await refused(put(document), 'MalformedPolicyDocumentException');
    const long = JSON.parse(INVOKE);
    long.Statement[0].Action = Array.from({ length: 500 }, (_, n) => `events:InvokeApiDestination${n}`);
    await refused(put(JSON.stringify(long)), 'LimitExceededException');
    await refused(create({ RoleName: 'a b' }), 'ValidationError');
  });

  it('denies by action, also those that come along', async () => {
    control.deny('iam:TagRole');
    await refused(create({ Tags: [{ Key: 'a', Value: 'b' }] }), 'AccessDenied', /iam:TagRole/);
    await create();
  });
});

describe('who signs, at the stand-ins', () => {
  let control: AwsControl;
  afterEach(() => control.stop());

  it('is told who it is, whatever is denied', async () => {
    control = await startAwsControl({ deny: ['*'] });
    const { sts } = clientsOf(control);
    const { Account, Arn } = await sts.send(new GetCallerIdentityCommand({}));
    assert.deepEqual([Account, Arn], [ACCOUNT, `arn:aws:iam::${ACCOUNT}:user/operator`]);
  });

  it('needs the key, the secret and the token of somebody', async () => {
    control = await startAwsControl({
      credentials: [
        { account: ACCOUNT, accessKeyId: 'ASIATEST', secretAccessKey: 'secret', sessionToken: 'token' },
      ],
    });
    const { options } = clientsOf(control);
    const ask = (credentials: object) =>
      new IAMClient({ ...options, credentials: { ...options.credentials, ...credentials } }).send(
        new GetRoleCommand({ RoleName }),
      );
    await refused(ask({}), 'NoSuchEntityException');
    await refused(ask({ accessKeyId: 'AKIAOTHER' }), 'InvalidClientTokenId');
    await refused(ask({ sessionToken: 'other' }), 'InvalidClientTokenId');
    await refused(ask({ secretAccessKey: 'other' }), 'SignatureDoesNotMatch');
    for (const held of control.credentials) held.expired = true;
    await refused(ask({}), 'ExpiredToken');
  });

  it('calls IAM in its one Region, and other services in a Region that the account has', async () => {
    control = await startAwsControl();
    const { iam, events } = clientsOf(control, 'eu-west-1');
    await refused(iam.send(new GetRoleCommand({ RoleName })), 'SignatureDoesNotMatch', /eu-west-1/);
    const { DescribeRuleCommand } = await import('@aws-sdk/client-eventbridge');
    const rule = new DescribeRuleCommand({ Name: 'casethread' });
    await refused(events.send(rule), 'ResourceNotFoundException');
    await refused(
      clientsOf(control, 'ap-south-1').events.send(rule),
      'InvalidSignatureException',
      /ap-south-1/,
    );
  });

  it('is told of a service that is not here, and of requests that nobody has signed', async () => {
    control = await startAwsControl();
    const { SupportClient, DescribeServicesCommand } = await import('@aws-sdk/client-support');
    const { options } = clientsOf(control);
    await refused(
      new SupportClient(options).send(new DescribeServicesCommand({})),
      'UnknownOperationException',
      /no stand-in of the service support/,
    );
    const answer = await fetch(control.url, { method: 'POST', body: '{}' });
    assert.equal(answer.status, 403);
    assert.match(await answer.text(), /Missing Authentication Token/);
  });
});
