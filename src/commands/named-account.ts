import { distance } from 'fastest-levenshtein';
import type { Account } from '../case/account.js';
import { unescapeText } from '../slack/plain-text.js';
import type { CommandDeps } from './command-deps.js';
import { quoted, quotedTyped } from './quoted.js';
import { WORDS } from './words/words.js';

export type NamedAccount = Pick<Account, 'id' | 'alias'>;

/** Nobody reads more. */
const SUGGESTED = 10;

/**
 * The id of the account that somebody named by its alias or its id; null where no such account is known.
 *
 * @param typed as Slack passes it on, with quotes around it or without.
 */
export function namedAccount(accounts: readonly NamedAccount[], typed: string): string | null {
  const name = plainName(typed);
  if (/^\d{12}$/.test(name)) return name;
  const named = accounts.filter(({ alias }) => alias !== null && plainName(alias) === name);
  return named.length === 1 ? (named[0]?.id ?? null) : null;
}

/** What to tell somebody who named an account that is not known: which ones are, the likeliest first. Slack markup. */
export function unknownAccount({ knownAccounts }: Pick<CommandDeps, 'knownAccounts'>, typed: string): string {
  const accounts = nearestAccounts(knownAccounts(), typed);
  const names = accounts
    .slice(0, SUGGESTED)
    .map(({ id, alias }) => quoted(alias === null ? id : `${alias} (${id})`));
  return WORDS.unknownAccount(quotedTyped(typed), names, Math.max(0, accounts.length - SUGGESTED));
}

/** The nearest to what was typed first; of those that are equally near, in their order. */
export function nearestAccounts(accounts: readonly NamedAccount[], typed: string): NamedAccount[] {
  const name = plainName(typed);
  const far = ({ id, alias }: NamedAccount): number =>
    Math.min(distance(name, id), ...(alias === null ? [] : [distanceTo(plainName(alias), name)]));
  return accounts
    .map((account) => ({ account, far: far(account) }))
    .sort((a, b) => a.far - b.far)
    .map(({ account }) => account);
}

/** Whoever types the beginning of a long alias is nearer to it than to a short one. */
function distanceTo(alias: string, name: string): number {
  return name !== '' && alias.includes(name) ? 0 : distance(name, alias);
}

/** So that it does not matter how a letter is typed, nor how many blanks stand between words. */
function plainName(text: string): string {
  return unescapeText(text)
    .normalize('NFKC')
    .trim()
    .replace(/^["“”'](.*)["“”']$/s, '$1')
    .trim()
    .replace(/\s+/g, ' ')
    .toLowerCase();
}
