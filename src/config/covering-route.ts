import type { Route } from '../case/route.js';

type Asks = Pick<Route, 'accounts' | 'severities' | 'services' | 'categories'>;

/** The first of the earlier routes that takes every case that this one would; null when some case gets to it. */
export function coveringRoute<R extends Asks>(route: Asks, earlier: readonly R[]): R | null {
  return earlier.find((each) => covers(each, route)) ?? null;
}

function covers(earlier: Asks, later: Asks): boolean {
  return (['accounts', 'severities', 'services', 'categories'] as const).every((list) => {
    const [taken, wanted] = [earlier[list], later[list]];
    return taken.length === 0 || (wanted.length > 0 && wanted.every((each) => taken.includes(each)));
  });
}
