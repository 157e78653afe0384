import { type EventPath, isUnread } from './event-path.js';
import { type CallsWanted, callsPattern, DEFAULT_CALLS, RULE_STATES } from './names.js';
import { saySame } from './same-policy.js';

/** Which calls are to come, by what is there; where that tells nothing, those that come by default. Pure. */
export function callsThere({ rule, callsRule }: Pick<EventPath, 'rule' | 'callsRule'>): CallsWanted {
  if (isUnread(callsRule)) return DEFAULT_CALLS;
  if (callsRule !== null) {
    // That somebody has turned it off is another question.
    const isAll = callsRule.state === RULE_STATES.all || saySame(callsRule.pattern, callsPattern('all'));
    return isAll ? 'all' : 'changes';
  }
  return !isUnread(rule) && rule?.noCalls ? 'none' : DEFAULT_CALLS;
}
