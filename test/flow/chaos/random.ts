import { seededRandom } from '../../../src/sandbox/aws/seeded-random.js';

/** Numbers in [0, 1). */
export type Random = () => number;

/** A row of numbers of its own for each purpose: more of one kind of step leaves the others as they were. */
export function randomFor(seed: number, purpose: string): Random {
  let mixed = seed >>> 0;
  for (const character of purpose) mixed = Math.imul(mixed ^ (character.codePointAt(0) ?? 0), 0x01000193);
  return seededRandom(mixed);
}

/** A whole number, both ends included. */
export function whole(random: Random, from: number, to: number): number {
  return from + Math.floor(random() * (to - from + 1));
}

export function anyOf<T>(random: Random, all: readonly T[]): T {
  const one = all[Math.floor(random() * all.length)];
  if (one === undefined) throw new Error('there is nothing to choose from');
  return one;
}

/** One of several, as often as its weight says. */
export function weighted<T>(random: Random, all: readonly (readonly [weight: number, value: T])[]): T {
  let left = random() * all.reduce((sum, [weight]) => sum + weight, 0);
  for (const [weight, value] of all) {
    left -= weight;
    if (left < 0) return value;
  }
  return anyOf(random, all)[1];
}
