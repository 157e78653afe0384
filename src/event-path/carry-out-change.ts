/**
 * One change comes in; it is made at AWS, and what the next one needs is waited for. Each stands alone: it asks AWS for
 * what it needs of the others, so that after a failure the work goes on from there.
 */
import { call } from './call.js';
import type { EventPathClients } from './clients.js';
import { connect } from './connection.js';
import type { Desired } from './desired.js';
import { EventPathError, isThereAlready } from './errors.js';
import { TAG } from './names.js';
import { type Clock, patiently } from './patience.js';
import type { Change } from './plan-changes.js';
import { withStatements } from './queue-policy.js';
import { readBusPolicy, readConnection, readDestination, readQueue } from './read-event-path.js';
import { sidOf } from './same-policy.js';

export interface CarryOutDeps {
  readonly clients: EventPathClients;
  readonly clock: Clock;
  /** For the connection. */
  readonly key: string;
}

const TAGS = [{ Key: TAG.key, Value: TAG.value }];
/** Something else differs than the tag. */
const differs = ({ because, untagged }: Change): boolean => because.length > (untagged ? 1 : 0);
const BUSY = { kinds: ['busy'], seconds: 70 } as const;
/** What was made a moment ago, in this run, is not known everywhere at AWS yet: IAM above all. */
const GONE = { kinds: ['gone'], seconds: 20 } as const;

/** Throws an EventPathError. */
export function carryOutChange(change: Change, wanted: Desired, deps: CarryOutDeps): Promise<void> {
  return patiently(deps.clock, BUSY, () =>
    patiently(deps.clock, GONE, () => DEEDS[change.part](change, wanted, deps)),
  );
}

type Deed = (change: Change, wanted: Desired, deps: CarryOutDeps) => Promise<void>;

const DEEDS: Readonly<Record<Change['part'], Deed>> = {
  connection: connect,
  'API destination': putDestination,
  queue: putQueue,
  'queue policy': allowRuleToPut,
  rule: putRule,
  role: putRole,
  'role policy': putRolePolicy,
  target: putTarget,
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

async function putRule(change: Change, wanted: Desired, { clients }: CarryOutDeps): Promise<void> {
  const { base } = wanted.names;
  const about = `the rule ${base}`;
  const events = await clients.events();
  if (differs(change)) {
    await call(clients, 'events:PutRule', about, () =>
      events.putRule({
        Name: base,
        Description: 'AWS Support cases for Casethread.',
        EventPattern: JSON.stringify(wanted.rule.pattern),
        State: 'ENABLED',
        ...(change.verb === 'create' ? { Tags: TAGS } : {}),
      }),
    );
  }
  // AWS takes no notice of tags when it changes a rule.
  if (change.untagged) {
    await call(clients, 'events:TagResource', about, () =>
      events.tagResource({ ResourceARN: wanted.rule.arn, Tags: TAGS }),
    );
  }
}

async function putRole(change: Change, wanted: Desired, { clients }: CarryOutDeps): Promise<void> {
  const name = wanted.names.role;
  const about = `the role ${name}`;
  const iam = await clients.iam();
  const trust = JSON.stringify(wanted.role.trust);
  const made =
    change.verb === 'create' &&
    (await call(clients, 'iam:CreateRole', about, async () => {
      try {
        await iam.createRole({
          RoleName: name,
          Description: 'Lets the EventBridge rule of Casethread, and nothing else, use its API destination.',
          AssumeRolePolicyDocument: trust,
          Tags: TAGS,
        });
        return true;
      } catch (error) {
        if (isThereAlready(error)) return false;
        throw error;
      }
    }));
  if (made) return;
  // Where somebody made it first, nothing is known of it.
  const unknown = change.verb === 'create';
  if (unknown || differs(change)) {
    await call(clients, 'iam:UpdateAssumeRolePolicy', about, () =>
      iam.updateAssumeRolePolicy({ RoleName: name, PolicyDocument: trust }),
    );
  }
  if (unknown || change.untagged)
    await call(clients, 'iam:TagRole', about, () => iam.tagRole({ RoleName: name, Tags: TAGS }));
}

async function putRolePolicy(_: Change, wanted: Desired, { clients }: CarryOutDeps): Promise<void> {
  const { role, policy } = wanted.names;
  const iam = await clients.iam();
  await call(clients, 'iam:PutRolePolicy', `the role ${role}`, () =>
    iam.putRolePolicy({
      RoleName: role,
      PolicyName: policy,
      PolicyDocument: JSON.stringify(wanted.rolePolicy),
    }),
  );
}

async function putTarget(_: Change, wanted: Desired, { clients, clock }: CarryOutDeps): Promise<void> {
  const { base, role } = wanted.names;
  const about = `the rule ${base}`;
  const [events, iam] = await Promise.all([clients.events(), clients.iam()]);
  const destination = await readDestination(clients, base);
  if (destination === null)
    throw goneMeanwhile('events:DescribeApiDestination', `the API destination ${base}`);
  // A role that somebody made by hand may have a path, which is a part of its ARN.
  const roleArn = (
    await call(clients, 'iam:GetRole', `the role ${role}`, () => iam.getRole({ RoleName: role }))
  ).Role?.Arn;
  const target = {
    Id: base,
    Arn: destination.arn,
    RoleArn: roleArn ?? wanted.role.arn,
    RetryPolicy: { ...wanted.retryPolicy },
    DeadLetterConfig: { Arn: wanted.queue.arn },
  };
  // IAM makes a new role known everywhere within some seconds; until then EventBridge refuses it.
  await patiently(clock, { kinds: ['role-not-ready', 'busy'], seconds: 60 }, async () => {
    const { FailedEntries: failed = [] } = await call(clients, 'events:PutTargets', about, () =>
      events.putTargets({ Rule: base, Targets: [target] }),
    );
    const [first] = failed;
    if (first === undefined) return;
    // Failures of single targets come with a status of 200.
    await call(clients, 'events:PutTargets', about, () => {
      const error = new Error(first.ErrorMessage ?? 'no reason given');
      error.name = first.ErrorCode ?? 'Unknown';
      return Promise.reject(Object.assign(error, { $metadata: { httpStatusCode: 400 } }));
    });
  });
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
