import type { Desired } from './desired.js';
import { type Because, ofRole, ofRule, ofTarget } from './differences.js';
import type { WholeEventPath } from './event-path.js';
import { CALLS_DETAIL_TYPE } from './names.js';
import type { CallsPart } from './parts.js';
import { saySame } from './same-policy.js';

/** What of that which lets CloudTrail's events come is missing or differs. Pure; nothing where none are wanted. */
export function callsDiffer(wanted: Desired, actual: WholeEventPath): Readonly<Record<CallsPart, Because>> {
  const { calls, names, retryPolicy } = wanted;
  if (calls === null) return { ...NOTHING_OF_CALLS, ...NOTHING_OF_PLANS };
  const target = actual.callsTargets.find(({ id }) => id === names.calls);
  return {
    'rule of calls': ofRule(actual.callsRule, calls),
    'target of calls':
      actual.callsRule === null
        ? 'create'
        : ofTarget(target, {
            arn: actual.destination?.arn ?? null,
            roleArn: actual.role?.arn ?? wanted.role.arn,
            deadLetterArn: wanted.queue.arn,
            retryPolicy,
          }),
    ...(calls.plans === null ? NOTHING_OF_PLANS : plansDiffer(calls.plans, wanted, actual)),
  };
}

const NOTHING_OF_CALLS = { 'rule of calls': [], 'target of calls': [] };
const NOTHING_OF_PLANS = {
  'rule of plans': [],
  'forward role': [],
  'forward policy': [],
  'target of plans': [],
};

function plansDiffer(
  plans: NonNullable<NonNullable<Desired['calls']>['plans']>,
  { names, retryPolicy }: Desired,
  { plansRule, plansTargets, forwardRole, forwardPolicy }: WholeEventPath,
): Readonly<Record<keyof typeof NOTHING_OF_PLANS, Because>> {
  const target = plansTargets.find(({ id }) => id === names.plans);
  return {
    'rule of plans': ofRule(plansRule, plans),
    'forward role': ofRole(
      forwardRole,
      plans.role.trust,
      () => 'others may take it, or EventBridge may not; will be EventBridge for the rule of plans alone',
    ),
    'forward policy': ofForwardPolicy(forwardRole, forwardPolicy, plans.rolePolicy),
    'target of plans':
      plansRule === null
        ? 'create'
        : ofTarget(target, {
            arn: plans.busArn,
            roleArn: forwardRole?.arn ?? plans.role.arn,
            deadLetterArn: null,
            retryPolicy,
          }),
  };
}

function ofForwardPolicy(
  role: WholeEventPath['forwardRole'],
  policy: WholeEventPath['forwardPolicy'],
  wanted: object,
): Because {
  if (role === null || policy === null) return 'create';
  return saySame(policy.document, wanted)
    ? []
    : ['it allows something else than to put events on the bus, will be that alone'];
}

/** What is created. */
export function callsCreated(part: CallsPart, { calls, place, retryPolicy }: Desired): string {
  switch (part) {
    case 'rule of calls':
      return calls?.state === 'ENABLED'
        ? `takes ${CALLS_DETAIL_TYPE}: calls that change something`
        : `takes ${CALLS_DETAIL_TYPE}: also calls that read, but for those of cases`;
    case 'target of calls':
      return `the rule sends to the API destination: 24 hours, ${retryPolicy.MaximumRetryAttempts} retries, then the queue`;
    case 'rule of plans':
      return `takes calls of AWS Support Plans in ${calls?.plans?.region ?? 'their Region'}`;
    case 'forward role':
      return 'only EventBridge may take it, for the rule of plans';
    case 'forward policy':
      return `may put events on the default bus in ${place.region}, and do nothing else`;
    case 'target of plans':
      return `the rule sends to the default bus in ${place.region}`;
  }
}
