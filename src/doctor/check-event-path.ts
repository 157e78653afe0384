/** The way of the events in the account of the bot's own credentials, compared with what npm run connect would make. */
import { policyAdmits } from '../event-path/admits.js';
import { type Desired, desired, fingerprintIn, keyFingerprint } from '../event-path/desired.js';
import { queuePolicy } from '../event-path/documents.js';
import { type EventPath, isUnread, type WholeEventPath } from '../event-path/event-path.js';
import { type EventPathNames, eventPathNames, RETRY_POLICY } from '../event-path/names.js';
import { type Change, ON_THE_WAY, type Part, planChanges, USABLE } from '../event-path/plan-changes.js';
import type { UsedPath } from '../event-path/read-used-path.js';
import type { Finding } from './finding.js';
import { found } from './found.js';
import { takesSupport, takesTest } from './sample-event.js';
import { filledIn, unreadFindings } from './unread-parts.js';

export interface EventPathCheckDeps {
  readonly identity: { readonly account: string; readonly partition: string };
  readonly region: string;
  readonly base: string;
  /** Whose events are to come; none: those of the account itself. */
  readonly listed?: readonly string[];
  /** Whether the sweep runs, as far as the settings say; with it, events that are lost cost nothing. */
  readonly sweeps: boolean;
  /** Null where nobody said it; undefined where the setting is wrong. */
  readonly publicUrl: string | null | undefined;
  /** Undefined where the setting is wrong. */
  readonly keys: readonly string[] | undefined;
  /** Reads only. */
  readonly read: (names: EventPathNames) => Promise<EventPath>;
  /** Role and queue that the target names, where they are not ours by name. */
  readonly readUsed: (path: EventPath, names: EventPathNames) => Promise<UsedPath>;
}

const CONNECT =
  'npm run connect puts it right, and says with --dry-run how. What a template has made, deploy anew.';

export async function checkEventPath(deps: EventPathCheckDeps): Promise<Finding[]> {
  const { identity, region, base } = deps;
  const whole = found('events', 'EventBridge');
  const ours = eventPathNames(base, region);
  const { path, names } = await deps.readUsed(await deps.read(ours), ours);
  const unread = unreadFindings(path);
  const parts = [path.connection, path.destination, path.queue, path.rule];
  const where = `in ${region} of account ${identity.account}`;
  if (parts.every((part) => part === null)) {
    return [
      whole.fail(
        `Nothing named ${base} is there ${where}, so no events come to the bot by it.`,
        'npm run connect creates it. Where events come by another way, set EVENTS_REGION and EVENTS_NAME to where that is.',
      ),
    ];
  }
  return [...compare(deps, path, names), ...unread];
}

function compare(deps: EventPathCheckDeps, path: EventPath, names: EventPathNames): Finding[] {
  const wanted = withNames(wantedOf(deps, path), names, path);
  const actual = filledIn(wanted, path);
  const changes = planChanges(wanted, actual);
  const has = (part: Part) => changes.find((change) => change.part === part);
  const findings: Finding[] = [];
  for (const part of PARTS) {
    if (isUnread(path[SOURCE[part]])) continue;
    const change = has(part);
    const trouble = change === undefined ? null : ofChange(change, wanted, actual, deps);
    findings.push(...(trouble ?? well(part, wanted, actual, deps)));
  }
  return [...findings, ...ofMessages(actual, wanted, deps)];
}

const PARTS = [
  'connection',
  'API destination',
  'rule',
  'target',
  'role',
  'role policy',
  'queue',
  'queue policy',
] as const;

const SOURCE: Readonly<Record<(typeof PARTS)[number], keyof EventPath>> = {
  connection: 'connection',
  'API destination': 'destination',
  rule: 'rule',
  target: 'targets',
  role: 'role',
  'role policy': 'rolePolicy',
  queue: 'queue',
  'queue policy': 'queue',
};

