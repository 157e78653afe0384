import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  DeleteApiDestinationCommand,
  DescribeRuleCommand,
  DisableRuleCommand,
  PutEventsCommand,
} from '@aws-sdk/client-eventbridge';
import { DeleteRolePolicyCommand, PutRolePolicyCommand } from '@aws-sdk/client-iam';
import { ReceiveMessageCommand } from '@aws-sdk/client-sqs';
import { wireEvent } from '../ingress/event-door.js';
import { type AwsControl, startAwsControl } from '../world/aws-control/aws-control.js';
import { ACCOUNT, HOST, KEY, layPath, names, RULE_ARN } from './lay-path.js';
import { refused } from './refused.js';

describe('the stand-in of EventBridge delivers', () => {
  let control: AwsControl;
  let door: Server;
  let status: number;
  /** Before `status`, in this order. */
  let first: number[];
  const bodies: unknown[] = [];

  beforeEach(async () => {
    status = 202;
    first = [];
    bodies.length = 0;
    door = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        bodies.push({ key: request.headers['x-api-key'], ...JSON.parse(Buffer.concat(chunks).toString()) });
        response.writeHead(first.shift() ?? status).end('{"message":"no"}');
      });
    });
    door.listen(0, '127.0.0.1');
    await once(door, 'listening');
    const origin = `http://127.0.0.1:${(door.address() as AddressInfo).port}`;
    control = await startAwsControl({ origins: { [HOST]: origin } });
  });
  afterEach(async () => {
    await control.stop();
    door.close();
  });

  it('an event of our own through rule, role and API destination', async () => {
    const { events, put } = await layPath(control);
    assert.equal(put.FailedEntryCount, 0);
    const sent = await events.send(
      new PutEventsCommand({
        Entries: [{ Source: 'casethread.test', DetailType: 'Casethread Test', Detail: '{"test":"1"}' }],
      }),
    );
    assert.equal(sent.FailedEntryCount, 0);
    await control.idle();
    assert.equal(bodies.length, 1);
    const [body] = bodies as Record<string, unknown>[];
    assert.equal(body?.key, KEY);
    assert.equal(body?.source, 'casethread.test');
    assert.equal(body?.account, ACCOUNT);
  });

  it('what is refused into the dead-letter queue, with the reason', async () => {
    const { events, sqs, queueUrl } = await layPath(control);
    status = 403;
    await events.send(
      new PutEventsCommand({
        Entries: [{ Source: 'casethread.test', DetailType: 'Casethread Test', Detail: '{}' }],
      }),
    );
    await control.idle();
    const { Messages } = await sqs.send(
      new ReceiveMessageCommand({
        QueueUrl: queueUrl,
        MessageAttributeNames: ['All'],
        MessageSystemAttributeNames: ['All'],
      }),
    );
    const [message] = Messages ?? [];
    assert.equal(JSON.parse(message?.Body ?? '').source, 'casethread.test');
    assert.equal(message?.MessageAttributes?.RULE_ARN?.StringValue, RULE_ARN);
    assert.equal(message?.MessageAttributes?.ERROR_CODE?.StringValue, 'ERROR_FROM_TARGET');
    assert.match(message?.MessageAttributes?.ERROR_MESSAGE?.StringValue ?? '', /HTTP status 403/);
  });

  const emit = () => control.emit({ ...wireEvent(), account: ACCOUNT, region: 'us-east-1' });
  const buried = () =>
    (control.region().queues.get(names.queue)?.messages ?? []).map(
      ({ attributes }) => attributes.ERROR_CODE?.StringValue,
    );

  it("AWS's own events, and nothing while the rule is off", async () => {
    const { events } = await layPath(control);
    emit();
    await control.idle();
    assert.equal((bodies as { source: string }[])[0]?.source, 'aws.support');
    await events.send(new DisableRuleCommand({ Name: names.base }));
    emit();
    await control.idle();
    assert.equal(bodies.length, 1);
    assert.deepEqual(buried(), []);
  });

  it('again what is to come again, and gives up after the retries', async () => {
    await layPath(control);
    first = [503, 429];
    emit();
    await control.idle();
    assert.equal(bodies.length, 3);
    assert.deepEqual(buried(), []);
    status = 401;
    bodies.length = 0;
    emit();
    await control.idle();
    assert.equal(bodies.length, 4);
    assert.deepEqual(buried(), ['ERROR_FROM_TARGET']);
    const [message] = control.region().queues.get(names.queue)?.messages ?? [];
    assert.equal(message?.attributes.EXHAUSTED_RETRY_CONDITION?.StringValue, 'MaximumRetryAttempts');
    assert.equal(message?.attributes.RETRY_ATTEMPTS?.StringValue, '3');
  });

  it('nothing that no retry would help, and buries it at once', async () => {
    const { events, iam } = await layPath(control);
    control.setOrigin(HOST, undefined);
    emit();
    await control.idle();
    await iam.send(new DeleteRolePolicyCommand({ RoleName: names.role, PolicyName: names.policy }));
    emit();
    await control.idle();
    await iam.send(
      new PutRolePolicyCommand({
        RoleName: names.role,
        PolicyName: names.policy,
        PolicyDocument: JSON.stringify({
          Version: '2012-10-17',
          Statement: [{ Effect: 'Allow', Action: 'events:InvokeApiDestination', Resource: '*' }],
        }),
      }),
    );
    await events.send(new DeleteApiDestinationCommand({ Name: names.base }));
    emit();
    await control.idle();
    assert.deepEqual(buried(), ['SDK_CLIENT_ERROR', 'NO_PERMISSIONS', 'NO_RESOURCE']);
    assert.equal(bodies.length, 0);
  });

  it('into no queue whose policy does not let the rule', async () => {
    await layPath(control);
    control.region().queues.get(names.queue)?.attributes.delete('Policy');
    status = 400;
    emit();
    await control.idle();
    assert.equal(bodies.length, 1);
    assert.deepEqual(buried(), []);
  });

  it('trouble on demand, and records what was called and done', async () => {
    const { events } = await layPath(control);
    const ask = () => events.send(new DescribeRuleCommand({ Name: names.base }));
    control.fault('DescribeRule', { kind: 'hangup-after' });
    await assert.rejects(ask());
    control.fault('DescribeRule', { kind: 'status', status: 500 });
    await refused(ask(), 'InternalServerError');
    control.fault('DescribeRule', { kind: 'throttle' });
    await refused(ask(), 'ThrottlingException');
    await ask();
    assert.deepEqual(
      control.callsOf('DescribeRule').map(({ actions, result, done }) => [...actions, result, done]),
      [
        ['events:DescribeRule', 'hangup', true],
        ['events:DescribeRule', 'InternalServerError', false],
        ['events:DescribeRule', 'ThrottlingException', false],
        ['events:DescribeRule', 'ok', true],
      ],
    );
    assert.ok(control.usedActions().includes('iam:PassRole'));
  });
});
