import { carryOutRemoval, type RemovalDeps } from '../../src/event-path/carry-out-removal.js';
import type { EventPathNames } from '../../src/event-path/names.js';
import type { Part } from '../../src/event-path/parts.js';
import type { Removal } from '../../src/event-path/plan-removal.js';
import { row } from './row.js';

export interface RemovalsDeps extends RemovalDeps {
  readonly print: (line: string) => void;
  readonly dryRun: boolean;
  /** Why it is taken away, where that does not go without saying. */
  readonly why?: string;
}

/**
 * One line for each.
 *
 * @returns the parts that are gone. Throws an EventPathError that says where it stopped.
 */
export async function carryOutRemovals(
  removals: readonly Removal[],
  names: EventPathNames,
  deps: RemovalsDeps,
): Promise<ReadonlySet<Part>> {
  const gone = new Set<Part>();
  for (const removal of removals) {
    const { part, name, verb, because } = removal;
    const say = (says: string) => deps.print(row(part, name, says));
    const why = deps.why === undefined ? '' : `: ${deps.why}`;
    if (verb === 'absent') say('is not there');
    else if (verb === 'keep') say(`stays: ${because}`);
    else if (deps.dryRun) say(`would be removed${why}`);
    else {
      let still: string | null;
      try {
        still = await carryOutRemoval(removal, names, deps);
      } catch (error) {
        say('failed');
        throw error;
      }
      say(still === null ? `removed${why}` : `stays: ${still}`);
      if (still === null) gone.add(part);
    }
  }
  return gone;
}
