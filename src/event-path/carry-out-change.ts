/**
 * One change comes in; it is made at AWS, and what the next one needs is waited for. Each stands alone: it asks AWS for
 * what it needs of the others, so that after a failure the work goes on from there.
 */
import { call } from './call.js';
import { deedsOfCalls } from './carry-out-calls.js';
import type { EventPathClients } from './clients.js';
import { connect } from './connection.js';
import type { Desired } from './desired.js';
import { EventPathError, isThereAlready } from './errors.js';
import { TAG } from './names.js';
import { type Clock, patiently } from './patience.js';
import { type Change, differs } from './plan-changes.js';
import { putRole, putRolePolicy } from './put-role.js';
import { putRule, putTarget, roleArnOf } from './put-rule.js';
import { withStatements } from './queue-policy.js';
import { readBusPolicy, readConnection, readDestination, readQueue } from './read-event-path.js';
import { sidOf } from './same-policy.js';

export interface CarryOutDeps {
  readonly clients: EventPathClients;
  readonly clock: Clock;
  /** For the connection. */
  readonly key: string;
}

const BUSY = { kinds: ['busy'], seconds: 70 } as const;
/** What was made a moment ago, in this run, is not known everywhere at AWS yet: IAM above all. */
const GONE = { kinds: ['gone'], seconds: 20 } as const;

/** Throws an EventPathError. */
export function carryOutChange(change: Change, wanted: Desired, deps: CarryOutDeps): Promise<void> {
  return patiently(deps.clock, BUSY, () =>
    patiently(deps.clock, GONE, () => DEEDS[change.part](change, wanted, deps)),
  );
}

export type Deed = (change: Change, wanted: Desired, deps: CarryOutDeps) => Promise<void>;

const DEEDS: Readonly<Record<Change['part'], Deed>> = {
  connection: connect,
  'API destination': putDestination,
  queue: putQueue,
  'queue policy': allowRuleToPut,
  rule: (change, { names, rule }, { clients }) =>
    putRule(
      change,
      { ...rule, name: names.base, description: 'AWS Support cases for Casethread.', state: 'ENABLED' },
      clients,
    ),
  role: (change, { names, role }, { clients }) =>
    putRole(
      change,
      {
        name: names.role,
        description: 'Lets the EventBridge rules of Casethread, and nothing else, use its API destination.',
        trust: role.trust,
      },
      clients,
    ),
  'role policy': (_, { names: { role, policy }, rolePolicy: document }, { clients }) =>
    putRolePolicy({ role, policy, document }, clients),
  target: putMainTarget,
  ...deedsOfCalls(leadToDestination),
  'bus policy': allowOrganization,
};

async function putDestination({ verb }: Change, wanted: Desired, { clients }: CarryOutDeps): Promise<void> {
  const { base } = wanted.names;
  const events = await clients.events();
  const connection = await readConnection(clients, base);
  if (connection === null) throw goneMeanwhile('events:DescribeConnection', `the connection ${base}`);
  const settings = {
    Name: base,
    Description: wanted.destination.description,
    ConnectionArn: connection.arn,
    InvocationEndpoint: wanted.destination.endpoint,
    HttpMethod: 'POST',
  } as const;
  const about = `the API destination ${base}`;
  const change = () =>
    call(clients, 'events:UpdateApiDestination', about, () => events.updateApiDestination(settings));
  if (verb === 'change') {
    await change();
    return;
  }
  const made = await call(clients, 'events:CreateApiDestination', about, async () => {
    try {
      return await events.createApiDestination(settings);
    } catch (error) {
      if (isThereAlready(error)) return null;
      throw error;
    }
  });
  if (made === null) await change();
}

async function putQueue(change: Change, wanted: Desired, { clients }: CarryOutDeps): Promise<void> {
  const name = wanted.names.queue;
  const about = `the queue ${name}`;
  const sqs = await clients.sqs();
  const attributes = { MessageRetentionPeriod: String(wanted.queue.retentionSeconds) };
  if (change.verb === 'create') {
    await call(clients, 'sqs:CreateQueue', about, () =>
      sqs.createQueue({ QueueName: name, Attributes: attributes, tags: { [TAG.key]: TAG.value } }),
    );
    return;
  }
  const queue = await readQueue(clients, name, false);
  if (queue === null) throw goneMeanwhile('sqs:GetQueueUrl', about);
  if (differs(change)) {
    await call(clients, 'sqs:SetQueueAttributes', about, () =>
      sqs.setQueueAttributes({ QueueUrl: queue.url, Attributes: attributes }),
    );
  }
  if (change.untagged) {
    await call(clients, 'sqs:TagQueue', about, () =>
      sqs.tagQueue({ QueueUrl: queue.url, Tags: { [TAG.key]: TAG.value } }),
    );
  }
}

async function allowRuleToPut(_: Change, wanted: Desired, { clients }: CarryOutDeps): Promise<void> {
  const name = wanted.names.queue;
  const about = `the policy of the queue ${name}`;
  const sqs = await clients.sqs();
  const queue = await readQueue(clients, name, false);
  if (queue === null) throw goneMeanwhile('sqs:GetQueueUrl', `the queue ${name}`);
  const { Attributes: { Policy: text } = {} } = await call(clients, 'sqs:GetQueueAttributes', about, () =>
    sqs.getQueueAttributes({ QueueUrl: queue.url, AttributeNames: ['Policy'] }),
  );
  const policy = withStatements(text, wanted.queue.policy);
  await call(clients, 'sqs:SetQueueAttributes', about, () =>
    sqs.setQueueAttributes({ QueueUrl: queue.url, Attributes: { Policy: JSON.stringify(policy) } }),
  );
}

async function putMainTarget(_: Change, wanted: Desired, deps: CarryOutDeps): Promise<void> {
  await leadToDestination(wanted.names.base, wanted, deps);
}

/** The target has the name of its rule. */
async function leadToDestination(rule: string, wanted: Desired, deps: CarryOutDeps): Promise<void> {
  const { base, role } = wanted.names;
  const destination = await readDestination(deps.clients, base);
  if (destination === null)
    throw goneMeanwhile('events:DescribeApiDestination', `the API destination ${base}`);
  const target = {
    Id: rule,
    Arn: destination.arn,
    RoleArn: (await roleArnOf(deps.clients, role)) ?? wanted.role.arn,
    RetryPolicy: { ...wanted.retryPolicy },
    DeadLetterConfig: { Arn: wanted.queue.arn },
  };
  await putTarget(rule, target, deps);
}

/** PutPermission replaces the whole policy of the bus: what others wrote into it goes along. */
async function allowOrganization(_: Change, wanted: Desired, { clients }: CarryOutDeps): Promise<void> {
  const statement = wanted.busStatement;
  if (statement === null) return;
  const events = await clients.events();
  const others = (await readBusPolicy(clients)).filter((each) => sidOf(each) !== statement.Sid);
  const policy = { Version: '2012-10-17', Statement: [...others, statement] };
  await call(clients, 'events:PutPermission', 'the default event bus', () =>
    events.putPermission({ EventBusName: 'default', Policy: JSON.stringify(policy) }),
  );
}

function goneMeanwhile(action: string, about: string): EventPathError {
  return new EventPathError('gone', action, `${about} is not there.`, 'Perhaps somebody removed it.');
}
