import { type Desired, fingerprintIn } from './desired.js';
import type { Connection, Destination, Queue, Role, Rule, WholeEventPath } from './event-path.js';
import { CALLS_SOURCES, EVENT_PATTERN, EVENTS_PATH, KEY_HEADER, plansPattern } from './names.js';
import { nameOf, type Part } from './parts.js';
import { isMarked } from './plan-changes.js';
import { serviceOf } from './same-policy.js';

/** Something under our name that is somebody else's, as far as can be seen. */
export interface Stranger {
  readonly part: Part;
  readonly name: string;
  /** By what it can be seen: `it takes events of aws.ec2`. */
  readonly because: string;
}

/** What is known of the bot's own: null where nobody said. */
interface Own extends Pick<Desired, 'names'> {
  readonly region: string;
  readonly endpoint: string | null;
  readonly fingerprint: string | null;
}

/**
 * What is there under our names, and is not Casethread's, or not this bot's: neither tagged or marked by connect or a
 * template, nor of the shape that the README has people make by hand. To take it over silently could break what
 * somebody else relies on.
 *
 * Another host alone is a bot that has moved, when the key is still the same. With another key as well it looks like
 * another bot, whose events would go elsewhere from one moment to the next.
 */
export function strangers(own: Own, actual: WholeEventPath): Stranger[] {
  const found: [Part, string | null][] = [
    ['connection', actual.connection === null ? null : ofConnection(actual.connection)],
    [
      'API destination',
      actual.destination === null ? null : ofDestination(own, actual.destination, actual.connection),
    ],
    ['queue', actual.queue === null ? null : ofQueue(actual.queue)],
    ['rule', actual.rule === null ? null : ofRule(actual.rule, EVENT_PATTERN.source)],
    ['rule of calls', actual.callsRule === null ? null : ofRule(actual.callsRule, CALLS_SOURCES)],
    ['rule of plans', actual.plansRule === null ? null : ofRule(actual.plansRule, plansPattern().source)],
    [
      'forward role',
      actual.forwardRole === null || actual.forwardRole.tagged ? null : whoElse(actual.forwardRole),
    ],
    ['role', actual.role === null ? null : ofRole(actual.role, own, actual.rolePolicy)],
  ];
  return found.flatMap(([part, because]) =>
    because === null ? [] : [{ part, name: nameOf(part, own), because }],
  );
}

function ofConnection(connection: Connection): string | null {
  if (isMarked(connection.description) || connection.state === 'DELETING') return null;
  if (connection.authorization !== 'API_KEY') return `it authorizes by ${connection.authorization}`;
  if (connection.header?.toLowerCase() !== KEY_HEADER.toLowerCase())
    return `it sends its key in ${connection.header ?? 'no header'}`;
  return null;
}

function ofDestination(own: Own, destination: Destination, connection: Connection | null): string | null {
  if (!isMarked(destination.description) && !destination.endpoint.endsWith(EVENTS_PATH))
    return `it leads to ${destination.endpoint}`;
  if (own.endpoint === null || destination.endpoint === own.endpoint) return null;
  // Without a connection it delivers nothing to anybody.
  if (connection === null) return null;
  const sameKey = own.fingerprint !== null && fingerprintIn(connection.description) === own.fingerprint;
  return sameKey ? null : `it leads to ${destination.endpoint}, with another key, perhaps to another bot`;
}

/** A queue gets its tag as it is made, or is made by hand and gets a policy. With neither it may be anybody's. */
function ofQueue(queue: Queue): string | null {
  if (queue.tagged !== false) return null;
  if (queue.policy.length === 0) return 'it has neither the tag nor a policy by which it would be known';
  const foreign = queue.policy.some((statement) => serviceOf(statement) !== 'events.amazonaws.com');
  return foreign ? 'others than EventBridge may put into it' : null;
}

/** @param ours the sources of which it takes events; the first has to be among those that it takes. */
function ofRule(rule: Rule, ours: readonly string[]): string | null {
  if (rule.managedBy !== null) return `${rule.managedBy} has made it for itself`;
  if (rule.tagged) return null;
  const sources = valuesOf(rule.pattern, 'source');
  if (sources === null || !sources.includes(ours[0])) return `it does not take events of ${ours[0]}`;
  const others = sources.filter((source) => !(ours as readonly unknown[]).includes(source));
  return others.length > 0 ? `it takes events of ${others.join(', ')}` : null;
}

function ofRole(role: Role, own: Own, policy: WholeEventPath['rolePolicy']): string | null {
  const rules = [...JSON.stringify([role.trust, policy?.document]).matchAll(/:events:([a-z0-9-]+):/g)];
  const other = rules.find(([, region]) => region !== own.region)?.[1];
  // Made anew for this Region, or taken away, it would be missing there.
  if (other !== undefined) return `the way of the events in ${other} uses it`;
  return role.tagged ? null : whoElse(role);
}

/** Who may take it, besides EventBridge; null where nobody else may. */
function whoElse(role: Role): string | null {
  const statements = (role.trust as { Statement?: unknown } | null)?.Statement;
  const all: unknown[] = Array.isArray(statements) ? statements : [statements];
  return all.every((statement) => serviceOf(statement) === 'events.amazonaws.com')
    ? null
    : 'others than EventBridge may take it';
}

/**
 * The CloudFormation stack that has made the way; null where none has. One that made a part has made the others, also
 * those that cannot be tagged, or whose tags it does not set. What is changed or removed behind its back, it changes
 * back, or stumbles over.
 */
export function stackOf(path: WholeEventPath): string | null {
  const { rule, queue, role, callsRule, plansRule, forwardRole } = path;
  const tagged = [rule, queue, role, callsRule, plansRule, forwardRole];
  return tagged.find((part) => part?.stack != null)?.stack ?? null;
}

function valuesOf(pattern: unknown, key: string): unknown[] | null {
  const value = (pattern as Record<string, unknown> | null)?.[key];
  return Array.isArray(value) ? value : null;
}
