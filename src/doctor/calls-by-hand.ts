import type { Desired } from '../event-path/desired.js';
import { type EventPath, isUnread, type Target } from '../event-path/event-path.js';

/**
 * The targets of the rules for calls count as ours whatever the console has called them, and so does the role by which
 * calls of plans are forwarded: what that may is not looked at then. Pure.
 */
export function callsByHand({ calls, names }: Desired, path: EventPath): EventPath {
  if (calls === null) return path;
  const destination = isUnread(path.destination) ? undefined : path.destination?.arn;
  const ofCalls = leadingTo(destination, names.calls, path.callsTargets);
  const ofPlans = leadingTo(calls.plans?.busArn, names.plans, path.plansTargets);
  const { plans } = calls;
  return {
    ...path,
    ...(ofCalls === null ? {} : { callsTargets: [ofCalls] }),
    ...(ofPlans?.roleArn == null || plans === null
      ? {}
      : {
          plansTargets: [ofPlans],
          forwardRole: { arn: ofPlans.roleArn, trust: plans.role.trust, tagged: null, stack: null },
          forwardPolicy: { document: plans.rolePolicy },
        }),
  };
}

/** With our name; null where one has it already, or none leads there. */
function leadingTo(arn: string | undefined, id: string, targets: EventPath['callsTargets']): Target | null {
  if (isUnread(targets) || targets.some((target) => target.id === id)) return null;
  const target = targets.find((each) => each.arn === arn);
  return target === undefined ? null : { ...target, id };
}
