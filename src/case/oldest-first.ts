import type { Communication } from './communication.js';

/**
 * Communications in the order in which they were said. AWS does not document its order (its examples are newest
 * first) and gives whole seconds, so the order of the API, turned oldest first, decides between equals.
 */
export function oldestFirst<C extends Pick<Communication, 'at'>>(fromApi: readonly C[]): C[] {
  const first = fromApi[0];
  const last = fromApi[fromApi.length - 1];
  const alreadyOldestFirst = first !== undefined && last !== undefined && first.at < last.at;
  const turned = alreadyOldestFirst ? [...fromApi] : [...fromApi].reverse();
  // Array.prototype.sort is stable: equals keep the order of the API.
  return turned.sort((a, b) => a.at - b.at);
}
