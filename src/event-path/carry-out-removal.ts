import { call, callIfThere } from './call.js';
import type { CarryOutDeps } from './carry-out-change.js';
import type { EventPathClients } from './clients.js';
import { busStatementId } from './documents.js';
import { EventPathError } from './errors.js';
import { type EventPathNames, PLANS_REGION } from './names.js';
import { patiently } from './patience.js';
import { holds, type Removal } from './plan-removal.js';
import { readQueue } from './read-event-path.js';

export interface RemovalDeps extends Pick<CarryOutDeps, 'clients' | 'clock'> {
  /** Removes a queue that holds events. */
  readonly force: boolean;
}

/** Long enough for AWS to ask all servers that a queue is on, and for an event that falls into it meanwhile. */
const LOOK_SECONDS = 5;

/**
 * Takes one part away. What is gone already is as good as removed.
 *
 * @returns why it stays after all; null where it is gone.
 */
export function carryOutRemoval(
  removal: Removal,
  names: EventPathNames,
  deps: RemovalDeps,
): Promise<string | null> {
  return patiently(deps.clock, { kinds: ['busy'], seconds: 70 }, () => remove(removal, names, deps));
}

async function remove(
  { part }: Removal,
  names: EventPathNames,
  { clients, force }: RemovalDeps,
): Promise<string | null> {
  const { base, queue, role, policy } = names;
  switch (part) {
    case 'bus policy': {
      const events = await clients.events();
      await callIfThere(clients, 'events:RemovePermission', 'the default event bus', () =>
        events.removePermission({ EventBusName: 'default', StatementId: busStatementId(base) }),
      );
      return null;
    }
    case 'target':
      return removeTarget(clients, base);
    case 'target of calls':
      return removeTarget(clients, names.calls);
    case 'target of plans':
      return removeTarget(clients.in(PLANS_REGION), names.plans);
    case 'rule':
      return deleteRule(clients, base);
    case 'rule of calls':
      return deleteRule(clients, names.calls);
    case 'rule of plans':
      return deleteRule(clients.in(PLANS_REGION), names.plans);
    case 'role policy':
      return deleteRolePolicy(clients, role, policy);
    case 'forward policy':
      return deleteRolePolicy(clients, names.forwardRole, names.forwardPolicy);
    case 'role':
      return deleteRole(clients, role);
    case 'forward role':
      return deleteRole(clients, names.forwardRole);
    case 'queue': {
      const sqs = await clients.sqs();
      const messages = force ? 0 : await messagesNow(clients, queue);
      if (messages > 0) return holds(messages);
      await callIfThere(clients, 'sqs:DeleteQueue', `the queue ${queue}`, async () => {
        const { QueueUrl: url } = await sqs.getQueueUrl({ QueueName: queue });
        await sqs.deleteQueue({ QueueUrl: url });
      });
      return null;
    }
    case 'API destination': {
      const events = await clients.events();
      await callIfThere(clients, 'events:DeleteApiDestination', `the API destination ${base}`, () =>
        events.deleteApiDestination({ Name: base }),
      );
      return null;
    }
    case 'connection': {
      const events = await clients.events();
      await callIfThere(clients, 'events:DeleteConnection', `the connection ${base}`, () =>
        events.deleteConnection({ Name: base }),
      );
      return null;
    }
    case 'queue policy':
      throw new EventPathError('refused', '', 'A queue policy goes with its queue.', 'Remove the queue.');
  }
}

/** The target has the name of its rule. */
async function removeTarget(clients: EventPathClients, rule: string): Promise<null> {
  const events = await clients.events();
  await callIfThere(clients, 'events:RemoveTargets', `the rule ${rule}`, async () => {
    const { FailedEntries: [first] = [] } = await events.removeTargets({ Rule: rule, Ids: [rule] });
    if (first === undefined) return;
    const error = new Error(first.ErrorMessage ?? 'no reason given');
    error.name = first.ErrorCode ?? 'Unknown';
    throw Object.assign(error, { $metadata: { httpStatusCode: 400 } });
  });
  return null;
}

async function deleteRule(clients: EventPathClients, rule: string): Promise<null> {
  const events = await clients.events();
  await callIfThere(clients, 'events:DeleteRule', `the rule ${rule}`, () =>
    events.deleteRule({ Name: rule }),
  );
  return null;
}

async function deleteRolePolicy(clients: EventPathClients, role: string, policy: string): Promise<null> {
  const iam = await clients.iam();
  await callIfThere(clients, 'iam:DeleteRolePolicy', `the role ${role}`, () =>
    iam.deleteRolePolicy({ RoleName: role, PolicyName: policy }),
  );
  return null;
}

async function deleteRole(clients: EventPathClients, role: string): Promise<string | null> {
  const iam = await clients.iam();
  return await callIfThere(clients, 'iam:DeleteRole', `the role ${role}`, async () => {
    try {
      await iam.deleteRole({ RoleName: role });
      return null;
    } catch (error) {
      if (error instanceof Error && /^DeleteConflict/.test(error.name))
        return 'somebody has given it more policies';
      throw error;
    }
  });
}

/** How many events it holds at this moment: some may have come while the rest was taken away. */
async function messagesNow(clients: RemovalDeps['clients'], name: string): Promise<number> {
  const queue = await readQueue(clients, name, false);
  if (queue === null || queue.messages > 0) return queue?.messages ?? 0;
  const sqs = await clients.sqs();
  // AWS's counts lag behind. Whoever looks takes nothing out.
  const { Messages: found = [] } = await call(clients, 'sqs:ReceiveMessage', `the queue ${name}`, () =>
    sqs.receiveMessage({
      QueueUrl: queue.url,
      MaxNumberOfMessages: 10,
      VisibilityTimeout: 0,
      WaitTimeSeconds: LOOK_SECONDS,
    }),
  );
  return found.length;
}
