/** What becomes of each event between AWS and the bot: most arrive once, some never, some often, some late. */
import { type Random, randomFor, whole } from './random.js';

/** After how many milliseconds each copy arrives; none for an event that is lost. */
export type Fate = readonly number[];

/** The fates of the first event, the second and so on. */
export function fates(seed: number): () => Fate {
  const random = randomFor(seed, 'fates');
  return () => fateOf(random);
}

function fateOf(random: Random): Fate {
  const what = random();
  if (what < 0.1) return [];
  const copies = what < 0.3 ? whole(random, 2, 4) : 1;
  // Late ones are overtaken by those that follow.
  return Array.from({ length: copies }, () => (random() < 0.3 ? whole(random, 100, 6_000) : 0));
}
