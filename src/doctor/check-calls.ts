/**
 * What lets CloudTrail's events come, compared with what npm run connect would make. Nothing of it fails: without it the
 * bot works, and tells less.
 */
import type { Desired } from '../event-path/desired.js';
import { type EventPath, isUnread } from '../event-path/event-path.js';
import { CALLS_REGION, type CallsWanted, RULE_STATES } from '../event-path/names.js';
import { type CallsPart, isWanted, type Part } from '../event-path/parts.js';
import type { Change } from '../event-path/plan-changes.js';
import { howForwardPolicyDiffers, howForwardRoleDiffers, howRuleDiffers } from './calls-differ.js';
import type { Finding } from './finding.js';
import { found } from './found.js';
import { connectCalls, connectPlans, sentence } from './sentence.js';

const SOURCE: Readonly<Record<CallsPart, keyof EventPath>> = {
  'rule of calls': 'callsRule',
  'target of calls': 'callsTargets',
  'rule of plans': 'plansRule',
  'forward role': 'forwardRole',
  'forward policy': 'forwardPolicy',
  'target of plans': 'plansTargets',
};
const OF_CALLS: readonly CallsPart[] = ['rule of calls', 'target of calls'];
const OF_PLANS: readonly CallsPart[] = ['rule of plans', 'forward role', 'forward policy', 'target of plans'];

const NO_CALLERS = 'Entries will not say who of you wrote, resolved or opened a case.';
const NO_PLANS = 'What is done with the support plan will not be told.';

/**
 * @param calls which are to come; of `wanted` nothing is known where none can come by this way.
 * @param changes all that connect would do.
 * @param plain what it would do if no calls were wanted: queue and role serve the rule for cases as well.
 */
export function checkCalls(
  calls: CallsWanted,
  wanted: Desired,
  path: EventPath,
  changes: readonly Change[],
  plain: readonly Change[],
): Finding[] {
  if (calls === 'none') return [...leftOver(wanted, path), ...noneWanted()];
  if (wanted.place.region !== CALLS_REGION) return [elsewhere(wanted)];
  const isMissing = (part: CallsPart) =>
    changes.some((change) => change.part === part && change.verb === 'create');
  return [
    ...ofParts(OF_CALLS, wanted, path, changes, [NO_CALLERS, connectCalls(calls)]),
    // They follow from a rule that is not there.
    ...(isMissing('rule of calls') ? [] : ofShared(changes, plain, connectCalls(calls))),
    ...ofParts(OF_PLANS, wanted, path, changes, [NO_PLANS, connectPlans(calls)]),
  ];
}

/** Those of one rule: all that differs, or one line where nothing does. */
function ofParts(
  parts: readonly CallsPart[],
  wanted: Desired,
  path: EventPath,
  changes: readonly Change[],
  [cost, remedy]: readonly [cost: string, remedy: string],
): Finding[] {
  const seen = parts.filter((part) => isWanted(part, wanted) && !isUnread(path[SOURCE[part]]));
  const [rule] = parts;
  if (rule === undefined || !seen.includes(rule)) return [];
  const differing = changes.filter(({ part }) => (seen as readonly Part[]).includes(part));
  const missing = differing.find(({ part, verb }) => part === rule && verb === 'create');
  if (missing !== undefined) return [found('events', rule).warn(`It is missing. ${cost}`, remedy)];
  if (differing.length === 0) return seen.length < parts.length ? [] : [well(rule, wanted)];
  // What a role may goes with it.
  const isRoleGone = differing.some(({ part, verb }) => part === 'forward role' && verb === 'create');
  const said = differing.filter(({ part }) => part !== 'forward policy' || !isRoleGone);
  return said.map((change) => found('events', change.part).warn(says(change, wanted, path, cost), remedy));
}

function says({ part, verb, because }: Change, wanted: Desired, path: EventPath, cost: string): string {
  if (verb === 'create') return `It is missing. ${cost}`;
  switch (part) {
    case 'rule of calls':
    case 'rule of plans':
      return howRuleDiffers(part, because, wanted, path, cost);
    case 'forward role':
      return howForwardRoleDiffers(wanted, path, cost);
    case 'forward policy':
      return howForwardPolicyDiffers(wanted, path, cost);
    default: {
      const isOfPatience = (each: string) => /^(its dead-letter queue|it is tried)/.test(each);
      const loses = 'Calls that cannot be delivered at once may be lost.';
      return `${sentence(because)} ${because.every(isOfPatience) ? loses : cost}`;
    }
  }
}

/** Queue and role are as the rule for cases needs them, and not as that for calls does. */
function ofShared(changes: readonly Change[], plain: readonly Change[], remedy: string): Finding[] {
  const differs = (part: Part, of: readonly Change[]) =>
    of.some((change) => change.part === part && change.verb === 'change');
  const lacks = (part: Part) => differs(part, changes) && !differs(part, plain);
  return [
    ...(lacks('role')
      ? [
          found('events', 'role').warn(
            `EventBridge may not take it for the rule of calls. ${NO_CALLERS}`,
            remedy,
          ),
        ]
      : []),
    ...(lacks('queue policy')
      ? [
          found('events', 'queue policy').warn(
            'The rule of calls may not put into the queue: calls that cannot be delivered are lost.',
            remedy,
          ),
        ]
      : []),
  ];
}

function elsewhere({ place: { region } }: Desired): Finding {
  return found('events', 'rule of calls').warn(
    `CloudTrail records calls of AWS Support in ${CALLS_REGION}, and this way of the events is in ${region}. ${NO_CALLERS}`,
    `Lay the way of the events in ${CALLS_REGION} (npm run connect -- --region ${CALLS_REGION}) and set EVENTS_REGION=${CALLS_REGION}; or set EVENTS_CALLS=none.`,
  );
}

function noneWanted(): Finding[] {
  return [
    found('events', 'calls').ok(
      'EVENTS_CALLS is none: CloudTrail is not asked to say who of you wrote or resolved.',
    ),
  ];
}

/** What was not taken away. Where nobody may look, nothing is said: whoever wants no calls has allowed nothing for them. */
function leftOver({ names }: Desired, { callsRule, plansRule, forwardRole }: EventPath): Finding[] {
  const owned = [
    [callsRule, `the rule ${names.calls}`],
    [plansRule, `the rule ${names.plans}`],
    [forwardRole, `the role ${names.forwardRole}`],
  ] as const;
  const left = owned.flatMap(([seen, name]) => (seen === null || isUnread(seen) ? [] : [name]));
  if (left.length === 0) return [];
  return [
    found('events', 'calls').warn(
      `EVENTS_CALLS is none, and there still is ${left.join(', ')}: calls may come all the same, and cost a delivery each.`,
      'npm run connect -- --calls none takes away what it has made, and says what it leaves alone and why. A stack: Calls=none, and delete that of support-plans.yaml.',
    ),
  ];
}

function well(rule: CallsPart, { calls, place }: Desired): Finding {
  const { ok } = found('events', rule);
  if (rule === 'rule of plans')
    return ok(`It forwards calls of AWS Support Plans from ${calls?.plans?.region} to ${place.region}.`);
  const which = calls?.state === RULE_STATES.all ? 'also calls that read' : 'calls that change something';
  return ok(`It is on in ${place.region}, and takes ${which}.`);
}
