/** How the way of the events stands at AWS. Reads only: the doctor uses it as well. */
import { call, callIfThere } from './call.js';
import type { EventPathClients } from './clients.js';
import { EventPathError } from './errors.js';
import {
  type Connection,
  type Destination,
  type EventPath,
  NO_CALLS,
  type Queue,
  type Unread,
} from './event-path.js';
import { type EventPathNames, PLANS_REGION } from './names.js';
import { readRole, readRolePolicy, readRule, readTargets } from './read-rule.js';
import { json, told, UNTOLD } from './read-values.js';
import { statementsOf } from './same-policy.js';

export interface Look {
  /** Whether tags are read, which needs permissions of their own. Default: yes. */
  readonly tags?: boolean;
  /** Whether role and role policy are read. Default: yes. Else they are null. */
  readonly role?: boolean;
  /** Whether the policy of the default bus is read. Default: yes. Else it is null. */
  readonly bus?: boolean;
  /** Whether that is read which lets CloudTrail's events come. Default: yes. Else it is as if nothing were there. */
  readonly calls?: boolean;
}

/** All parts at once. What may not be read says so in its place; nothing is thrown. */
export async function readEventPath(
  clients: EventPathClients,
  names: EventPathNames,
  { tags = true, role = true, bus = true, calls = true }: Look = {},
): Promise<EventPath> {
  const { base, queue: queueName } = names;
  const [connection, destination, queue, rule, targets, roleSeen, rolePolicy, ofCalls, busPolicy] =
    await Promise.all([
      orUnread(readConnection(clients, base)),
      orUnread(readDestination(clients, base)),
      orUnread(readQueue(clients, queueName, tags)),
      orUnread(readRule(clients, base, tags)),
      orUnread(readTargets(clients, base)),
      role ? orUnread(readRole(clients, names.role)) : null,
      role ? orUnread(readRolePolicy(clients, names.role, names.policy)) : null,
      calls ? readCalls(clients, names, tags) : NO_CALLS,
      bus ? orUnread(readBusPolicy(clients)) : null,
    ]);
  return {
    connection,
    destination,
    queue,
    rule,
    targets,
    role: roleSeen,
    rolePolicy,
    ...ofCalls,
    busPolicy,
  };
}

async function readCalls(
  clients: EventPathClients,
  { calls, plans, forwardRole, forwardPolicy }: EventPathNames,
  tags: boolean,
): Promise<Pick<EventPath, keyof typeof NO_CALLS>> {
  // Where the way of the events is there itself, nothing is forwarded.
  const there = clients.region === PLANS_REGION ? null : clients.in(PLANS_REGION);
  const [callsRule, callsTargets, plansRule, plansTargets, role, policy] = await Promise.all([
    orUnread(readRule(clients, calls, tags)),
    orUnread(readTargets(clients, calls)),
    there === null ? null : orUnread(readRule(there, plans, tags)),
    there === null ? [] : orUnread(readTargets(there, plans)),
    there === null ? null : orUnread(readRole(clients, forwardRole)),
    there === null ? null : orUnread(readRolePolicy(clients, forwardRole, forwardPolicy)),
  ]);
  return { callsRule, callsTargets, plansRule, plansTargets, forwardRole: role, forwardPolicy: policy };
}

export async function orUnread<T>(reading: Promise<T>): Promise<T | Unread> {
  try {
    return await reading;
  } catch (error) {
    if (error instanceof EventPathError) return { unread: error };
    throw error;
  }
}

export async function readConnection(clients: EventPathClients, name: string): Promise<Connection | null> {
  const events = await clients.events();
  const found = await callIfThere(clients, 'events:DescribeConnection', `the connection ${name}`, () =>
    events.describeConnection({ Name: name }),
  );
  if (found === null) return null;
  return {
    arn: found.ConnectionArn ?? '',
    state: found.ConnectionState ?? '',
    stateReason: found.StateReason || null,
    authorization: found.AuthorizationType ?? '',
    header: found.AuthParameters?.ApiKeyAuthParameters?.ApiKeyName ?? null,
    description: found.Description || null,
  };
}

export async function readDestination(clients: EventPathClients, name: string): Promise<Destination | null> {
  const events = await clients.events();
  const found = await callIfThere(
    clients,
    'events:DescribeApiDestination',
    `the API destination ${name}`,
    () => events.describeApiDestination({ Name: name }),
  );
  if (found === null) return null;
  return {
    arn: found.ApiDestinationArn ?? '',
    state: found.ApiDestinationState ?? '',
    endpoint: found.InvocationEndpoint ?? '',
    method: found.HttpMethod ?? '',
    connectionArn: found.ConnectionArn ?? '',
    description: found.Description || null,
  };
}

export async function readQueue(clients: EventPathClients, name: string, tags = true): Promise<Queue | null> {
  const sqs = await clients.sqs();
  const about = `the queue ${name}`;
  const url = (
    await callIfThere(clients, 'sqs:GetQueueUrl', about, () => sqs.getQueueUrl({ QueueName: name }))
  )?.QueueUrl;
  if (url === undefined) return null;
  const [attributes, tagged] = await Promise.all([
    callIfThere(clients, 'sqs:GetQueueAttributes', about, () =>
      sqs.getQueueAttributes({
        QueueUrl: url,
        AttributeNames: [
          'QueueArn',
          'Policy',
          'MessageRetentionPeriod',
          'ApproximateNumberOfMessages',
          'ApproximateNumberOfMessagesNotVisible',
        ],
      }),
    ),
    tags
      ? callIfThere(clients, 'sqs:ListQueueTags', about, () => sqs.listQueueTags({ QueueUrl: url }))
      : null,
  ]);
  // Deleted a moment ago.
  if (attributes === null) return null;
  const {
    QueueArn: arn = '',
    Policy: policy,
    MessageRetentionPeriod: retention,
    ApproximateNumberOfMessages: waiting,
    ApproximateNumberOfMessagesNotVisible: inWork,
  } = attributes.Attributes ?? {};
  return {
    url,
    arn,
    retentionSeconds: Number(retention ?? 0),
    messages: Number(waiting ?? 0) + Number(inWork ?? 0),
    policy: statementsOf(json(policy)),
    ...(tagged === null
      ? UNTOLD
      : told(Object.entries(tagged.Tags ?? {}).map(([Key, Value]) => ({ Key, Value })))),
  };
}

export async function readBusPolicy(clients: EventPathClients): Promise<readonly unknown[]> {
  const events = await clients.events();
  const found = await call(clients, 'events:DescribeEventBus', 'the default event bus', () =>
    events.describeEventBus({}),
  );
  return statementsOf(json(found.Policy));
}
