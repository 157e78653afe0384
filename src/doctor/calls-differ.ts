/** How what lets CloudTrail's events come differs from what is wanted, and what that costs, in sentences. Pure. */
import { patternAdmits, policyAdmits } from '../event-path/admits.js';
import type { Desired } from '../event-path/desired.js';
import { type EventPath, isUnread, type Rule, type Seen } from '../event-path/event-path.js';
import { CALLS_DETAIL_TYPE, callsPattern, plansPattern, RULE_STATES } from '../event-path/names.js';
import { saySame } from '../event-path/same-policy.js';
import { sentence } from './sentence.js';

/** Changes come all the same, unless it says that they do not. */
export function howRuleDiffers(
  part: 'rule of calls' | 'rule of plans',
  because: readonly string[],
  { calls }: Desired,
  path: EventPath,
  cost: string,
): string {
  const rule = read(part === 'rule of calls' ? path.callsRule : path.plansRule);
  if (rule?.on !== true) return `${sentence(['it is off, will be on'])} ${cost}`;
  const others = because.filter((each) => !/^(pattern is|it is )/.test(each));
  return [
    ofPattern(part, rule, cost) ?? ofReads(rule, calls?.state === RULE_STATES.all),
    ...(others.length === 0 ? [] : [sentence(others)]),
  ].join(' ');
}

/** Null where it is one of ours. */
function ofPattern(part: string, { pattern }: Rule, cost: string): string | null {
  const isOfCalls = part === 'rule of calls';
  const ours = isOfCalls ? [callsPattern('changes'), callsPattern('all')] : [plansPattern()];
  if (ours.some((each) => saySame(each, pattern))) return null;
  const [source, eventName] = isOfCalls
    ? ['aws.support', 'ResolveCase']
    : ['aws.supportplans', 'StartSupportPlanUpdate'];
  const sample = { source, 'detail-type': CALLS_DETAIL_TYPE, detail: { eventName, readOnly: false } };
  const says = `Its pattern is ${pattern === null ? 'none' : JSON.stringify(pattern)}, not that of npm run connect.`;
  return `${says} ${patternAdmits(pattern, sample) ? 'Some calls may not come, or more than are wanted.' : cost}`;
}

function ofReads({ state, pattern }: Rule, areWanted: boolean): string {
  const come = state === RULE_STATES.all;
  if (areWanted && !come)
    return 'It takes calls that change something alone: those that only read do not come.';
  if (!areWanted && come)
    return 'It takes calls that only read as well: they come, and cost a delivery each.';
  return areWanted && saySame(pattern, callsPattern('changes'))
    ? 'It also takes the calls that the bot and the console make all the time to show cases: they cost a delivery each.'
    : 'It does not take quite the calls that it should.';
}

/** With a trust that is too wide events come, but others can send them, too: that is said, and not what it might cost. */
export function howForwardRoleDiffers({ calls, place }: Desired, path: EventPath, cost: string): string {
  const isAdmitted = policyAdmits(read(path.forwardRole)?.trust, {
    service: 'events.amazonaws.com',
    action: 'sts:AssumeRole',
    context: { 'aws:SourceArn': calls?.plans?.arn ?? '', 'aws:SourceAccount': place.account },
  });
  return isAdmitted
    ? `A matter of security: not EventBridge for the rule of plans alone may take it. Whoever else can may put events on the default bus in ${place.region}. Calls of plans come all the same.`
    : `It does not let EventBridge (events.amazonaws.com) take it for the rule of plans. ${cost}`;
}

export function howForwardPolicyDiffers({ calls, place }: Desired, path: EventPath, cost: string): string {
  const isAdmitted = policyAdmits(read(path.forwardPolicy)?.document, {
    action: 'events:PutEvents',
    resource: calls?.plans?.busArn ?? '',
  });
  return isAdmitted
    ? `A matter of security: it allows more than to put events on the default bus in ${place.region}, to whoever can take the role. Calls of plans come all the same.`
    : `It does not allow to put events on the default bus in ${place.region}. ${cost}`;
}

function read<T>(seen: Seen<T>): T | null {
  return isUnread(seen) ? null : seen;
}
