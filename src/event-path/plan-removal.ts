import { busStatementId } from './documents.js';
import type { Target, WholeEventPath } from './event-path.js';
import { type EventPathNames, TAG } from './names.js';
import { isCallsPart, nameOf, PARTS, type Part } from './parts.js';
import { sidOf } from './same-policy.js';
import type { Stranger } from './strangers.js';

/** What becomes of one part when all is taken away. */
export interface Removal {
  readonly part: Part;
  readonly name: string;
  /** `absent`: there is nothing to remove. */
  readonly verb: 'remove' | 'keep' | 'absent';
  /** Why it stays. */
  readonly because: string | null;
}

/** The queue comes last, as what is under way may fall into it until then; its policy goes with it. */
const REMOVED: readonly Part[] = [
  ...[...PARTS].reverse().filter((part) => part !== 'queue' && part !== 'queue policy'),
  'queue',
];

/**
 * All that is ours, last made first: so that at no time something is left that leads to what is gone. Pure.
 *
 * @param foreign what strangers() found; it stays.
 * @param force removes a queue that still holds events.
 */
export function planRemoval(
  names: EventPathNames,
  actual: WholeEventPath,
  { foreign, force }: { readonly foreign: readonly Stranger[]; readonly force: boolean },
): Removal[] {
  return REMOVED.map((part): Removal => {
    const name = nameOf(part, { names });
    if (!isThere(part, names, actual)) return { part, name, verb: 'absent', because: null };
    const because = whyKept(part, names, actual, foreign, force);
    return { part, name, verb: because === null ? 'remove' : 'keep', because };
  });
}

/**
 * What was made for calls, where none are to come any more, and only what has our tag: the rest of the way stays, and
 * nobody has said that something else is to go. Pure.
 */
export function planRemovalOfCalls(names: EventPathNames, actual: WholeEventPath): Removal[] {
  const { callsRule, plansRule, forwardRole } = actual;
  const owned: readonly [Part, { readonly tagged: boolean | null } | null][] = [
    ['rule of calls', callsRule],
    ['rule of plans', plansRule],
    ['forward role', forwardRole],
  ];
  const foreign = owned.flatMap(([part, there]) =>
    there !== null && there.tagged !== true
      ? [{ part, name: nameOf(part, { names }), because: `the tag ${TAG.key}=${TAG.value} is missing` }]
      : [],
  );
  return planRemoval(names, actual, { foreign, force: false }).filter(
    ({ part, verb }) => isCallsPart(part) && verb !== 'absent',
  );
}

function isThere(part: Part, names: EventPathNames, actual: WholeEventPath): boolean {
  switch (part) {
    case 'bus policy':
      return (actual.busPolicy ?? []).some((each) => sidOf(each) === busStatementId(names.base));
    case 'target':
      return actual.targets.some(({ id }) => id === names.base);
    case 'target of calls':
      return actual.callsTargets.some(({ id }) => id === names.calls);
    case 'target of plans':
      return actual.plansTargets.some(({ id }) => id === names.plans);
    case 'role policy':
      return actual.rolePolicy !== null;
    case 'rule of calls':
      return actual.callsRule !== null;
    case 'rule of plans':
      return actual.plansRule !== null;
    case 'forward role':
      return actual.forwardRole !== null;
    case 'forward policy':
      return actual.forwardPolicy !== null;
    case 'API destination':
      return actual.destination !== null;
    case 'connection':
      return actual.connection !== null && actual.connection.state !== 'DELETING';
    case 'rule':
    case 'role':
    case 'queue':
    case 'queue policy':
      return actual[part === 'queue policy' ? 'queue' : part] !== null;
  }
}

/** A part belongs to another. */
const OWNER: Partial<Record<Part, Part>> = {
  target: 'rule',
  'role policy': 'role',
  'target of calls': 'rule of calls',
  'target of plans': 'rule of plans',
  'forward policy': 'forward role',
};

function whyKept(
  part: Part,
  names: EventPathNames,
  actual: WholeEventPath,
  foreign: readonly Stranger[],
  force: boolean,
): string | null {
  const stranger = foreign.find((each) => each.part === (OWNER[part] ?? part));
  if (stranger !== undefined) return `does not look like Casethread's: ${stranger.because}`;
  // What a foreign destination sends with is not ours alone.
  if (part === 'connection' && foreign.some((each) => each.part === 'API destination'))
    return 'the API destination that stays uses it';
  const others: Partial<Record<Part, readonly Target[]>> = {
    rule: actual.targets.filter(({ id }) => id !== names.base),
    'rule of calls': actual.callsTargets.filter(({ id }) => id !== names.calls),
    'rule of plans': actual.plansTargets.filter(({ id }) => id !== names.plans),
  };
  const ofRule = others[part] ?? [];
  if (ofRule.length > 0) return `it has other targets: ${ofRule.map(told).join(', ')}`;
  // The console's way to a second target makes use of what is there.
  const user = Object.values(others)
    .flat()
    .find((target) => uses(target, part, actual));
  if (user !== undefined) return `the target ${user.id} of the rule uses it`;
  const messages = actual.queue?.messages ?? 0;
  if (part === 'queue' && messages > 0 && !force) {
    return holds(messages);
  }
  return null;
}

function uses(
  { arn, roleArn, deadLetterArn }: Target,
  part: Part,
  { destination, role, queue, forwardRole }: WholeEventPath,
): boolean {
  switch (part) {
    case 'forward role':
    case 'forward policy':
      return forwardRole !== null && roleArn === forwardRole.arn;
    case 'API destination':
    case 'connection':
      return arn === destination?.arn;
    case 'role':
    case 'role policy':
      return role !== null && roleArn === role.arn;
    case 'queue':
      return queue !== null && deadLetterArn === queue.arn;
    default:
      return false;
  }
}

/** Why a queue stays. */
export function holds(messages: number): string {
  const events = messages === 1 ? 'one event that was' : `${messages} events that were`;
  return `it holds ${events} not delivered (npm run redrive delivers them, --force removes them)`;
}

function told(target: Target): string {
  return target.arn;
}
