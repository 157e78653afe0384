import { SEVERITIES } from '../../case/severities.js';
import { OWN_ACCOUNT } from '../../support/support-api.js';
import type { CommandDeps } from '../command-deps.js';

/** Those of the accounts in which a person might open a case; all where that is none: then they are told so when they try. */
export function openTo(
  accounts: readonly string[],
  might: (account: string, severity: string) => boolean,
): readonly string[] {
  const some = accounts.filter((account) => isOpenTo(account, might));
  return some.length === 0 ? accounts : some;
}

/** Whether a person might open a case of any severity there. */
export function isOpenTo(account: string, might: (account: string, severity: string) => boolean): boolean {
  return SEVERITIES.some((severity) => might(account, severity));
}

const LOOKED_AT = 50;

/**
 * The accounts in which a case can be opened. First the one whose cases come into the channel, where routes bring those of
 * one account alone there; else those with the latest activity; the others as they are listed.
 *
 * With one set of credentials and no list it is the account to which they belong: that of the cases which AWS shows, and
 * known by no number while there is none.
 */
export async function accountsToOpenIn(
  { store, accounts, accountsRoutedTo }: Pick<CommandDeps, 'store' | 'accounts' | 'accountsRoutedTo'>,
  channel: string,
): Promise<string[]> {
  const listed = accounts.all('person').flatMap(({ account }) => (account === null ? [] : [account]));
  const { cases } = await store.listCases('all', { offset: 0, limit: LOOKED_AT });
  if (listed.length === 0) {
    // Of those that AWS does not show us there is no digest.
    const shown = cases.find(({ digest }) => digest !== null);
    return [shown?.key.account ?? OWN_ACCOUNT];
  }
  const routed = accountsRoutedTo(channel);
  const latest = cases.map(({ key }) => key.account);
  const inOrder = [...(routed.length === 1 ? routed : []), ...latest, ...listed];
  return [...new Set(inOrder)].filter((account) => listed.includes(account));
}

/** Codes of the services that this account's cases are about, the latest first. */
export async function servicesInUse(
  { store }: Pick<CommandDeps, 'store'>,
  account: string,
): Promise<string[]> {
  const ofAccount = account === OWN_ACCOUNT ? {} : { account };
  const { cases } = await store.listCases('all', { offset: 0, limit: LOOKED_AT, ...ofAccount });
  const services = cases.flatMap(({ key, card }) =>
    key.account === account && card?.details != null ? [card.details.service] : [],
  );
  return [...new Set(services)];
}
