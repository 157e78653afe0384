import { keyFingerprint, type Place } from '../../src/event-path/desired.js';
import { EVENTS_PATH, eventPathNames } from '../../src/event-path/names.js';
import { isCallsPart } from '../../src/event-path/parts.js';
import { planRemoval } from '../../src/event-path/plan-removal.js';
import { readEventPath } from '../../src/event-path/read-event-path.js';
import { strangers } from '../../src/event-path/strangers.js';
import { carryOutRemovals, notAllGone } from './carry-out-removals.js';
import { type ConnectDeps, refuseStack } from './connect.js';
import { wholeOf } from './look.js';
import type { Options } from './options.js';

/**
 * Takes away all that is ours, and says what stays. Throws an EventPathError that says where it stopped.
 *
 * @returns the exit code: 1 where something stays that may be removed another time.
 */
export async function removeAll(place: Place, options: Options, deps: ConnectDeps): Promise<0 | 1> {
  const { print, clients } = deps;
  const names = eventPathNames(place.base, place.region);
  const { actual, unread } = wholeOf(await readEventPath(clients, names), options.calls !== 'none');
  if (!options.adopt) refuseStack({ names }, actual, 'Delete that stack in its place.');
  const foreign = options.adopt
    ? []
    : strangers(
        {
          names,
          region: place.region,
          endpoint: options.publicUrl === null ? null : `${options.publicUrl}${EVENTS_PATH}`,
          fingerprint: options.key === null ? null : keyFingerprint(options.key, place),
        },
        actual,
      );
  const removals = planRemoval(names, actual, { foreign, force: options.force }).filter(
    // Who never had them need not read of them.
    ({ part, verb }) => verb !== 'absent' || !isCallsPart(part),
  );
  const { gone, failed } = await carryOutRemovals(removals, names, {
    ...deps,
    dryRun: options.dryRun,
    force: options.force,
  });
  const there = removals.filter(({ verb }) => verb !== 'absent');
  const kept = there.length - gone.size;
  print('');
  if (gone.has('target') && gone.has('queue'))
    print(
      'What EventBridge had still to deliver is gone with it; the next sweep of the bot finds what it was about.',
    );
  for (const each of [unread.calls, unread.plans])
    if (each !== null)
      print(`What is there for calls of CloudTrail could not be looked at, and stays. ${each.says}`);
  if (failed !== null) print(notAllGone(failed));
  const isLeft = unread.calls !== null || unread.plans !== null || failed !== null;
  if (options.dryRun) print('Nothing was changed (--dry-run).');
  else if (kept > 0 || isLeft) print('What stays is named above. Everything else is removed.');
  else print('Nothing of the way of the events is left.');
  // Who wants no calls need not be able to look for them.
  const trouble = failed ?? (options.calls === 'none' ? null : unread.plans);
  return trouble === null || trouble.isForbidden ? 0 : 1;
}
