import { carryOutRemoval } from '../../src/event-path/carry-out-removal.js';
import { keyFingerprint, type Place } from '../../src/event-path/desired.js';
import { EVENTS_PATH, eventPathNames } from '../../src/event-path/names.js';
import type { Part } from '../../src/event-path/plan-changes.js';
import { planRemoval } from '../../src/event-path/plan-removal.js';
import { strangers } from '../../src/event-path/strangers.js';
import { type ConnectDeps, readWhole, refuseStack } from './connect.js';
import type { Options } from './options.js';
import { row } from './row.js';

/** Takes away all that is ours, and says what stays. Throws an EventPathError that says where it stopped. */
export async function removeAll(place: Place, options: Options, deps: ConnectDeps): Promise<void> {
  const { print, clients } = deps;
  const names = eventPathNames(place.base, place.region);
  const actual = await readWhole(clients, { names }, true);
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
  let kept = 0;
  const gone = new Set<Part>();
  for (const removal of planRemoval(names, actual, { foreign, force: options.force })) {
    const { part, name, verb, because } = removal;
    const say = (says: string) => print(row(part, name, says));
    if (verb === 'absent') say('is not there');
    else if (verb === 'keep') say(`stays: ${because}`);
    else if (options.dryRun) say('would be removed');
    else {
      let still: string | null;
      try {
        still = await carryOutRemoval(removal, names, { ...deps, force: options.force });
      } catch (error) {
        say('failed');
        throw error;
      }
      say(still === null ? 'removed' : `stays: ${still}`);
      if (still === null) gone.add(part);
      else kept += 1;
    }
    if (verb === 'keep') kept += 1;
  }
  print('');
  if (gone.has('target') && gone.has('queue'))
    print(
      'What EventBridge had still to deliver is gone with it; the next sweep of the bot finds what it was about.',
    );
  if (options.dryRun) print('Nothing was changed (--dry-run).');
  else if (kept > 0) print('What stays is named above. Everything else is removed.');
  else print('Nothing of the way of the events is left.');
}
