import { distance } from 'fastest-levenshtein';
import type { Account } from '../case/account.js';
import { accountName, foldedAlias } from '../case/account-name.js';
import { unescapeText } from '../slack/plain-text.js';
import type { CommandDeps } from './command-deps.js';
import { quoted, quotedTyped } from './quoted.js';
import { FIND_WORDS } from './words/find-case.js';

export type NamedAccount = Pick<Account, 'id' | 'alias'>;

/** Nobody reads more. */
const SUGGESTED = 10;

/**
 * The id of the account that somebody named by its alias or its id; null where no such account is known.
 *
 * @param typed as Slack passes it on, with quotes around it or without.
 */
export function namedAccount(accounts: readonly NamedAccount[], typed: string): string | null {
  const whole = foldedAlias(unescapeText(typed));
  // As it is first: quotes and brackets may be of the alias itself.
  for (const name of [whole, plainName(typed), whole.replace(/^[(`'"“”]+/, '')]) {
    // AWS's console writes ids with hyphens.
    if (/^(?:\d{12}|\d{4}-\d{4}-\d{4})$/.test(name)) return name.replaceAll('-', '');
    const named = accounts.filter(({ alias }) => alias !== null && foldedAlias(alias) === name);
    if (named.length === 1) return named[0]?.id ?? null;
  }
  return null;
}

/** What to tell somebody who named an account that is not known: which ones are, the likeliest first. Slack markup. */
export function unknownAccount({ knownAccounts }: Pick<CommandDeps, 'knownAccounts'>, typed: string): string {
  const { names, more } = likelyAccounts(knownAccounts(), typed);
  return FIND_WORDS.unknownAccount(quotedTyped(typed), names, more);
}

/** The names of those that may be meant, the likeliest first, and how many more there are. Slack markup. */
export function likelyAccounts(
  known: readonly NamedAccount[],
  typed: string,
): { readonly names: string[]; readonly more: number } {
  const accounts = nearestAccounts(known, typed);
  const names = accounts.slice(0, SUGGESTED).map(({ id, alias }) => quoted(accountName(alias, id)));
  return { names, more: accounts.length - names.length };
}

/** The nearest to what was typed first; of those that are equally near, in their order. */
export function nearestAccounts(accounts: readonly NamedAccount[], typed: string): NamedAccount[] {
  const name = plainName(typed);
  const far = ({ id, alias }: NamedAccount): number =>
    Math.min(distance(name, id), ...(alias === null ? [] : [distanceTo(foldedAlias(alias), name)]));
  return accounts
    .map((account) => ({ account, far: far(account) }))
    .sort((a, b) => a.far - b.far)
    .map(({ account }) => account);
}

/** Whoever types the beginning of a long alias is nearer to it than to a short one. */
function distanceTo(alias: string, name: string): number {
  return name !== '' && alias.includes(name) ? 0 : distance(name, alias);
}

/** Without quotes around it. */
function plainName(text: string): string {
  return foldedAlias(
    unescapeText(text)
      .trim()
      .replace(/^["“”'](.*)["“”']$/s, '$1'),
  );
}
