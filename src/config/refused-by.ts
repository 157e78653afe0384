import type { ConfigFile } from './config-file.js';

/**
 * Which setting keeps the events of an account out; null where they are taken. AWS_ACCOUNTS, where it is set, holds
 * whatever the file says.
 */
export function refusedBy(
  account: string,
  awsAccounts: readonly string[],
  { accounts, unlisted }: Pick<ConfigFile, 'accounts' | 'unlisted'>,
): 'AWS_ACCOUNTS' | 'CONFIG_FILE' | null {
  if (awsAccounts.length > 0 && !awsAccounts.includes(account)) return 'AWS_ACCOUNTS';
  if (accounts.length === 0 || unlisted === 'follow') return null;
  return accounts.some(({ id }) => id === account) ? null : 'CONFIG_FILE';
}
