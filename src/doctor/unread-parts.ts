import type { Desired } from '../event-path/desired.js';
import type { EventPathError } from '../event-path/errors.js';
import { type EventPath, isUnread, unreadIn, type WholeEventPath } from '../event-path/event-path.js';
import { PLANS_REGION } from '../event-path/names.js';
import type { Finding } from './finding.js';
import { found } from './found.js';

/** What may not be read, in as few lines as can be. */
export function unreadFindings(path: EventPath): Finding[] {
  const { warn } = found('events', 'EventBridge');
  const errors = unreadIn(path);
  // No policy that is attached helps where another forbids it.
  const denied = errors.filter((error) => error.kind === 'no-permission' && !error.isForbidden);
  const there = [path.plansRule, path.plansTargets].flatMap((seen) => (isUnread(seen) ? [seen.unread] : []));
  const ofPlans = there.find((error) => !denied.includes(error));
  const others = new Map(
    errors
      .filter((error) => !denied.includes(error) && !there.includes(error))
      .map((error) => [error.says, error]),
  );
  const actions = [...new Set(denied.map(({ action }) => action))];
  return [
    ...(denied.length === 0
      ? []
      : [
          warn(
            `Not all could be looked at: these credentials may not call ${actions.join(', ')}.`,
            'Attach the policy for it ("The doctor" in the README), or run npm run doctor with credentials of an administrator.',
          ),
        ]),
    ...[...others.values()].map(({ says, remedy }) => warn(says, remedy)),
    ...(ofPlans === undefined ? [] : [closedPlans(ofPlans)]),
  ];
}

/** Their Region is another one, and some organizations close all that they do not use. */
function closedPlans(error: EventPathError): Finding {
  const { warn } = found('events', 'rule of plans');
  const cost = 'Where there is none, what is done with the support plan is not told; all else is.';
  return error.isForbidden
    ? warn(
        `It cannot be looked at: a policy closes ${PLANS_REGION} to these credentials. ${cost}`,
        `Nothing else needs ${PLANS_REGION}. To be told of plans, ask whoever keeps your organization's policies (SCP) to open EventBridge there.`,
      )
    : warn(`It cannot be looked at in ${PLANS_REGION}: ${error.says} ${cost}`, error.remedy);
}

/** In place of what could not be read stands what would be right, so that the rest can be compared. */
export function filledIn(wanted: Desired, path: EventPath): WholeEventPath {
  const or = <T>(seen: T, otherwise: Exclude<T, { unread: unknown }>) =>
    (isUnread(seen) ? otherwise : seen) as Exclude<T, { unread: unknown }>;
  const target = isUnread(path.targets) ? undefined : path.targets.find(({ id }) => id === wanted.names.base);
  const destination = or(path.destination, {
    arn: target?.arn ?? '',
    state: 'ACTIVE',
    endpoint: wanted.destination.endpoint,
    method: 'POST',
    connectionArn: isUnread(path.connection) ? '' : (path.connection?.arn ?? ''),
    description: wanted.destination.description,
  });
  return {
    connection: or(path.connection, {
      arn: destination?.connectionArn ?? '',
      state: 'AUTHORIZED',
      stateReason: null,
      authorization: 'API_KEY',
      header: wanted.connection.header,
      description: wanted.connection.description,
    }),
    destination,
    queue: or(path.queue, null),
    rule: or(path.rule, {
      arn: wanted.rule.arn,
      on: true,
      state: 'ENABLED',
      pattern: wanted.rule.pattern,
      schedule: null,
      description: null,
      managedBy: null,
      tagged: null,
      stack: null,
    }),
    targets: or(path.targets, []),
    role: or(path.role, {
      arn: target?.roleArn ?? wanted.role.arn,
      trust: wanted.role.trust,
      tagged: null,
      stack: null,
    }),
    rolePolicy: or(path.rolePolicy, { document: wanted.rolePolicy }),
    // What is not known of them is not compared.
    callsRule: or(path.callsRule, null),
    callsTargets: or(path.callsTargets, []),
    plansRule: or(path.plansRule, null),
    plansTargets: or(path.plansTargets, []),
    forwardRole: or(path.forwardRole, null),
    forwardPolicy: or(path.forwardPolicy, null),
    busPolicy: null,
  };
}
