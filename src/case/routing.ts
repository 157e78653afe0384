import type { CaseKey } from './case-key.js';
import type { Milestone } from './milestone.js';
import { type Route, type RoutedCase, routeFor } from './route.js';

/** Where threads are opened, as configured now. */
export interface Routing {
  readonly routes: readonly Route[];
  /** For threads that no route sends elsewhere. */
  readonly channel: string;
  /** What is also shown in a channel, where no route says so. */
  readonly broadcast: {
    readonly in: ReadonlyMap<string, ReadonlySet<Milestone>>;
    /** In all channels that are not named. */
    readonly elsewhere: ReadonlySet<Milestone>;
  };
}

type Account = Pick<CaseKey, 'account'>;

/**
 * The channel of a new thread, and who is called to it.
 *
 * @param details null of a case that AWS does not show: then only the account is known.
 */
export function destinationOf(
  { routes, channel }: Routing,
  key: Account,
  details: RoutedCase | null,
): { readonly channel: string; readonly mention: readonly string[] } {
  const route = routeFor(routes, key, details);
  return { channel: route?.channel ?? channel, mention: route?.mention ?? [] };
}

/**
 * What of a case is also shown in the channel of its thread. A thread stays where it is, so what a route says counts only
 * if it leads there: the case may fit another one by now.
 */
export function broadcastOf(
  { routes, broadcast }: Routing,
  channel: string,
  key: Account,
  details: RoutedCase | null,
): ReadonlySet<Milestone> {
  const leadingThere = routes.filter((route) => route.channel === channel);
  return routeFor(leadingThere, key, details)?.broadcast ?? broadcast.in.get(channel) ?? broadcast.elsewhere;
}

/** All channels in which threads may be, each once: the one that no route sends elsewhere first. */
export function channelsOf({ routes, channel }: Pick<Routing, 'routes' | 'channel'>): readonly string[] {
  return [...new Set([channel, ...routes.map((route) => route.channel)])];
}

/**
 * Whether the thread of a case may have been opened in a channel, by the routes as they are. The severity counts for nothing:
 * it may have been another one then.
 */
export function mayLieIn(
  { routes, channel }: Routing,
  asked: string,
  key: Account,
  details: RoutedCase | null,
): boolean {
  if (asked === channel) return true;
  const leadingThere = routes.filter((route) => route.channel === asked);
  const whateverSeverity = leadingThere.map((route): Route => ({ ...route, severities: [] }));
  if (details !== null) return routeFor(whateverSeverity, key, details) !== null;
  return leadingThere.some(({ accounts }) => accounts.length === 0 || accounts.includes(key.account));
}
