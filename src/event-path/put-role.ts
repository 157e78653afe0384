import { call } from './call.js';
import type { EventPathClients } from './clients.js';
import { isThereAlready } from './errors.js';
import { TAG } from './names.js';
import { type Change, differs } from './plan-changes.js';

const TAGS = [{ Key: TAG.key, Value: TAG.value }];

export async function putRole(
  change: Change,
  role: { readonly name: string; readonly description: string; readonly trust: object },
  clients: EventPathClients,
): Promise<void> {
  const { name, description } = role;
  const about = `the role ${name}`;
  const iam = await clients.iam();
  const trust = JSON.stringify(role.trust);
  const made =
    change.verb === 'create' &&
    (await call(clients, 'iam:CreateRole', about, async () => {
      try {
        await iam.createRole({
          RoleName: name,
          Description: description,
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

export async function putRolePolicy(
  { role, policy, document }: { readonly role: string; readonly policy: string; readonly document: object },
  clients: EventPathClients,
): Promise<void> {
  const iam = await clients.iam();
  await call(clients, 'iam:PutRolePolicy', `the role ${role}`, () =>
    iam.putRolePolicy({ RoleName: role, PolicyName: policy, PolicyDocument: JSON.stringify(document) }),
  );
}
