import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { ApiError } from '../../../../src/sandbox/aws/api-error.js';
import { type Operations, operation } from '../operation.js';
import type { Desk } from '../state.js';
import { md5OfAttributes } from './md5-of-attributes.js';
import { type Message, md5, putMessage, type Queue, queueAt, setting } from './queue.js';

const QueueUrl = z.string();
const MessageAttributes = z
  .record(
    z.string().regex(/^[A-Za-z0-9_.-]{1,256}$/),
    z.strictObject({
      DataType: z.string().regex(/^(String|Number|Binary)(\..+)?$/),
      StringValue: z.string().optional(),
      BinaryValue: z.string().optional(),
    }),
  )
  .default({});

export const messageOperations: Operations = {
  SendMessage: operation(
    z.strictObject({
      QueueUrl,
      MessageBody: z.string(),
      DelaySeconds: z.number().int().min(0).max(900).optional(),
      MessageAttributes,
    }),
    (desk, input) => {
      const queue = queueAt(desk, input.QueueUrl);
      if (input.MessageBody === '')
        throw new ApiError('MissingParameter', 'The request must contain the parameter MessageBody.');
      if (Buffer.byteLength(input.MessageBody) > setting(queue, 'MaximumMessageSize'))
        throw new ApiError(
          'InvalidParameterValue',
          'One or more parameters are invalid. Reason: Message too long.',
        );
      if (Object.keys(input.MessageAttributes).length > 10)
        throw new ApiError('InvalidParameterValue', 'Number of message attributes must be 10 or fewer.');
      const message = putMessage(desk, queue, input.MessageBody, input.MessageAttributes, input.DelaySeconds);
      return {
        MessageId: message.id,
        MD5OfMessageBody: md5(message.body),
        MD5OfMessageAttributes: md5OfAttributes(message.attributes),
      };
    },
  ),
  ReceiveMessage: operation(
    z.strictObject({
      QueueUrl,
      AttributeNames: z.array(z.string()).default([]),
      MessageSystemAttributeNames: z.array(z.string()).default([]),
      MessageAttributeNames: z.array(z.string()).default([]),
      MaxNumberOfMessages: z.number().int().default(1),
      VisibilityTimeout: z.number().int().optional(),
      WaitTimeSeconds: z.number().int().optional(),
    }),
    async (desk, input) => {
      const queue = queueAt(desk, input.QueueUrl);
      between('MaxNumberOfMessages', input.MaxNumberOfMessages, 1, 10);
      const hideFor = input.VisibilityTimeout ?? setting(queue, 'VisibilityTimeout');
      between('VisibilityTimeout', hideFor, 0, 43_200);
      const wait = input.WaitTimeSeconds ?? setting(queue, 'ReceiveMessageWaitTimeSeconds');
      between('WaitTimeSeconds', wait, 0, 20);
      const most = Math.min(input.MaxNumberOfMessages, desk.behaviour.mostMessages);
      const messages = await receive(desk, queue, { most, hideFor, wait });
      const system = [...input.AttributeNames, ...input.MessageSystemAttributeNames];
      return messages.length === 0
        ? {}
        : { Messages: messages.map((each) => shown(desk, each, system, input.MessageAttributeNames)) };
    },
  ),
  DeleteMessage: operation(z.strictObject({ QueueUrl, ReceiptHandle: z.string() }), (desk, input) => {
    remove(desk, queueAt(desk, input.QueueUrl), input.ReceiptHandle);
    return {};
  }),
  DeleteMessageBatch: operation(
    z.strictObject({
      QueueUrl,
      Entries: z.array(z.strictObject({ Id: z.string(), ReceiptHandle: z.string() })),
    }),
    (desk, { QueueUrl: url, Entries }) => {
      const queue = queueAt(desk, url);
      if (Entries.length === 0)
        throw new ApiError('EmptyBatchRequest', 'There should be at least one entry in the request.');
      if (Entries.length > 10)
        throw new ApiError('TooManyEntriesInBatchRequest', 'Maximum number of entries per request are 10.');
      if (new Set(Entries.map(({ Id }) => Id)).size < Entries.length)
        throw new ApiError('BatchEntryIdsNotDistinct', 'Two or more batch entries have the same Id.');
      const Successful: object[] = [];
      const Failed: object[] = [];
      for (const { Id, ReceiptHandle } of Entries) {
        try {
          remove(desk, queue, ReceiptHandle);
          Successful.push({ Id });
        } catch (error) {
          if (!(error instanceof ApiError)) throw error;
          Failed.push({ Id, SenderFault: true, Code: error.name, Message: error.message });
        }
      }
      return { Successful, Failed };
    },
    () => ['sqs:DeleteMessage'],
  ),
  ChangeMessageVisibility: operation(
    z.strictObject({ QueueUrl, ReceiptHandle: z.string(), VisibilityTimeout: z.number().int() }),
    (desk, input) => {
      const queue = queueAt(desk, input.QueueUrl);
      between('VisibilityTimeout', input.VisibilityTimeout, 0, 43_200);
      const message = messageOf(queue, input.ReceiptHandle);
      if (message === undefined || message.visibleAt <= desk.now())
        throw new ApiError(
          'MessageNotInflight',
          `Value ${input.ReceiptHandle} for parameter ReceiptHandle is invalid. Reason: Message does not exist or is not available for visibility timeout change.`,
        );
      message.visibleAt = desk.now() + input.VisibilityTimeout * 1000;
      desk.changed();
      return {};
    },
  ),
};

