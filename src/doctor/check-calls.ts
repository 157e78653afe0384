/**
 * What lets CloudTrail's events come, compared with what npm run connect would make. Nothing of it fails: without it the
 * bot works, and tells less.
 */
import type { Desired } from '../event-path/desired.js';
import { type EventPath, isUnread } from '../event-path/event-path.js';
import { CALLS_REGION, RULE_STATES } from '../event-path/names.js';
import { type CallsPart, isWanted, type Part } from '../event-path/parts.js';
import type { Change } from '../event-path/plan-changes.js';
import type { Finding } from './finding.js';
import { found } from './found.js';
import { CONNECT, CONNECT_PLANS, sentence } from './sentence.js';

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
 * @param changes all that connect would do.
 * @param plain what it would do if no calls were wanted: queue and role serve the rule for cases as well.
 */
export function checkCalls(
  wanted: Desired,
  path: EventPath,
  changes: readonly Change[],
  plain: readonly Change[],
): Finding[] {
  const { calls } = wanted;
  if (calls === null)
    return [
      found('events', 'calls').ok(
        'EVENTS_CALLS is none: CloudTrail is not asked to say who of you wrote or resolved.',
      ),
    ];
  const isMissing = (part: CallsPart) =>
    changes.some((change) => change.part === part && change.verb === 'create');
  return [
    ...ofParts(OF_CALLS, wanted, path, changes, NO_CALLERS),
    // They follow from a rule that is not there.
    ...(isMissing('rule of calls') ? [] : ofShared(changes, plain)),
    ...(calls.plans === null ? [] : ofParts(OF_PLANS, wanted, path, changes, NO_PLANS)),
    ...elsewhere(wanted),
  ];
}

/** Those of one rule: all that differs, or one line where nothing does. */
function ofParts(
  parts: readonly CallsPart[],
  wanted: Desired,
  path: EventPath,
  changes: readonly Change[],
  cost: string,
): Finding[] {
  const seen = parts.filter((part) => isWanted(part, wanted) && !isUnread(path[SOURCE[part]]));
  const [rule] = parts;
  const remedy = parts === OF_PLANS ? CONNECT_PLANS : CONNECT;
  if (rule === undefined || !seen.includes(rule)) return [];
  const differing = changes.filter(({ part }) => (seen as readonly Part[]).includes(part));
  const missing = differing.find(({ part, verb }) => part === rule && verb === 'create');
  if (missing !== undefined) return [found('events', rule).warn(`It is missing. ${cost}`, remedy)];
  if (differing.length === 0) return seen.length < parts.length ? [] : [well(rule, wanted)];
  // What a role may goes with it.
  const isRoleGone = differing.some(({ part, verb }) => part === 'forward role' && verb === 'create');
  const said = differing.filter(({ part }) => part !== 'forward policy' || !isRoleGone);
  return said.map(({ part, verb, because }) =>
    found('events', part).warn(
      verb === 'create' ? `It is missing. ${cost}` : `${sentence(because)} ${costOf(because, wanted, cost)}`,
      remedy,
    ),
  );
}

/** What of the wrong state alone comes, or does not. */
function costOf(because: readonly string[], { calls }: Desired, cost: string): string {
  const [only, ...more] = because;
  if (more.length > 0 || only === undefined) return cost;
  if (only.startsWith('its dead-letter queue') || only.startsWith('it is tried'))
    return 'Calls that cannot be delivered at once may be lost.';
  if (!/^it is ENABLED/.test(only)) return cost;
  return calls?.state === RULE_STATES.all
    ? 'Calls that only read do not come.'
    : 'Calls that only read come as well, and cost a delivery each.';
}

/** Queue and role are as the rule for cases needs them, and not as that for calls does. */
function ofShared(changes: readonly Change[], plain: readonly Change[]): Finding[] {
  const differs = (part: Part, of: readonly Change[]) =>
    of.some((change) => change.part === part && change.verb === 'change');
  const lacks = (part: Part) => differs(part, changes) && !differs(part, plain);
  return [
    ...(lacks('role')
      ? [
          found('events', 'role').warn(
            `EventBridge may not take it for the rule of calls. ${NO_CALLERS}`,
            CONNECT,
          ),
        ]
      : []),
    ...(lacks('queue policy')
      ? [
          found('events', 'queue policy').warn(
            'The rule of calls may not put into the queue: calls that cannot be delivered are lost.',
            CONNECT,
          ),
        ]
      : []),
  ];
}

function elsewhere({ place: { region } }: Desired): Finding[] {
  if (region === CALLS_REGION) return [];
  return [
    found('events', 'rule of calls').warn(
      `CloudTrail records calls of AWS Support in ${CALLS_REGION}, and this way of the events is in ${region}. ${NO_CALLERS}`,
      `Lay a way of the events in ${CALLS_REGION} as well: npm run connect -- --region ${CALLS_REGION}.`,
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
