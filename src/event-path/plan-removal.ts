import { busStatementId } from './documents.js';
import type { Target, WholeEventPath } from './event-path.js';
import type { EventPathNames } from './names.js';
import { nameOf, PARTS, type Part } from './plan-changes.js';
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

function isThere(part: Part, names: EventPathNames, actual: WholeEventPath): boolean {
  switch (part) {
    case 'bus policy':
      return (actual.busPolicy ?? []).some((each) => sidOf(each) === busStatementId(names.base));
    case 'target':
      return actual.targets.some(({ id }) => id === names.base);
    case 'role policy':
      return actual.rolePolicy !== null;
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
const OWNER: Partial<Record<Part, Part>> = { target: 'rule', 'role policy': 'role' };

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
  const others = actual.targets.filter(({ id }) => id !== names.base);
  if (part === 'rule' && others.length > 0) return `it has other targets: ${others.map(told).join(', ')}`;
  // The console's way to a second target makes use of what is there.
  const user = others.find((target) => uses(target, part, actual));
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
  { destination, role, queue }: WholeEventPath,
): boolean {
  switch (part) {
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