/** Waits for a message like a long poll does; seconds may be shorter here. */
async function receive(
  desk: Desk,
  queue: Queue,
  { most, hideFor, wait }: { most: number; hideFor: number; wait: number },
): Promise<Message[]> {
  const until = Date.now() + wait * desk.behaviour.waitSecondMs;
  for (;;) {
    const now = desk.now();
    const found = queue.messages.filter(({ visibleAt }) => visibleAt <= now).slice(0, most);
    for (const message of found) {
      message.visibleAt = now + hideFor * 1000;
      message.received += 1;
      message.firstReceivedAt ??= now;
      message.receipt = `${message.id}.${randomBytes(12).toString('hex')}`;
    }
    const left = until - Date.now();
    if (found.length > 0 || left <= 0) return found;
    await Promise.race([desk.change(), sleep(Math.min(left, 20), undefined, { ref: false })]);
  }
}

function messageOf(queue: Queue, receipt: string): Message | undefined {
  if (!/^[0-9a-f-]{36}\.[0-9a-f]{24}$/.test(receipt))
    throw new ApiError(
      'ReceiptHandleIsInvalid',
      `The input receipt handle "${receipt}" is not a valid receipt handle.`,
    );
  return queue.messages.find((message) => message.receipt === receipt);
}

/** A receipt that has had its day deletes nothing, and says nothing (SQS: standard queues). */
function remove(desk: Desk, queue: Queue, receipt: string): void {
  const message = messageOf(queue, receipt);
  if (message !== undefined) queue.messages.splice(queue.messages.indexOf(message), 1);
  desk.changed();
}

function shown(desk: Desk, message: Message, system: readonly string[], wanted: readonly string[]): object {
  const all: Record<string, string> = {
    SenderId: desk.account.id,
    SentTimestamp: String(message.sentAt),
    ApproximateReceiveCount: String(message.received),
    ApproximateFirstReceiveTimestamp: String(message.firstReceivedAt),
  };
  const isWanted = (name: string) =>
    wanted.some(
      (each) =>
        each === 'All' || each === name || (each.endsWith('.*') && name.startsWith(each.slice(0, -2))),
    );
  const attributes = Object.fromEntries(
    Object.entries(message.attributes).filter(([name]) => isWanted(name)),
  );
  const systemAttributes = Object.entries(all).filter(
    ([name]) => system.includes('All') || system.includes(name),
  );
  return {
    MessageId: message.id,
    ReceiptHandle: message.receipt,
    MD5OfBody: md5(message.body),
    Body: message.body,
    ...(systemAttributes.length > 0 ? { Attributes: Object.fromEntries(systemAttributes) } : {}),
    ...(Object.keys(attributes).length > 0
      ? { MessageAttributes: attributes, MD5OfMessageAttributes: md5OfAttributes(attributes) }
      : {}),
  };
}

function between(name: string, value: number, from: number, to: number): void {
  if (value < from || value > to)
    throw new ApiError(
      'InvalidParameterValue',
      `Value ${value} for parameter ${name} is invalid. Reason: Must be >= ${from} and <= ${to}, if provided.`,
    );
}
