import { type CarryOutDeps, carryOutChange } from '../../src/event-path/carry-out-change.js';
import type { EventPathClients } from '../../src/event-path/clients.js';
import { type Desired, keepingCalls, type Place, ruleArn } from '../../src/event-path/desired.js';
import { EventPathError } from '../../src/event-path/errors.js';
import type { WholeEventPath } from '../../src/event-path/event-path.js';
import { DEFAULT_CALLS } from '../../src/event-path/names.js';
import { isWanted, nameOf, PARTS, PLANS_PARTS } from '../../src/event-path/parts.js';
import type { Clock } from '../../src/event-path/patience.js';
import { type Change, otherTargets, planChanges } from '../../src/event-path/plan-changes.js';
import { planRemovalOfCalls, type Removal } from '../../src/event-path/plan-removal.js';
import { type Stranger, stackOf, strangers } from '../../src/event-path/strangers.js';
import { aboutCalls } from './about-calls.js';
import { carryOutRemovals, notAllGone } from './carry-out-removals.js';
import { look } from './look.js';
import type { Options } from './options.js';
import { row } from './row.js';

export interface ConnectDeps {
  readonly clients: EventPathClients;
  readonly clock: Clock;
  readonly print: (line: string) => void;
}

/**
 * The way of the events is as it was asked for afterwards. Throws an EventPathError that says where it stopped.
 *
 * @returns the exit code: 1 where something of the plans is left to be done, and may be done another time.
 */
export async function connect(place: Place, options: Options, deps: ConnectDeps): Promise<0 | 1> {
  const { print, clients } = deps;
  const { wanted: asked, key, actual, unread, unreadBus } = await look(place, options, clients);
  refuseName(asked, actual);
  if (!options.adopt) {
    refuseStack(asked, actual, 'Update that stack in its place.');
    refuseStrangers(asked, actual);
  }

  // First, so that nothing is left that uses what is not allowed any more.
  const removals = asked.calls === null ? planRemovalOfCalls(asked.names, actual) : [];
  const { failed: notRemoved } = await carryOutRemovals(removals, asked.names, {
    ...deps,
    dryRun: options.dryRun,
    force: false,
    why: 'no calls are wanted',
  });
  const stays = unread.calls !== null || removals.some(isKeptRule);
  const wanted = stays && namesCalls(asked, actual) ? keepingCalls(asked) : asked;
  const changes = planChanges(wanted, actual, { sendKey: options.adopt });
  let failed: EventPathError | null = null;
  for (const part of PARTS.filter((each) => isWanted(each, wanted))) {
    const change = changes.find((each) => each.part === part);
    const name = nameOf(part, wanted);
    if (change === undefined) print(row(part, name, 'as it should be'));
    else if (options.dryRun) print(row(part, name, told(change, true)));
    else {
      failed = await carryOut(change, wanted, { ...deps, key }, print);
      if (failed !== null) break;
    }
  }
  for (const target of otherTargets(wanted, actual))
    print(`The rule also sends to ${target.arn} (target ${target.id}). That stays as it is.`);
  print('');
  if (options.calls === null && wanted.callsWanted !== DEFAULT_CALLS)
    print(
      `Neither --calls nor EVENTS_CALLS says which calls of AWS Support are to come: it stays as it is (${wanted.callsWanted}).`,
    );
  if (unreadBus !== null)
    print(
      `Whether accounts of an organization may send their events here could not be looked at (${unreadBus.action}): that stays as it is. If they may, name it with --organization.`,
    );
  if (notRemoved !== null) print(notAllGone(notRemoved));
  const plans = unread.plans ?? failed;
  for (const line of await aboutCalls(wanted, { calls: unread.calls, plans }, clients)) print(line);
  const would = removals.some(({ verb }) => verb === 'remove');
  const isAll =
    plans === null &&
    notRemoved === null &&
    unread.calls === null &&
    unreadBus === null &&
    removals.every(({ verb }) => verb !== 'keep');
  if (changes.length === 0 && !would)
    print(
      isAll
        ? 'Everything is as it should be; nothing was changed.'
        : 'Nothing was changed. What is not as it was asked for is named above.',
    );
  else if (options.dryRun) print('Nothing was changed (--dry-run).');
  else print(`AWS Support's events go to ${wanted.destination.endpoint} from now on.`);
  // Who wants no calls need not be able to look for them.
  const trouble = wanted.calls === null ? notRemoved : plans;
  return trouble === null || trouble.isForbidden ? 0 : 1;
}

function isKeptRule({ part, verb }: Removal): boolean {
  return part === 'rule of calls' && verb === 'keep';
}

/** Whether the rule of calls makes use of queue or role. */
function namesCalls({ place, names }: Desired, { role, queue }: WholeEventPath): boolean {
  const arn = ruleArn({ ...place, base: names.calls });
  return JSON.stringify([role?.trust, queue?.policy]).includes(JSON.stringify(arn));
}

/** @returns what went wrong, where all else does without. */
async function carryOut(
  change: Change,
  wanted: Desired,
  deps: CarryOutDeps,
  print: (line: string) => void,
): Promise<EventPathError | null> {
  try {
    await carryOutChange(change, wanted, deps);
  } catch (error) {
    print(row(change.part, change.name, 'failed'));
    if (error instanceof EventPathError && PLANS_PARTS.includes(change.part)) return error;
    throw error;
  }
  print(row(change.part, change.name, told(change, false)));
  return null;
}

/** @param remedy what to do with the stack. */
export function refuseStack({ names }: Pick<Desired, 'names'>, actual: WholeEventPath, remedy: string): void {
  const stack = stackOf(actual);
  if (stack === null) return;
  const says = `What is called ${names.base} here belongs to the CloudFormation stack ${stack}. Nothing was changed.`;
  throw new EventPathError('refused', '', says, remedy);
}

/** What is there under such a name already goes on: nobody's bot is to stand still for it. */
function refuseName({ names: { base } }: Desired, { rule }: WholeEventPath): void {
  const [, other, kind] = /^(.+)-(calls|plans)$/.exec(base) ?? [];
  if (rule !== null || other === undefined) return;
  const says = `${base} is what the rule of ${kind} of a bot called ${other} has for its name. Nothing was changed.`;
  throw new EventPathError('refused', '', says, 'Choose another name (EVENTS_NAME or --name).');
}

function refuseStrangers(wanted: Desired, actual: WholeEventPath): void {
  const found = strangers(
    {
      names: wanted.names,
      region: wanted.place.region,
      endpoint: wanted.destination.endpoint,
      fingerprint: wanted.connection.fingerprint,
    },
    actual,
  ).filter(({ part }) => isWanted(part, wanted));
  if (found.length === 0) return;
  throw new EventPathError(
    'refused',
    '',
    `${found.map(describe).join('\n')}\nNothing was changed.`,
    'Choose another name (EVENTS_NAME or --name), or have it taken over with --adopt.',
  );
}

function describe({ part, name, because }: Stranger): string {
  const a = part === 'API destination' ? 'an' : 'a';
  return `There is ${a} ${part} ${name} already that does not look like this bot's: ${because}.`;
}

const VERBS: Readonly<Record<Change['verb'], readonly [done: string, would: string]>> = {
  create: ['created', 'would be created'],
  change: ['changed', 'would be changed'],
  wait: ['waited for', 'would be waited for'],
};

function told({ verb, because }: Change, dry: boolean): string {
  return `${VERBS[verb][dry ? 1 : 0]}: ${because.join('; ')}`;
}
