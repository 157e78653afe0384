import type { Place } from './desired.js';
import { forwardPolicy, invokeTrust, type PolicyDocument } from './documents.js';
import {
  type CallsPattern,
  type CallsTaken,
  type CallsWanted,
  callsPattern,
  type EventPathNames,
  PLANS_REGION,
  plansPattern,
  RULE_STATES,
} from './names.js';

interface DesiredRule {
  readonly arn: string;
  readonly pattern: CallsPattern;
  readonly state: (typeof RULE_STATES)[CallsTaken];
}

/** What lets CloudTrail's events come: a rule beside that for cases, with the same target. */
export interface DesiredCalls extends DesiredRule {
  /** What forwards those of AWS Support Plans; null where it would forward them to where they are. */
  readonly plans: DesiredPlans | null;
}

interface DesiredPlans extends DesiredRule {
  readonly region: string;
  /** To which it forwards: that of the way of the events. */
  readonly busArn: string;
  readonly role: { readonly arn: string; readonly trust: PolicyDocument };
  readonly rolePolicy: PolicyDocument;
}

export function desiredCalls(place: Place, names: EventPathNames, calls: CallsWanted): DesiredCalls | null {
  if (calls === 'none') return null;
  const { partition, region, account } = place;
  const state = RULE_STATES[calls];
  const arnOf = (of: string, rest: string) => `arn:${partition}:events:${of}:${account}:${rest}`;
  const plans = arnOf(PLANS_REGION, `rule/${names.plans}`);
  const busArn = arnOf(region, 'event-bus/default');
  return {
    arn: arnOf(region, `rule/${names.calls}`),
    pattern: callsPattern(calls),
    state,
    // Other partitions have no such Region.
    plans:
      region === PLANS_REGION || partition !== 'aws'
        ? null
        : {
            region: PLANS_REGION,
            arn: plans,
            pattern: plansPattern(),
            state,
            busArn,
            role: {
              arn: `arn:${partition}:iam::${account}:role/${names.forwardRole}`,
              trust: invokeTrust(plans, account),
            },
            rolePolicy: forwardPolicy(busArn),
          },
  };
}
