import { z } from 'zod';
import { ApiError } from '../../../../src/sandbox/aws/api-error.js';
import { type Operations, operation } from '../operation.js';
import { arnOf, type Desk } from '../state.js';
import { checkAttributes, GIVEN_OUT } from './attributes.js';
import { QUEUE_DEFAULTS, type Queue, queueAt, queueNamed, queueUrl } from './queue.js';

const Attributes = z.record(z.string(), z.string());
const Tags = z.record(z.string().min(1).max(128), z.string().max(256));
const QueueUrl = z.string();

/** The stand-in has standard queues alone. */
function checkName(name: string): void {
  if (!/^[A-Za-z0-9_-]{1,80}$/.test(name))
    throw new ApiError(
      'InvalidParameterValue',
      'Can only include alphanumeric characters, hyphens, or underscores. 1 to 80 in length',
    );
}

export const queueOperations: Operations = {
  CreateQueue: operation(
    z.strictObject({ QueueName: z.string(), Attributes: Attributes.default({}), tags: Tags.default({}) }),
    (desk, input) => {
      const { region, behaviour, now } = desk;
      checkName(input.QueueName);
      checkAttributes(desk, input.QueueName, input.Attributes);
      const existing = region.queues.get(input.QueueName);
      if (existing !== undefined) {
        // The same again is no error; of another one, the first attribute that differs is named.
        const other = Object.entries(input.Attributes).find(
          ([name, value]) => settingOf(existing, name) !== value,
        );
        if (other !== undefined)
          throw new ApiError(
            'QueueNameExists',
            `A queue already exists with the same name and a different value for attribute ${other[0]}`,
          );
        return { QueueUrl: queueUrl(desk, existing.name) };
      }
      const deletedAt = region.deletedQueues.get(input.QueueName) ?? Number.NEGATIVE_INFINITY;
      if (now() - deletedAt < behaviour.queueNameRestsMs)
        throw new ApiError(
          'QueueDeletedRecently',
          'You must wait 60 seconds after deleting a queue before you can create another with the same name.',
        );
      region.queues.set(input.QueueName, {
        name: input.QueueName,
        createdAt: now(),
        modifiedAt: now(),
        attributes: new Map(Object.entries(input.Attributes)),
        tags: new Map(Object.entries(input.tags)),
        messages: [],
      });
      return { QueueUrl: queueUrl(desk, input.QueueName) };
    },
    (_desk, input) => (input.tags === undefined ? [] : ['sqs:TagQueue']),
  ),
  GetQueueUrl: operation(
    z.strictObject({ QueueName: z.string(), QueueOwnerAWSAccountId: z.string().optional() }),
    (desk, input) => ({ QueueUrl: queueUrl(desk, queueNamed(desk, input.QueueName).name) }),
  ),
  GetQueueAttributes: operation(
    z.strictObject({ QueueUrl, AttributeNames: z.array(z.string()).default([]) }),
    (desk, input) => {
      const queue = queueAt(desk, input.QueueUrl);
      const unknown = input.AttributeNames.find((name) => !(GIVEN_OUT as readonly string[]).includes(name));
      if (unknown !== undefined) throw new ApiError('InvalidAttributeName', `Unknown Attribute ${unknown}.`);
      const all = Object.entries(attributesOf(desk, queue));
      const wanted = all.filter(
        ([name]) => input.AttributeNames.includes('All') || input.AttributeNames.includes(name),
      );
      return wanted.length === 0 ? {} : { Attributes: Object.fromEntries(wanted) };
    },
  ),
  SetQueueAttributes: operation(z.strictObject({ QueueUrl, Attributes }), (desk, input) => {
    const queue = queueAt(desk, input.QueueUrl);
    checkAttributes(desk, queue.name, input.Attributes);
    for (const [name, value] of Object.entries(input.Attributes)) {
      if (value === '') queue.attributes.delete(name);
      else queue.attributes.set(name, value);
    }
    queue.modifiedAt = desk.now();
    return {};
  }),
  DeleteQueue: operation(z.strictObject({ QueueUrl }), (desk, input) => {
    const { name } = queueAt(desk, input.QueueUrl);
    desk.region.queues.delete(name);
    desk.region.deletedQueues.set(name, desk.now());
    return {};
  }),
  TagQueue: operation(z.strictObject({ QueueUrl, Tags }), (desk, input) => {
    const { tags } = queueAt(desk, input.QueueUrl);
    for (const [key, value] of Object.entries(input.Tags)) tags.set(key, value);
    return {};
  }),
  ListQueueTags: operation(z.strictObject({ QueueUrl }), (desk, input) => {
    const { tags } = queueAt(desk, input.QueueUrl);
    return tags.size === 0 ? {} : { Tags: Object.fromEntries(tags) };
  }),
  UntagQueue: operation(z.strictObject({ QueueUrl, TagKeys: z.array(z.string()) }), (desk, input) => {
    const { tags } = queueAt(desk, input.QueueUrl);
    for (const key of input.TagKeys) tags.delete(key);
    return {};
  }),
};

function settingOf(queue: Queue, name: string): string | undefined {
  return queue.attributes.get(name) ?? QUEUE_DEFAULTS[name];
}

function attributesOf(desk: Desk, queue: Queue): Record<string, string> {
  const now = desk.now();
  const hidden = queue.messages.filter(({ visibleAt }) => visibleAt > now);
  const delayed = hidden.filter(({ received }) => received === 0);
  return {
    ...QUEUE_DEFAULTS,
    ...Object.fromEntries(queue.attributes),
    QueueArn: arnOf(desk, 'sqs', queue.name),
    ApproximateNumberOfMessages: String(queue.messages.length - hidden.length),
    ApproximateNumberOfMessagesNotVisible: String(hidden.length - delayed.length),
    ApproximateNumberOfMessagesDelayed: String(delayed.length),
    CreatedTimestamp: String(Math.floor(queue.createdAt / 1000)),
    LastModifiedTimestamp: String(Math.floor(queue.modifiedAt / 1000)),
  };
}
