import { ApiError } from '../../../../src/sandbox/aws/api-error.js';
import { readPolicy } from '../policy.js';
import { arnOf, type Desk } from '../state.js';

/** What may be set, and within which limits. */
const NUMBERS: Readonly<Record<string, readonly [from: number, to: number]>> = {
  VisibilityTimeout: [0, 43_200],
  MaximumMessageSize: [1024, 1_048_576],
  MessageRetentionPeriod: [60, 1_209_600],
  DelaySeconds: [0, 900],
  ReceiveMessageWaitTimeSeconds: [0, 20],
};

export const GIVEN_OUT = [
  'All',
  'Policy',
  ...Object.keys(NUMBERS),
  'ApproximateNumberOfMessages',
  'ApproximateNumberOfMessagesNotVisible',
  'ApproximateNumberOfMessagesDelayed',
  'CreatedTimestamp',
  'LastModifiedTimestamp',
  'QueueArn',
  'SqsManagedSseEnabled',
] as const;

/** Refuses what SQS refuses. An empty policy takes the policy away. */
export function checkAttributes(
  desk: Desk,
  queueName: string,
  attributes: Readonly<Record<string, string>>,
): void {
  for (const [name, value] of Object.entries(attributes)) {
    const limits = NUMBERS[name];
    if (limits !== undefined) {
      const number = Number(value);
      if (!/^\d+$/.test(value) || number < limits[0] || number > limits[1]) throw badValue(name);
    } else if (name === 'Policy') {
      if (value !== '' && !isPolicyOf(arnOf(desk, 'sqs', queueName), value)) throw badValue(name);
    } else if (name === 'SqsManagedSseEnabled') {
      if (value !== 'true' && value !== 'false') throw badValue(name);
    } else {
      throw new ApiError('InvalidAttributeName', `Unknown Attribute ${name}.`);
    }
  }
}

/** A policy document of which every statement is about this queue, and says for whom. */
function isPolicyOf(queueArn: string, text: string): boolean {
  const statements = readPolicy(text);
  return (
    statements?.every(
      ({ Principal, Resource, Action }) =>
        Principal !== undefined &&
        [Resource ?? []].flat().every((each) => each === queueArn) &&
        Resource !== undefined &&
        [Action].flat().every((each) => /^sqs:(\*|[A-Za-z]+\*?)$/i.test(each)),
    ) ?? false
  );
}

function badValue(name: string): ApiError {
  return new ApiError('InvalidAttributeValue', `Invalid value for the parameter ${name}.`);
}
