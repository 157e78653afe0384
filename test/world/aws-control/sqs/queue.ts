import { createHash, randomUUID } from 'node:crypto';
import { ApiError } from '../../../../src/sandbox/aws/api-error.js';
import type { Desk } from '../state.js';

export interface MessageAttribute {
  readonly DataType: string;
  readonly StringValue?: string | undefined;
  readonly BinaryValue?: string | undefined;
}

export interface Message {
  readonly id: string;
  readonly body: string;
  readonly attributes: Readonly<Record<string, MessageAttribute>>;
  readonly sentAt: number;
  /** Not given out before then. */
  visibleAt: number;
  received: number;
  firstReceivedAt: number | undefined;
  /** Of its newest receipt; older ones have had their day. */
  receipt: string | undefined;
}

export interface Queue {
  readonly name: string;
  readonly createdAt: number;
  modifiedAt: number;
  /** What was set; see QUEUE_DEFAULTS for the rest. */
  readonly attributes: Map<string, string>;
  readonly tags: Map<string, string>;
  readonly messages: Message[];
}

export const QUEUE_DEFAULTS: Readonly<Record<string, string>> = {
  VisibilityTimeout: '30',
  MaximumMessageSize: '1048576',
  MessageRetentionPeriod: '345600',
  DelaySeconds: '0',
  ReceiveMessageWaitTimeSeconds: '0',
  SqsManagedSseEnabled: 'true',
};

export function setting(queue: Queue, name: string): number {
  return Number(queue.attributes.get(name) ?? QUEUE_DEFAULTS[name] ?? '0');
}

export function putMessage(
  desk: Pick<Desk, 'now' | 'changed'>,
  queue: Queue,
  body: string,
  attributes: Message['attributes'],
  delaySeconds = setting(queue, 'DelaySeconds'),
): Message {
  const message: Message = {
    id: randomUUID(),
    body,
    attributes,
    sentAt: desk.now(),
    visibleAt: desk.now() + delaySeconds * 1000,
    received: 0,
    firstReceivedAt: undefined,
    receipt: undefined,
  };
  queue.messages.push(message);
  desk.changed();
  return message;
}

export function queueUrl(desk: Desk, name: string): string {
  return `${desk.url}/${desk.account.id}/${name}`;
}

/** By the address that CreateQueue and GetQueueUrl gave out. */
export function queueAt(desk: Desk, url: string): Queue {
  const name = url.startsWith(`${desk.url}/${desk.account.id}/`) ? url.split('/').at(-1) : undefined;
  return queueNamed(desk, name ?? '');
}

export function queueNamed({ region, now }: Desk, name: string): Queue {
  const queue = region.queues.get(name);
  if (queue === undefined) throw new ApiError('QueueDoesNotExist', 'The specified queue does not exist.');
  // Messages that are older than the queue keeps them are gone.
  const oldest = now() - setting(queue, 'MessageRetentionPeriod') * 1000;
  const kept = queue.messages.filter(({ sentAt }) => sentAt > oldest);
  if (kept.length < queue.messages.length) queue.messages.splice(0, queue.messages.length, ...kept);
  return queue;
}

export function md5(text: string): string {
  return createHash('md5').update(text).digest('hex');
}
