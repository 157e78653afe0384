/** What of the way of the events differs from what npm run connect would make, and whether it costs anything. */
import { policyAdmits } from '../event-path/admits.js';
import type { Desired } from '../event-path/desired.js';
import type { WholeEventPath } from '../event-path/event-path.js';
import { eventPathNames } from '../event-path/names.js';
import type { Part } from '../event-path/parts.js';
import { type Change, ON_THE_WAY } from '../event-path/plan-changes.js';
import type { EventPathCheckDeps } from './check-event-path.js';
import type { Finding } from './finding.js';
import { found } from './found.js';
import { takesSupport, takesTest } from './sample-event.js';
import { CONNECT, sentence } from './sentence.js';

/** Null: what differs costs nothing. */
export function whatDiffers(
  { part, verb, because }: Change,
  wanted: Desired,
  actual: WholeEventPath,
  deps: Pick<EventPathCheckDeps, 'publicUrl' | 'keys' | 'listed'>,
): Finding[] | null {
  const { publicUrl, keys } = deps;
  const { warn, fail } = found('events', part);
  if (verb === 'create') {
    // Said of the queue itself already.
    if (part === 'queue policy' && actual.queue === null) return [];
    if (part === 'role policy' && actual.role === null) return [];
    if (part === 'role policy') return [fail(NOT_ALLOWED, CONNECT)];
    return [(isCostly(part) ? fail : warn)('It is missing.', CONNECT)];
  }
  const known = because.filter(
    (each) =>
      !each.startsWith('its description') &&
      !each.startsWith('which key it holds') &&
      !(keys === undefined && each.startsWith('its key')) &&
      !(publicUrl === undefined && each.startsWith('endpoint')),
  );
  const { state = '', stateReason = null } = actual.connection ?? {};
  const isOnItsWay = part === 'connection' && ON_THE_WAY.includes(state);
  if (isOnItsWay && (verb === 'wait' || known.length === 0))
    return [warn(`It is ${state}: AWS is still at work on it.`, 'Look again in a minute.')];
  if (known.length === 0) return null;
  if (part === 'rule') return [ofRule(known, wanted, actual, deps)];
  if (part === 'role') return ofRole(wanted, actual);
  if (part === 'role policy') return ofRolePolicy(wanted, actual);
  const reason = part === 'connection' ? stateReason : null;
  const says = `${sentence(known)}${reason === null ? '' : ` AWS says: ${reason}`}`;
  return [(isBroken(part, wanted, actual) ? fail : warn)(says, CONNECT)];
}

/** Whether nothing is delivered without it. */
function isCostly(part: Part): boolean {
  return part !== 'queue' && part !== 'queue policy';
}

/** Whether, by what differs, nothing is delivered, or not to this bot. */
function isBroken(part: Part, wanted: Desired, { targets, destination }: WholeEventPath): boolean {
  if (part === 'connection' || part === 'API destination') return true;
  if (part !== 'target') return false;
  const target = targets.find(({ id }) => id === wanted.names.base);
  return (
    target?.arn !== destination?.arn ||
    target?.roleArn === null ||
    target?.transformed === true ||
    target?.adds === true
  );
}

const INVOKE = 'events:InvokeApiDestination';
const NOT_ALLOWED =
  'The role does not allow events:InvokeApiDestination on the API destination, so nothing is delivered.';

function ofRule(
  known: readonly string[],
  { place }: Desired,
  { rule }: WholeEventPath,
  { listed = [] }: Pick<EventPathCheckDeps, 'listed'>,
): Finding {
  const { warn, fail } = found('events', 'rule');
  const accounts = listed.length > 0 ? listed : [place.account];
  const missed = accounts.filter((account) => !takesSupport(rule?.pattern, account, place.region));
  const differs = sentence(known);
  if (missed.length === accounts.length)
    return fail(
      `It takes none of AWS Support's events of ${missed.slice(0, 3).join(', ')}. ${differs}`,
      CONNECT,
    );
  if (rule?.on !== true) return fail(differs, CONNECT);
  if (missed.length > 0)
    return warn(`It takes no events of ${missed.slice(0, 3).join(', ')}. ${differs}`, CONNECT);
  return takesTest(rule.pattern, place)
    ? warn(differs, CONNECT)
    : warn(
        "It takes AWS Support's events, but no test events: npm run connect -- --test will not work.",
        CONNECT,
      );
}

function ofRole({ place, rule, names }: Desired, { role }: WholeEventPath): Finding[] {
  const { ok, warn, fail } = found('events', 'role');
  const isAdmitted = policyAdmits(role?.trust, {
    service: 'events.amazonaws.com',
    action: 'sts:AssumeRole',
    context: { 'aws:SourceArn': rule.arn, 'aws:SourceAccount': place.account },
  });
  if (!isAdmitted)
    return [
      fail(
        'It does not let EventBridge (events.amazonaws.com) take it for this rule, so nothing is delivered.',
        CONNECT,
      ),
    ];
  // As the console makes it.
  if (names.role !== eventPathNames(place.base, place.region).role)
    return [ok(`EventBridge may take ${names.role}.`)];
  return [
    warn(
      'A matter of security: EventBridge may take it, and so may others, or for other rules; it should be for the rules of Casethread alone.',
      CONNECT,
    ),
  ];
}

function ofRolePolicy({ names, place }: Desired, { destination, rolePolicy }: WholeEventPath): Finding[] {
  const { ok, warn, fail } = found('events', 'role policy');
  const resource = destination?.arn ?? '';
  // Without the API destination it cannot be told, and that is said there.
  if (resource === '') return [];
  if (!policyAdmits(rolePolicy?.document, { action: INVOKE, resource })) return [fail(NOT_ALLOWED, CONNECT)];
  if (names.role !== eventPathNames(place.base, place.region).role)
    return [ok('It allows to use the API destination.')];
  return [
    warn(
      'A matter of security: it allows to use the API destination, and something else; it should be that alone.',
      CONNECT,
    ),
  ];
}
