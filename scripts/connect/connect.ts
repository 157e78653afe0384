import { type CarryOutDeps, carryOutChange } from '../../src/event-path/carry-out-change.js';
import type { EventPathClients } from '../../src/event-path/clients.js';
import { type Desired, desired, type Place } from '../../src/event-path/desired.js';
import { EventPathError } from '../../src/event-path/errors.js';
import { isWhole, unreadIn, type WholeEventPath } from '../../src/event-path/event-path.js';
import { isWanted, nameOf, PARTS } from '../../src/event-path/parts.js';
import type { Clock } from '../../src/event-path/patience.js';
import { type Change, otherTargets, planChanges } from '../../src/event-path/plan-changes.js';
import { planRemovalOfCalls } from '../../src/event-path/plan-removal.js';
import { readEventPath } from '../../src/event-path/read-event-path.js';
import { spareUnread } from '../../src/event-path/spare-unread.js';
import { type Stranger, stackOf, strangers } from '../../src/event-path/strangers.js';
import { aboutCalls } from './about-calls.js';
import { carryOutRemovals } from './carry-out-removals.js';
import type { Options } from './options.js';
import { row } from './row.js';

export interface ConnectDeps {
  readonly clients: EventPathClients;
  readonly clock: Clock;
  readonly print: (line: string) => void;
}

/** The way of the events is as it was asked for afterwards. Throws an EventPathError that says where it stopped. */
export async function connect(place: Place, options: Options, deps: ConnectDeps): Promise<void> {
  const { print, clients } = deps;
  const asked = wantedOf(place, options);
  const { actual, unread } = await readWhole(clients, asked.wanted, options.organization !== null);
  const wanted = unread === null ? asked.wanted : withoutPlans(asked.wanted);
  if (!options.adopt) {
    refuseStack(wanted, actual, 'Update that stack in its place.');
    refuseStrangers(wanted, actual);
  }

  // First, so that nothing is left that uses what is not allowed any more.
  const removals = wanted.calls === null ? planRemovalOfCalls(wanted.names, actual) : [];
  const removed = await carryOutRemovals(removals, wanted.names, {
    ...deps,
    dryRun: options.dryRun,
    force: false,
    why: 'EVENTS_CALLS is none',
  });
  const changes = planChanges(wanted, actual, { sendKey: options.adopt });
  for (const part of PARTS.filter((each) => isWanted(each, wanted))) {
    const change = changes.find((each) => each.part === part);
    const name = nameOf(part, wanted);
    if (change === undefined) print(row(part, name, 'as it should be'));
    else if (options.dryRun) print(row(part, name, told(change, true)));
    else await carryOut(change, wanted, { ...deps, key: asked.key }, print);
  }
  for (const target of otherTargets(wanted, actual))
    print(`The rule also sends to ${target.arn} (target ${target.id}). That stays as it is.`);
  print('');
  for (const line of await aboutCalls(wanted, unread, clients)) print(line);
  const would = removals.some(({ verb }) => verb === 'remove');
  if (changes.length === 0 && !would && removed.size === 0)
    print('Everything is as it should be; nothing was changed.');
  else if (options.dryRun) print('Nothing was changed (--dry-run).');
  else print(`AWS Support's events go to ${wanted.destination.endpoint} from now on.`);
}

/** What was asked for, with the key, of which it does not tell. */
export function wantedOf(
  place: Place,
  { publicUrl, key, organization, calls }: Options,
): { wanted: Desired; key: string } {
  if (publicUrl === null || key === null) throw new Error('options without --remove have both');
  return { wanted: desired(place, { publicUrl, key, organization, calls }), key };
}

/** A policy closes their Region. */
function withoutPlans(wanted: Desired): Desired {
  return { ...wanted, calls: wanted.calls === null ? null : { ...wanted.calls, plans: null } };
}

async function carryOut(
  change: Change,
  wanted: Desired,
  deps: CarryOutDeps,
  print: (line: string) => void,
): Promise<void> {
  try {
    await carryOutChange(change, wanted, deps);
  } catch (error) {
    print(row(change.part, change.name, 'failed'));
    throw error;
  }
  print(row(change.part, change.name, told(change, false)));
}

/** Nothing is planned upon half of what is there; what is not needed may stay unread, and says why. */
export async function readWhole(
  clients: EventPathClients,
  { names, calls }: Pick<Desired, 'names' | 'calls'>,
  bus: boolean,
): Promise<{ actual: WholeEventPath; unread: EventPathError | null }> {
  const { path: actual, unread: spared } = spareUnread(await readEventPath(clients, names, { bus }), calls);
  if (isWhole(actual)) return { actual, unread: spared };
  const unread = unreadIn(actual);
  const [first] = unread;
  if (first === undefined) throw new Error('a part that is unread says so');
  // Several permissions that are missing are asked for at once, not one by one.
  const says = [...new Set(unread.map((each) => each.says))];
  throw new EventPathError(first.kind, first.action, says.join('\n'), first.remedy, { cause: first });
}

/** @param remedy what to do with the stack. */
export function refuseStack({ names }: Pick<Desired, 'names'>, actual: WholeEventPath, remedy: string): void {
  const stack = stackOf(actual);
  if (stack === null) return;
  const says = `What is called ${names.base} here belongs to the CloudFormation stack ${stack}. Nothing was changed.`;
  throw new EventPathError('refused', '', says, remedy);
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
