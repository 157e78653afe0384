/** What was made by hand has names of its own: role and queue are then those that the target names. Reads only. */
import { call } from './call.js';
import type { EventPathClients } from './clients.js';
import { type EventPath, isUnread } from './event-path.js';
import type { EventPathNames } from './names.js';
import { orUnread, readQueue } from './read-event-path.js';
import { readRole } from './read-rule.js';
import { encoded } from './read-values.js';
import { statementsOf } from './same-policy.js';

export interface UsedPath {
  readonly path: EventPath;
  /** With the role and the queue that are in use. */
  readonly names: EventPathNames;
}

/** A target that leads to our destination counts as ours, whatever its id. */
export async function readUsedPath(
  clients: EventPathClients,
  path: EventPath,
  names: EventPathNames,
): Promise<UsedPath> {
  if (isUnread(path.targets)) return { path, names };
  const arn = isUnread(path.destination) ? undefined : path.destination?.arn;
  const leading = path.targets.filter((target) => target.arn === arn);
  const own = path.targets.find(({ id }) => id === names.base);
  const target = own?.arn === arn ? own : (leading[0] ?? own);
  if (target === undefined) return { path, names };
  const role = lastOf(target.roleArn, '/') ?? names.role;
  const queue = lastOf(target.deadLetterArn, ':') ?? names.queue;
  const [roleParts, queueSeen] = await Promise.all([
    role === names.role ? null : readRoleParts(clients, role),
    queue === names.queue ? null : orUnread(readQueue(clients, queue, false)),
  ]);
  const others = path.targets.filter((each) => each !== own && each !== target);
  return {
    names: { ...names, role, queue },
    path: {
      ...path,
      targets: [{ ...target, id: names.base }, ...others],
      ...roleParts,
      ...(queueSeen === null && queue === names.queue ? {} : { queue: queueSeen }),
    },
  };
}

async function readRoleParts(
  clients: EventPathClients,
  name: string,
): Promise<Pick<EventPath, 'role' | 'rolePolicy'>> {
  const [role, rolePolicy] = await Promise.all([
    orUnread(readRole(clients, name)),
    orUnread(readPolicies(clients, name)),
  ]);
  // What is not there has no policies that could be listed.
  return { role, rolePolicy: role === null ? null : rolePolicy };
}

/** All that the role allows, as one document. Of each list its first page: what is made for a target has one policy. */
async function readPolicies(clients: EventPathClients, role: string): Promise<{ document: unknown }> {
  const iam = await clients.iam();
  const about = `the role ${role}`;
  const [inline, attached] = await Promise.all([
    call(clients, 'iam:ListRolePolicies', about, () => iam.listRolePolicies({ RoleName: role })),
    call(clients, 'iam:ListAttachedRolePolicies', about, () =>
      iam.listAttachedRolePolicies({ RoleName: role }),
    ),
  ]);
  const documents = await Promise.all([
    ...(inline.PolicyNames ?? []).map(async (name) => {
      const found = await call(clients, 'iam:GetRolePolicy', `the policy ${name} of ${about}`, () =>
        iam.getRolePolicy({ RoleName: role, PolicyName: name }),
      );
      return found.PolicyDocument;
    }),
    ...(attached.AttachedPolicies ?? []).map(async ({ PolicyArn = '' }) => {
      const of = `the policy ${PolicyArn}`;
      const { Policy } = await call(clients, 'iam:GetPolicy', of, () => iam.getPolicy({ PolicyArn }));
      const { PolicyVersion } = await call(clients, 'iam:GetPolicyVersion', of, () =>
        iam.getPolicyVersion({ PolicyArn, VersionId: Policy?.DefaultVersionId }),
      );
      return PolicyVersion?.Document;
    }),
  ]);
  const Statement = documents.map(encoded).flatMap(statementsOf);
  return { document: { Version: '2012-10-17', Statement } };
}

function lastOf(arn: string | null, separator: string): string | undefined {
  return arn?.split(separator).at(-1);
}
