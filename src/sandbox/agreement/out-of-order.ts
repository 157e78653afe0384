import type { Said } from './looks.js';

/** As few as possible of those that have to move, so that all stand in AWS's order. */
export function outOfOrder(said: readonly Said[]): Said[] {
  // The longest rising row that ends with each, by the one before.
  const rows: { length: number; before: number }[] = [];
  let last = -1;
  for (const [at, { index }] of said.entries()) {
    let before = -1;
    // In an ordered thread the one just before is the answer at once.
    for (let k = at - 1; k >= 0 && (rows[before]?.length ?? 0) <= k; k -= 1) {
      const fits = (said[k]?.index ?? 0) < index;
      if (fits && (rows[k]?.length ?? 0) > (rows[before]?.length ?? 0)) before = k;
    }
    rows.push({ length: (rows[before]?.length ?? 0) + 1, before });
    if (rows[at] !== undefined && rows[at].length > (rows[last]?.length ?? 0)) last = at;
  }
  const inPlace = new Set<number>();
  for (let at = last; at >= 0; at = rows[at]?.before ?? -1) inPlace.add(at);
  return said.filter((_, at) => !inPlace.has(at));
}
