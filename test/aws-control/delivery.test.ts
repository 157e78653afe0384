import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { ReceiveMessageCommand } from '@aws-sdk/client-sqs';
import { type AwsControl, startAwsControl } from '../world/aws-control/aws-control.js';
import { ACCOUNT, HOST, KEY, layPath, RULE_ARN } from './lay-path.js';

describe('the stand-in of EventBridge delivers', () => {
  let control: AwsControl;
  let door: Server;
  let status: number;
  const bodies: unknown[] = [];

  beforeEach(async () => {
    status = 202;
    bodies.length = 0;
    door = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        bodies.push({ key: request.headers['x-api-key'], ...JSON.parse(Buffer.concat(chunks).toString()) });
        response.writeHead(status).end('{"message":"no"}');
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
});
