import { keyFingerprint, type Place } from '../../src/event-path/desired.js';
import { desiredCalls } from '../../src/event-path/desired-calls.js';
import { EVENTS_PATH, eventPathNames } from '../../src/event-path/names.js';
import { isCallsPart } from '../../src/event-path/parts.js';
import { planRemoval } from '../../src/event-path/plan-removal.js';
import { strangers } from '../../src/event-path/strangers.js';
import { carryOutRemovals } from './carry-out-removals.js';
import { type ConnectDeps, readWhole, refuseStack } from './connect.js';
import type { Options } from './options.js';

/** Takes away all that is ours, and says what stays. Throws an EventPathError that says where it stopped. */
export async function removeAll(place: Place, options: Options, deps: ConnectDeps): Promise<void> {
  const { print, clients } = deps;
  const names = eventPathNames(place.base, place.region);
  const asked = desiredCalls(place, names, options.calls);
  const { actual, unread } = await readWhole(clients, { names, calls: asked }, true);
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
  const gone = await carryOutRemovals(removals, names, {
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
  if (unread !== null)
    print(`What is there for calls of CloudTrail could not be looked at, and stays. ${unread.says}`);
  if (options.dryRun) print('Nothing was changed (--dry-run).');
  else if (kept > 0) print('What stays is named above. Everything else is removed.');
  else print('Nothing of the way of the events is left.');
}
