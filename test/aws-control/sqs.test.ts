import assert from 'node:assert/strict';
import {
  ChangeMessageVisibilityCommand,
  CreateQueueCommand,
  DeleteMessageBatchCommand,
  DeleteMessageCommand,
  DeleteQueueCommand,
  GetQueueAttributesCommand,
  GetQueueUrlCommand,
  ListQueueTagsCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
  SetQueueAttributesCommand,
  type SQSClient,
  TagQueueCommand,
  UntagQueueCommand,
} from '@aws-sdk/client-sqs';
import { queuePolicy } from '../../src/event-path/documents.js';
import { type AwsControl, startAwsControl } from '../world/aws-control/aws-control.js';
import { clientsOf, QUEUE_ARN, RULE_ARN } from './lay-path.js';
import { refused } from './refused.js';

const NAME = 'casethread-undelivered';

describe('the stand-in of SQS', () => {
  let control: AwsControl;
  let sqs: SQSClient;
  let QueueUrl: string;
  beforeEach(async () => {
    control = await startAwsControl();
    ({ sqs } = clientsOf(control));
    const created = await sqs.send(
      new CreateQueueCommand({ QueueName: NAME, Attributes: { MessageRetentionPeriod: '1209600' } }),
    );
    QueueUrl = created.QueueUrl ?? '';
  });
  afterEach(() => control.stop());

  const send = (body: string) =>
    sqs.send(
      new SendMessageCommand({
        QueueUrl,
        MessageBody: body,
        MessageAttributes: { ERROR_CODE: { DataType: 'String', StringValue: 'TIMEOUT' } },
      }),
    );
  const receive = async (more: object = {}) =>
    (await sqs.send(new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10, ...more }))).Messages ??
    [];

  it('makes a queue once, and the same again is no error unless its attributes differ', async () => {
    const again = (Attributes?: Record<string, string>) =>
      sqs.send(new CreateQueueCommand({ QueueName: NAME, Attributes }));
    assert.equal((await again()).QueueUrl, QueueUrl);
    assert.equal((await again({ MessageRetentionPeriod: '1209600' })).QueueUrl, QueueUrl);
    await refused(again({ MessageRetentionPeriod: '60' }), 'QueueNameExists', /MessageRetentionPeriod/);
    await refused(again({ MessageRetentionPeriod: '59' }), 'InvalidAttributeValue');
    await refused(again({ Colour: 'red' }), 'InvalidAttributeName');
    await refused(sqs.send(new CreateQueueCommand({ QueueName: 'a b' })), 'InvalidParameterValue');
  });

  it('has no queue that nobody has made, and keeps a name back after it was deleted', async () => {
    await refused(sqs.send(new GetQueueUrlCommand({ QueueName: 'other' })), 'QueueDoesNotExist');
    control.behaviour.queueNameRestsMs = 60_000;
    await sqs.send(new DeleteQueueCommand({ QueueUrl }));
    await refused(receive(), 'QueueDoesNotExist');
    await refused(sqs.send(new CreateQueueCommand({ QueueName: NAME })), 'QueueDeletedRecently');
  });

  it('takes as a policy only a policy document about this queue', async () => {
    const set = (Policy: string) =>
      sqs.send(new SetQueueAttributesCommand({ QueueUrl, Attributes: { Policy } }));
    const good = queuePolicy(QUEUE_ARN, RULE_ARN);
    const without = (part: string) => JSON.stringify(good).replace(part, '');
    for (const wrong of [
      '{',
      '{}',
      JSON.stringify(queuePolicy(`${QUEUE_ARN}2`, RULE_ARN)),
      without('"Principal":{"Service":"events.amazonaws.com"},'),
      without('"Version":"2012-10-17",'),
      JSON.stringify(good).replace('sqs:SendMessage', 'events:PutRule'),
      JSON.stringify(good).replace('"Allow"', '"Perhaps"'),
    ])
      await refused(set(wrong), 'InvalidAttributeValue', /Policy/);
    await set(JSON.stringify(good));
    const get = () =>
      sqs.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['Policy', 'QueueArn'] }));
    assert.deepEqual((await get()).Attributes, { Policy: JSON.stringify(good), QueueArn: QUEUE_ARN });
    await set('');
    assert.equal((await get()).Attributes?.Policy, undefined);
  });

  it('tags queues', async () => {
    const tags = async () => (await sqs.send(new ListQueueTagsCommand({ QueueUrl }))).Tags;
    await sqs.send(new TagQueueCommand({ QueueUrl, Tags: { casethread: 'event-path', a: 'b' } }));
    await sqs.send(new UntagQueueCommand({ QueueUrl, TagKeys: ['a'] }));
    assert.deepEqual(await tags(), { casethread: 'event-path' });
  });

  it('gives a message out, hides it, and shows it again', async () => {
    await send('one');
    const [first] = await receive({ MessageAttributeNames: ['All'], VisibilityTimeout: 600 });
    assert.equal(first?.Body, 'one');
    assert.equal(first?.MessageAttributes?.ERROR_CODE?.StringValue, 'TIMEOUT');
    assert.deepEqual(await receive(), []);
    const back = { QueueUrl, ReceiptHandle: first?.ReceiptHandle, VisibilityTimeout: 0 };
    await sqs.send(new ChangeMessageVisibilityCommand(back));
    await refused(sqs.send(new ChangeMessageVisibilityCommand(back)), 'MessageNotInflight');
    const [second] = await receive({ MessageSystemAttributeNames: ['ApproximateReceiveCount'] });
    assert.equal(second?.Attributes?.ApproximateReceiveCount, '2');
    assert.equal(second?.MessageAttributes, undefined);
    // The first receipt has had its day: it deletes nothing.
    await sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle: first?.ReceiptHandle }));
    assert.equal(control.region().queues.get(NAME)?.messages.length, 1);
    await sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle: second?.ReceiptHandle }));
    assert.equal(control.region().queues.get(NAME)?.messages.length, 0);
    const invented = new DeleteMessageCommand({ QueueUrl, ReceiptHandle: 'mine' });
    await refused(sqs.send(invented), 'ReceiptHandleIsInvalid');
  });

  it('waits for a message as long as it is asked to', async () => {
    control.behaviour.waitSecondMs = 1_000;
    const waiting = receive({ WaitTimeSeconds: 20 });
    await control.until(() => control.callsOf('ReceiveMessage').length === 1, 'the poll');
    await send('late');
    assert.equal((await waiting)[0]?.Body, 'late');
    await refused(receive({ WaitTimeSeconds: 21 }), 'InvalidParameterValue');
    await refused(receive({ MaxNumberOfMessages: 11 }), 'InvalidParameterValue');
  });

  it('deletes several at once, and says which it could not', async () => {
    for (const body of ['a', 'b']) await send(body);
    const got = await receive();
    const Entries = [
      ...got.map(({ ReceiptHandle }, n) => ({ Id: String(n), ReceiptHandle })),
      { Id: 'x', ReceiptHandle: 'mine' },
    ];
    const { Successful, Failed } = await sqs.send(new DeleteMessageBatchCommand({ QueueUrl, Entries }));
    assert.deepEqual([Successful?.length, Failed?.[0]?.Code], [2, 'ReceiptHandleIsInvalid']);
    const none = new DeleteMessageBatchCommand({ QueueUrl, Entries: [] });
    await refused(sqs.send(none), 'EmptyBatchRequest');
  });
});
