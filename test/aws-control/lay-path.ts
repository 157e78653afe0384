import {
  CreateApiDestinationCommand,
  CreateConnectionCommand,
  DescribeConnectionCommand,
  EventBridgeClient,
  PutRuleCommand,
  PutTargetsCommand,
} from '@aws-sdk/client-eventbridge';
import { CreateRoleCommand, IAMClient, PutRolePolicyCommand } from '@aws-sdk/client-iam';
import { CreateQueueCommand, SetQueueAttributesCommand, SQSClient } from '@aws-sdk/client-sqs';
import { STSClient } from '@aws-sdk/client-sts';
import { invokePolicy, invokeTrust, queuePolicy } from '../../src/event-path/documents.js';
import { EVENT_PATTERN, eventPathNames, KEY_HEADER, RETRY_POLICY } from '../../src/event-path/names.js';
import type { AwsControl } from '../world/aws-control/aws-control.js';

export const KEY = 'event-key-for-tests-0001';
export const ACCOUNT = '111122223333';
export const HOST = 'casethread.example.com';

/** The real clients against a stand-in. */
export function clientsOf(control: AwsControl, region = 'us-east-1') {
  const [held] = control.credentials;
  const options = {
    endpoint: control.url,
    region,
    credentials: {
      accessKeyId: held?.accessKeyId ?? '',
      secretAccessKey: held?.secretAccessKey ?? '',
      ...(held?.sessionToken === undefined ? {} : { sessionToken: held.sessionToken }),
    },
    maxAttempts: 1,
  };
  return {
    events: new EventBridgeClient(options),
    sqs: new SQSClient(options),
    iam: new IAMClient(options),
    sts: new STSClient(options),
    options,
  };
}

export const names = eventPathNames();
export const RULE_ARN = `arn:aws:events:us-east-1:${ACCOUNT}:rule/${names.base}`;
export const QUEUE_ARN = `arn:aws:sqs:us-east-1:${ACCOUNT}:${names.queue}`;

/** The whole way of the events, as the README has it. */
export async function layPath(control: AwsControl) {
  const clients = clientsOf(control);
  const { events, sqs, iam } = clients;
  const connection = await events.send(
    new CreateConnectionCommand({
      Name: names.base,
      AuthorizationType: 'API_KEY',
      AuthParameters: { ApiKeyAuthParameters: { ApiKeyName: KEY_HEADER, ApiKeyValue: KEY } },
    }),
  );
  const describe = () => events.send(new DescribeConnectionCommand({ Name: names.base }));
  while ((await describe()).ConnectionState === 'AUTHORIZING');
  const destination = await events.send(
    new CreateApiDestinationCommand({
      Name: names.base,
      ConnectionArn: connection.ConnectionArn,
      InvocationEndpoint: `https://${HOST}/aws/events`,
      HttpMethod: 'POST',
    }),
  );
  await events.send(new PutRuleCommand({ Name: names.base, EventPattern: JSON.stringify(EVENT_PATTERN) }));
  const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: names.queue }));
  const Policy = JSON.stringify(queuePolicy(QUEUE_ARN, RULE_ARN));
  await sqs.send(new SetQueueAttributesCommand({ QueueUrl, Attributes: { Policy } }));
  const role = await iam.send(
    new CreateRoleCommand({
      RoleName: names.role,
      AssumeRolePolicyDocument: JSON.stringify(invokeTrust(RULE_ARN, ACCOUNT)),
    }),
  );
  const at = { partition: 'aws', region: 'us-east-1', account: ACCOUNT, destination: names.base };
  await iam.send(
    new PutRolePolicyCommand({
      RoleName: names.role,
      PolicyName: names.policy,
      PolicyDocument: JSON.stringify(invokePolicy(at)),
    }),
  );
  const put = await events.send(
    new PutTargetsCommand({
      Rule: names.base,
      Targets: [
        {
          Id: names.base,
          Arn: destination.ApiDestinationArn,
          RoleArn: role.Role?.Arn,
          RetryPolicy: RETRY_POLICY,
          DeadLetterConfig: { Arn: QUEUE_ARN },
        },
      ],
    }),
  );
  return { ...clients, put, queueUrl: QueueUrl ?? '', destinationArn: destination.ApiDestinationArn ?? '' };
}
