/** What becomes of each event between AWS and the bot: most arrive once, some never, some often, some late. */
import { type Random, randomFor, whole } from './random.js';

/** After how many milliseconds each copy arrives; none for an event that is lost. */
export type Fate = readonly number[];

/**
 * Asked for each event in turn.
 *
 * @param hurried nothing is lost of which the bot takes a minute to believe that it happened: see SETTLE_MS.
 */
export function fates(seed: number, hurried: boolean): (eventName: string) => Fate {
  const random = randomFor(seed, 'fates');
  return (eventName) => {
    const fate = fateOf(random);
    const isAwaited = eventName === 'ResolveCase' || eventName === 'ReopenCase';
    return hurried && isAwaited && fate.length === 0 ? [0] : fate;
  };
}

function fateOf(random: Random): Fate {
  const what = random();
  if (what < 0.1) return [];
  const copies = what < 0.3 ? whole(random, 2, 4) : 1;
  // Late ones are overtaken by those that follow.
  return Array.from({ length: copies }, () => (random() < 0.3 ? whole(random, 100, 6_000) : 0));
}
