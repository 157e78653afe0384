import assert from 'node:assert/strict';
import { AssumeRoleCommand, GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { DescribeCasesCommand, SupportClient } from '@aws-sdk/client-support';
import { type Aws, type AwsOptions, startAws } from '../../../src/sandbox/aws/start-aws.js';

const HUB = '111122223333';
const MEMBER = '444455556666';
const ROLE = `arn:aws:iam::${MEMBER}:role/support/casethread`;
const ACCOUNTS = [HUB, MEMBER].map((id) => ({
  id,
  accessKeyId: `AKIACASETHREAD${id.slice(0, 6)}`,
  secretAccessKey: `secret-of-${id}`,
}));

interface Keys {
  accessKeyId: string;
  secretAccessKey: string;
  sessionToken?: string;
}

describe('the stand-in of AWS STS', () => {
  let aws: Aws;
  let now: number;
  beforeEach(async () => {
    now = Date.UTC(2026, 10, 20);
    aws = await start();
  });
  afterEach(() => aws.stop());

  const start = (options: AwsOptions = {}) =>
    startAws({ accounts: ACCOUNTS, callsPerSecond: 'off', now: () => now, ...options });
  const keysOf = (id: string): Keys => {
    const { accessKeyId, secretAccessKey } = aws.account(id);
    return { accessKeyId, secretAccessKey };
  };
  const sts = (credentials: Keys = keysOf(HUB), region = 'us-east-1') =>
    new STSClient({ endpoint: aws.url, region, maxAttempts: 1, credentials });
  const assume = async (
    input: Partial<ConstructorParameters<typeof AssumeRoleCommand>[0]> = {},
    credentials?: Keys,
  ): Promise<Keys & { expiration: Date | undefined }> => {
    const command = new AssumeRoleCommand({ RoleArn: ROLE, RoleSessionName: 'casethread', ...input });
    const { Credentials: given } = await sts(credentials).send(command);
    return {
      accessKeyId: given?.AccessKeyId ?? '',
      secretAccessKey: given?.SecretAccessKey ?? '',
      sessionToken: given?.SessionToken ?? '',
      expiration: given?.Expiration,
    };
  };
  const cases = (credentials: Keys) =>
    new SupportClient({ endpoint: aws.url, region: 'us-east-1', maxAttempts: 1, credentials }).send(
      new DescribeCasesCommand({}),
    );

  it("gives a session that acts in the role's account, and records whose it is", async () => {
    aws.addRole({ arn: ROLE, trusts: HUB });
    aws.openCase({ account: HUB, subject: 'ours', body: 'b', displayId: '17' });
    aws.openCase({ account: MEMBER, subject: 'theirs', body: 'b', displayId: '17' });
    const session = await assume();
    assert.match(session.accessKeyId, /^ASIA/);
    assert.equal(session.expiration?.getTime(), now + 3_600_000);
    assert.deepEqual(
      (await cases(session)).cases?.map(({ subject, displayId }) => [subject, displayId]),
      [['theirs', '17']],
    );
    assert.equal(
      aws.callsOf('DescribeCases')[0]?.by,
      `arn:aws:sts::${MEMBER}:assumed-role/casethread/casethread`,
    );
    assert.equal(aws.callsOf('AssumeRole')[0]?.account, HUB);
  });

  it('says who calls, without any permission', async () => {
    aws.addRole({ arn: ROLE, trusts: HUB });
    const { Account, Arn } = await sts(await assume()).send(new GetCallerIdentityCommand({}));
    assert.deepEqual([Account, Arn], [MEMBER, `arn:aws:sts::${MEMBER}:assumed-role/casethread/casethread`]);
    assert.equal((await sts().send(new GetCallerIdentityCommand({}))).Account, HUB);
  });

  it('refuses a role that is not there, that trusts another, that wants another external id', async () => {
    const sentence = `User: arn:aws:iam::${HUB}:user/casethread is not authorized to perform: sts:AssumeRole on resource: ${ROLE}`;
    const check = (input = {}) =>
      assert.rejects(assume(input), (error: Error & { $metadata?: { httpStatusCode?: number } }) => {
        assert.deepEqual([error.name, error.message], ['AccessDenied', sentence]);
        assert.equal(error.$metadata?.httpStatusCode, 403);
        return true;
      });
    await check();
    aws.addRole({ arn: ROLE, trusts: MEMBER });
    await check();
    aws.addRole({ arn: ROLE, trusts: HUB, externalId: 'right' });
    await check();
    await check({ ExternalId: 'wrong' });
    await assume({ ExternalId: 'right' });
    aws.account(HUB).deny = ['AssumeRole'];
    await check({ ExternalId: 'right' });
  });

  it('takes no odd session name and no odd duration', async () => {
    aws.addRole({ arn: ROLE, trusts: HUB });
    for (const RoleSessionName of ['a', 'with space', 'ü', 'x'.repeat(65)])
      await assert.rejects(assume({ RoleSessionName }), { name: 'ValidationError' });
    for (const DurationSeconds of [899, 43_201, 3_601])
      await assert.rejects(assume({ DurationSeconds }), { name: 'ValidationError' });
    aws.addRole({ arn: ROLE, trusts: HUB, maxSessionSeconds: 7_200 });
    await assume({ DurationSeconds: 7_200 });
  });

  it('lets a session of a role get another for an hour at most', async () => {
    const next = `arn:aws:iam::${HUB}:role/next`;
    aws.addRole({ arn: ROLE, trusts: HUB });
    aws.addRole({ arn: next, trusts: MEMBER, maxSessionSeconds: 7_200 });
    const first = await assume();
    await assert.rejects(assume({ RoleArn: next, DurationSeconds: 3_601 }, first), /role chaining/);
    await assume({ RoleArn: next, DurationSeconds: 3_600 }, first);
  });

  it('ends a session', async () => {
    aws.addRole({ arn: ROLE, trusts: HUB });
    const session = await assume({ DurationSeconds: 900 });
    now += 899_999;
    await cases(session);
    now += 1;
    await assert.rejects(cases(session), { name: 'ExpiredTokenException' });
    // The name is that of the SDK's model; on the wire it is ExpiredToken.
    await assert.rejects(assume({}, session), /expired/);
    assert.equal(aws.callsOf('AssumeRole').at(-1)?.result, 'ExpiredToken');
  });

  it('takes the keys of a session with its token only, and those of a user with none', async () => {
    aws.addRole({ arn: ROLE, trusts: HUB });
    const { accessKeyId, secretAccessKey } = await assume();
    const wrong: Keys[] = [
      { accessKeyId, secretAccessKey },
      { accessKeyId, secretAccessKey, sessionToken: 'made up' },
      { ...keysOf(HUB), sessionToken: 'made up' },
    ];
    for (const keys of wrong) {
      await assert.rejects(cases(keys), { name: 'UnrecognizedClientException' });
      await assert.rejects(assume({}, keys), { name: 'InvalidClientTokenId' });
    }
    await assert.rejects(cases({ ...keysOf(HUB), secretAccessKey: 'wrong' }), {
      name: 'InvalidSignatureException',
    });
    await assert.rejects(assume({}, { ...keysOf(HUB), secretAccessKey: 'wrong' }), {
      name: 'SignatureDoesNotMatch',
    });
  });

  it('meets faults, and is down, as AWS Support is', async () => {
    aws.addRole({ arn: ROLE, trusts: HUB });
    aws.fault('AssumeRole', { kind: 'throttle' });
    await assert.rejects(assume(), { name: 'Throttling' });
    aws.fault('AssumeRole', { kind: 'status', status: 503 });
    await assert.rejects(assume(), { name: 'ServiceUnavailable' });
    aws.fault('AssumeRole', { kind: 'hangup-before' });
    await assert.rejects(assume());
    aws.down();
    await assert.rejects(assume());
    aws.up();
    await assume();
  });

  it('refuses a signature for a Region in which it is not', async () => {
    await aws.stop();
    aws = await start({ regions: ['us-gov-west-1'] });
    await assert.rejects(sts().send(new GetCallerIdentityCommand({})), /valid region, not 'us-east-1'/);
    await sts(keysOf(HUB), 'us-gov-west-1').send(new GetCallerIdentityCommand({}));
    await assert.rejects(cases(keysOf(HUB)), { name: 'InvalidSignatureException' });
  });
});
