import type { Account } from '../case/account.js';
import { foldedAlias } from '../case/account-name.js';
import type { Listed } from './accounts-section.js';
import type { EnvironmentAccounts } from './check-accounts.js';
import { didYouMean } from './nearest-known.js';

/** Which account a route means by an alias or an id; a sentence where it means none, null where that cannot be told. */
export type AccountNames = (name: string) => { id: string } | { says: string } | null;

/** Unlisted accounts may be named where the bot follows them, by id; where none is listed, as AWS_ACCOUNTS lets them in. */
export function accountNames(
  { accounts, sure }: Listed,
  { awsAccounts, awsAccountAliases }: EnvironmentAccounts,
  unlisted: 'refuse' | 'follow',
): AccountNames {
  const aliases = new Map<string, string>();
  const listsSome = accounts.length > 0;
  const isKnown = (id: string) => !listsSome || unlisted === 'follow' || accounts.some(isAccount(id));
  for (const [id, alias] of awsAccountAliases) if (isKnown(id)) aliases.set(foldedAlias(alias), id);
  for (const { id, alias } of accounts) if (alias !== null) aliases.set(foldedAlias(alias), id);

  return (name) => {
    const isId = /^\d{12}$/.test(name);
    const id = isId ? name : aliases.get(foldedAlias(name));
    if (id !== undefined && isKnown(id)) {
      if (awsAccounts.length === 0 || awsAccounts.includes(id)) return { id };
      return { says: `${id} is not in AWS_ACCOUNTS, so none of its events is taken.` };
    }
    // Another problem has hidden an account, which may be this one.
    if (!sure) return null;
    const called = /^[^\p{Cc}]{1,60}$/u.test(name) ? `“${name}”` : 'This';
    if (isId) return { says: `${called} is not listed under accounts. Add it there, or take it out here.` };
    const where = listsSome ? 'listed under accounts' : 'in AWS_ACCOUNT_ALIASES';
    const meant = didYouMean(name, [...aliases.keys()]);
    return { says: `No account called ${called === 'This' ? 'this' : called} is ${where}.${meant}` };
  };
}

function isAccount(id: string): (account: Account) => boolean {
  return (account) => account.id === id;
}
