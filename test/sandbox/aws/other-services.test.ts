import assert from 'node:assert/strict';
import { DescribeRuleCommand, EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { GetRoleCommand, IAMClient } from '@aws-sdk/client-iam';
import { type Aws, startAws } from '../../../src/sandbox/aws/start-aws.js';

describe('the stand-in AWS, asked for another service than AWS Support', () => {
  let aws: Aws;
  before(async () => {
    aws = await startAws();
  });
  after(() => aws.stop());

  const settings = () => {
    const { accessKeyId = '', secretAccessKey = '' } = aws.accounts[0] ?? {};
    return {
      endpoint: aws.url,
      region: 'us-east-1',
      maxAttempts: 1,
      credentials: { accessKeyId, secretAccessKey },
    };
  };

  it('does not allow it, in the words of that service', async () => {
    await assert.rejects(
      new EventBridgeClient(settings()).send(new DescribeRuleCommand({ Name: 'casethread' })),
      {
        name: 'AccessDeniedException',
        message: /events:DescribeRule/,
      },
    );
    await assert.rejects(new IAMClient(settings()).send(new GetRoleCommand({ RoleName: 'casethread' })), {
      name: /AccessDenied/,
      message: /iam:GetRole/,
    });
    assert.equal(aws.calls.length, 0);
  });
});
