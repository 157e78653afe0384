/** What lets CloudTrail's events come is made at AWS: a rule beside that for cases, and one that forwards those of plans. */
import type { CarryOutDeps, Deed } from './carry-out-change.js';
import type { Desired } from './desired.js';
import type { DesiredCalls } from './desired-calls.js';
import type { CallsPart } from './parts.js';
import { putRole, putRolePolicy } from './put-role.js';
import { putRule, putTarget, roleArnOf } from './put-rule.js';

/** @param toDestination makes the target of a rule that leads to the API destination. */
export function deedsOfCalls(
  toDestination: (rule: string, wanted: Desired, deps: CarryOutDeps) => Promise<void>,
): Readonly<Record<CallsPart, Deed>> {
  return {
    'rule of calls': (change, wanted, { clients }) =>
      putRule(
        change,
        {
          ...callsOf(wanted),
          name: wanted.names.calls,
          description: 'Calls of AWS Support, as CloudTrail records them, for Casethread.',
        },
        clients,
      ),
    'target of calls': (_, wanted, deps) => toDestination(wanted.names.calls, wanted, deps),
    'rule of plans': (change, wanted, { clients }) => {
      const plans = plansOf(wanted);
      return putRule(
        change,
        {
          ...plans,
          name: wanted.names.plans,
          description: `Forwards calls of AWS Support Plans to ${wanted.place.region}, for Casethread.`,
        },
        clients.in(plans.region),
      );
    },
    'forward role': (change, wanted, { clients }) =>
      putRole(
        change,
        {
          name: wanted.names.forwardRole,
          description: 'Lets the EventBridge rule of Casethread for plans, and nothing else, forward events.',
          trust: plansOf(wanted).role.trust,
        },
        clients,
      ),
    'forward policy': (_, wanted, { clients }) =>
      putRolePolicy(
        {
          role: wanted.names.forwardRole,
          policy: wanted.names.forwardPolicy,
          document: plansOf(wanted).rolePolicy,
        },
        clients,
      ),
    'target of plans': async (_, wanted, { clients, clock }) => {
      const { plans: name, forwardRole } = wanted.names;
      const plans = plansOf(wanted);
      const target = {
        Id: name,
        Arn: plans.busArn,
        RoleArn: (await roleArnOf(clients, forwardRole)) ?? plans.role.arn,
        RetryPolicy: { ...wanted.retryPolicy },
      };
      await putTarget(name, target, { clients: clients.in(plans.region), clock });
    },
  };
}

function callsOf({ calls }: Desired): DesiredCalls {
  if (calls === null) throw new Error('nothing is planned for calls where none are wanted');
  return calls;
}

function plansOf(wanted: Desired): NonNullable<DesiredCalls['plans']> {
  const { plans } = callsOf(wanted);
  if (plans === null) throw new Error('nothing is planned for plans where none are forwarded');
  return plans;
}