/** While a key is being changed, EventBridge may send either; and where PUBLIC_URL is not set, any address is right. */
function wantedOf(
  { identity, region, base, publicUrl, keys = [] }: EventPathCheckDeps,
  path: EventPath,
): Desired {
  const place = { ...identity, region, base };
  const held = isUnread(path.connection) ? null : fingerprintIn(path.connection?.description ?? null);
  const key = keys.find((each) => keyFingerprint(each, place) === held) ?? keys[0] ?? '';
  const there = isUnread(path.destination) ? undefined : path.destination?.endpoint;
  const host = publicUrl ?? (there !== undefined && URL.canParse(there) ? new URL(there).origin : '');
  return desired(place, { publicUrl: host, key, organization: null });
}

/** What was made by hand is as good under another name. */
function withNames(wanted: Desired, names: EventPathNames, { targets }: EventPath): Desired {
  if (isUnread(targets)) return wanted;
  const target = targets.find(({ id }) => id === names.base);
  const role = names.role === wanted.names.role ? wanted.role.arn : (target?.roleArn ?? '');
  const queue = names.queue === wanted.names.queue ? wanted.queue.arn : (target?.deadLetterArn ?? '');
  return {
    ...wanted,
    names,
    role: { ...wanted.role, arn: role },
    queue: { ...wanted.queue, arn: queue, policy: queuePolicy(queue, wanted.rule.arn) },
  };
}

/** Null: what differs costs nothing. */
function ofChange(
  { part, verb, because }: Change,
  wanted: Desired,
  actual: WholeEventPath,
  deps: EventPathCheckDeps,
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
  { listed = [] }: EventPathCheckDeps,
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
      'EventBridge may take it, and so may others, or for other rules: it should be for this rule alone.',
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
    warn('It allows to use the API destination, and something else: it should be that alone.', CONNECT),
  ];
}

/** In the words of connect, which says what it will change; here it is what should be. */
function sentence(because: readonly string[]): string {
  const text = because.map((each) => each.replace(/([,;]) will\b/g, '$1 should')).join('. ');
  return `${text.replace(/(^|\. )\p{Ll}/gu, (start) => start.toUpperCase()).replace(/\.$/, '')}.`;
}

function well(
  part: (typeof PARTS)[number],
  wanted: Desired,
  actual: WholeEventPath,
  { publicUrl, keys }: EventPathCheckDeps,
): Finding[] {
  const { ok } = found('events', part);
  const { connection, destination } = actual;
  switch (part) {
    case 'connection': {
      const held = fingerprintIn(connection?.description ?? null);
      const key =
        held === null || keys === undefined
          ? 'which key it holds cannot be told'
          : 'it holds the key in EVENT_API_KEY';
      return [ok(`It is ${connection?.state ?? USABLE[0]}; ${key}.`)];
    }
    case 'API destination':
      return [
        ok(
          `It leads to ${destination?.endpoint}${publicUrl == null ? '; whether that is this bot is not known without PUBLIC_URL' : ''}.`,
        ),
      ];
    case 'rule':
      return [ok(`It is on in ${wanted.place.region}, and takes AWS Support's events.`)];
    case 'target':
      return [
        ok(
          `The rule sends to the API destination, ${RETRY_POLICY.MaximumRetryAttempts} times within 24 hours, then to the queue.`,
        ),
      ];
    case 'role':
      return [ok('EventBridge may take it, and nobody else.')];
    case 'role policy':
      return [ok('It allows to use the API destination, and nothing else.')];
    default:
      return [];
  }
}

function ofMessages(
  { queue }: WholeEventPath,
  { names }: Desired,
  { sweeps }: EventPathCheckDeps,
): Finding[] {
  if (queue === null) return [];
  const { ok, warn } = found('events', 'queue');
  if (queue.messages === 0) return [ok('It is empty: everything was delivered.')];
  const many = queue.messages === 1 ? 'One event lies' : `${queue.messages} events lie`;
  return [
    warn(
      `${many} in it that could not be delivered. ${sweeps ? 'Where AWS Support answers, the sweep has found what they announced' : 'The bot makes no sweep, so what they announced is not in Slack'}.`,
      names.queue === eventPathNames(names.base).queue
        ? 'Put right what is wrong above, then npm run redrive delivers them.'
        : `Put right what is wrong above. npm run redrive looks into ${eventPathNames(names.base).queue} alone, not into ${names.queue}.`,
    ),
  ];
}
