import type { ConfigFile } from './config-file.js';

/** How two readings of CONFIG_FILE differ, in counts for a log line. A route has no name: one that differs is gone and added. */
export interface Changes {
  readonly [count: string]: number | boolean;
  readonly accounts: number;
  readonly accountsAdded: number;
  readonly accountsChanged: number;
  readonly accountsGone: number;
  readonly routes: number;
  readonly routesAdded: number;
  readonly routesGone: number;
  /** The order decides which of several that fit is taken. */
  readonly routesMoved: boolean;
  /** Anything else in the file. */
  readonly otherChanged: boolean;
}

export function whatChanged(before: ConfigFile, after: ConfigFile): Changes {
  const had = new Map(before.accounts.map((account) => [account.id, text(account)]));
  const has = new Map(after.accounts.map((account) => [account.id, text(account)]));
  const hadRoutes = before.routes.map(text);
  const hasRoutes = after.routes.map(text);
  const kept = hadRoutes.filter((route) => hasRoutes.includes(route));
  return {
    accounts: has.size,
    accountsAdded: [...has.keys()].filter((id) => !had.has(id)).length,
    accountsChanged: [...has].filter(([id, now]) => had.has(id) && had.get(id) !== now).length,
    accountsGone: [...had.keys()].filter((id) => !has.has(id)).length,
    routes: hasRoutes.length,
    routesAdded: hasRoutes.filter((route) => !hadRoutes.includes(route)).length,
    routesGone: hadRoutes.length - kept.length,
    routesMoved: text(kept) !== text(hasRoutes.filter((route) => hadRoutes.includes(route))),
    otherChanged: text(rest(before)) !== text(rest(after)),
  };
}

function rest({ accounts: _, routes: __, ...others }: ConfigFile): unknown {
  return others;
}

/** Equal for what is equal; a set counts by what is in it. */
function text(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) => (part instanceof Set ? [...part].sort() : part));
}
