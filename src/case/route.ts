import type { CaseKey } from './case-key.js';
import type { Milestone } from './milestone.js';

/** Where the threads of some cases are opened, and who is called to them. What a list does not name, it does not ask for. */
export interface Route {
  /** Account ids. Empty: any. The same holds for the other lists. */
  readonly accounts: readonly string[];
  readonly severities: readonly string[];
  readonly services: readonly string[];
  readonly categories: readonly string[];
  readonly channel: string;
  /** People (`U…`, `W…`) and user groups (`S…`) who are mentioned when a thread is opened. */
  readonly mention: readonly string[];
  /** What is also shown in the channel; null: what BROADCAST says of it. */
  readonly broadcast: ReadonlySet<Milestone> | null;
}

/** What is known of a case when it is sent on its way; codes as AWS has them. */
export interface RoutedCase {
  readonly severity: string;
  readonly service: string;
  readonly category: string;
}

/**
 * The first route that fits; null where none does. Of a case that AWS does not show only the account is known, so a route
 * that asks for more does not fit it.
 */
export function routeFor(
  routes: readonly Route[],
  key: Pick<CaseKey, 'account'>,
  details: RoutedCase | null,
): Route | null {
  const fits = (wanted: readonly string[], value: string | undefined): boolean =>
    wanted.length === 0 || (value !== undefined && wanted.includes(value));
  return (
    routes.find(
      ({ accounts, severities, services, categories }) =>
        fits(accounts, key.account) &&
        fits(severities, details?.severity) &&
        fits(services, details?.service) &&
        fits(categories, details?.category),
    ) ?? null
  );
}
