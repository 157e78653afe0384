/** Rules with their targets, and roles, as they are at AWS. Reads only. */
import { callIfThere } from './call.js';
import type { EventPathClients } from './clients.js';
import type { Role, Rule, Target } from './event-path.js';
import { encoded, json, told, UNTOLD } from './read-values.js';

export async function readRule(clients: EventPathClients, name: string, tags: boolean): Promise<Rule | null> {
  const events = await clients.events();
  const about = `the rule ${name}`;
  const found = await callIfThere(clients, 'events:DescribeRule', about, () =>
    events.describeRule({ Name: name }),
  );
  if (found === null) return null;
  const arn = found.Arn ?? '';
  const tagged = tags
    ? await callIfThere(clients, 'events:ListTagsForResource', about, () =>
        events.listTagsForResource({ ResourceARN: arn }),
      )
    : null;
  return {
    arn,
    on: found.State !== 'DISABLED',
    state: found.State ?? '',
    pattern: json(found.EventPattern),
    schedule: found.ScheduleExpression || null,
    description: found.Description || null,
    managedBy: found.ManagedBy || null,
    ...(tagged === null ? UNTOLD : told(tagged.Tags)),
  };
}

export async function readTargets(clients: EventPathClients, rule: string): Promise<readonly Target[]> {
  const events = await clients.events();
  const found = await callIfThere(clients, 'events:ListTargetsByRule', `the rule ${rule}`, () =>
    events.listTargetsByRule({ Rule: rule }),
  );
  return (found?.Targets ?? []).map((target) => ({
    id: target.Id ?? '',
    arn: target.Arn ?? '',
    roleArn: target.RoleArn || null,
    deadLetterArn: target.DeadLetterConfig?.Arn || null,
    retry:
      target.RetryPolicy === undefined
        ? null
        : {
            attempts: target.RetryPolicy.MaximumRetryAttempts ?? null,
            ageSeconds: target.RetryPolicy.MaximumEventAgeInSeconds ?? null,
          },
    transformed:
      target.Input !== undefined || target.InputPath !== undefined || target.InputTransformer !== undefined,
    adds: Object.values(target.HttpParameters ?? {}).some((each) => Object.keys(each ?? {}).length > 0),
  }));
}

export async function readRole(clients: EventPathClients, name: string): Promise<Role | null> {
  const iam = await clients.iam();
  const role = (
    await callIfThere(clients, 'iam:GetRole', `the role ${name}`, () => iam.getRole({ RoleName: name }))
  )?.Role;
  if (role === undefined) return null;
  return { arn: role.Arn ?? '', trust: encoded(role.AssumeRolePolicyDocument), ...told(role.Tags) };
}

export async function readRolePolicy(
  clients: EventPathClients,
  role: string,
  policy: string,
): Promise<{ document: unknown } | null> {
  const iam = await clients.iam();
  const found = await callIfThere(
    clients,
    'iam:GetRolePolicy',
    `the policy ${policy} of the role ${role}`,
    () => iam.getRolePolicy({ RoleName: role, PolicyName: policy }),
  );
  return found === null ? null : { document: encoded(found.PolicyDocument) };
}
