import { OWN_ACCOUNT } from '../../support/support-api.js';
import type { CommandDeps } from '../command-deps.js';

const LOOKED_AT = 50;

/**
 * The accounts in which a case can be opened, the one with the latest activity first. With one set of credentials it is
 * the one to which they belong: that of the cases which AWS shows, and known by no number while there is none.
 */
export async function accountsToOpenIn({
  store,
  accounts,
}: Pick<CommandDeps, 'store' | 'accounts'>): Promise<string[]> {
  const { cases } = await store.listCases('all', { offset: 0, limit: LOOKED_AT });
  // Of those that AWS does not show us there is no digest.
  const shown = new Set(cases.filter(({ digest }) => digest !== null).map(({ key }) => key.account));
  const known = shown.size === 0 ? [OWN_ACCOUNT] : [...shown];
  return accounts.all('person').length > 1 ? known : known.slice(0, 1);
}

/** Codes of the services that this account's cases are about, the latest first. */
export async function servicesInUse(
  { store }: Pick<CommandDeps, 'store'>,
  account: string,
): Promise<string[]> {
  const { cases } = await store.listCases('all', { offset: 0, limit: LOOKED_AT });
  const services = cases.flatMap(({ key, card }) =>
    key.account === account && card?.details != null ? [card.details.service] : [],
  );
  return [...new Set(services)];
}
