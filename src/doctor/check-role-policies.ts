/** What a role of ours may besides its own policy: connect leaves it, as it may be somebody's wish. */
import { call } from '../event-path/call.js';
import type { EventPathClients } from '../event-path/clients.js';
import { type EventPath, isUnread, type Unread } from '../event-path/event-path.js';
import { type EventPathNames, eventPathNames } from '../event-path/names.js';
import { orUnread } from '../event-path/read-event-path.js';
import type { Finding } from './finding.js';
import { found } from './found.js';

/** Names of a role's policies; of each list its first page. */
export function readPolicyNames(
  clients: EventPathClients,
  role: string,
): Promise<readonly string[] | Unread> {
  return orUnread(
    (async () => {
      const iam = await clients.iam();
      const about = `the role ${role}`;
      const [inline, attached] = await Promise.all([
        call(clients, 'iam:ListRolePolicies', about, () => iam.listRolePolicies({ RoleName: role })),
        call(clients, 'iam:ListAttachedRolePolicies', about, () =>
          iam.listAttachedRolePolicies({ RoleName: role }),
        ),
      ]);
      return [
        ...(inline.PolicyNames ?? []),
        ...(attached.AttachedPolicies ?? []).map(({ PolicyName }) => PolicyName ?? ''),
      ];
    })(),
  );
}

/**
 * Where nobody may look, nothing is said: it is no part of the way. A role that the console made has policies of its own.
 *
 * @param read names of a role's policies.
 */
export async function checkRolePolicies(
  base: string,
  region: string,
  { role, forwardRole }: EventPath,
  names: EventPathNames,
  read: (role: string) => Promise<readonly string[] | Unread>,
): Promise<Finding[]> {
  const ours = eventPathNames(base, region);
  const roles = [
    ['role policy', names.role === ours.role ? role : null, ours.role, ours.policy],
    ['forward policy', forwardRole, ours.forwardRole, ours.forwardPolicy],
  ] as const;
  const findings = roles.map(async ([part, seen, name, own]) => {
    if (seen === null || isUnread(seen)) return [];
    const policies = await read(name);
    const others = isUnread(policies) ? [] : policies.filter((each) => each !== own);
    if (others.length === 0) return [];
    return [
      found('events', part).warn(
        `A matter of security: the role ${name} has more policies than its own: ${others.join(', ')}. Whoever can take it may do what they allow.`,
        'Take them from the role, in the IAM console, unless you know why they are there. npm run connect leaves them.',
      ),
    ];
  });
  return (await Promise.all(findings)).flat();
}
