/**
 * What is wrong with one account, in words. With a hundred accounts one thing is wrong with many of them, and is said once.
 */

/** @param whose `production (111122223333)` */
export function ofAccount(whose: string, sentence: string): string {
  return `AWS account ${whose}: ${sentence}`;
}

/** Stands for whichever account. */
const ANY = '…';
const OF_ANY = ofAccount(ANY, '');
const NAMED = 5;
const OF_ACCOUNT = /^AWS account (\d{12}|.*?\((\d{12})\)): (?=\S)/s;

/** The account that a sentence names at its beginning; null where it names none. */
export function accountOf(sentence: string): { readonly name: string; readonly id: string } | null {
  const [, name, id] = OF_ACCOUNT.exec(sentence) ?? [];
  return name === undefined ? null : { name, id: id ?? name };
}

/** The same sentence for all accounts of which it is true: without the account, whose id may stand in a role as well. */
export function ofAnyAccount(sentence: string): string {
  const account = accountOf(sentence);
  return account === null ? sentence : withoutId(sentence.replace(OF_ACCOUNT, ''), account.id);
}

export function withoutId(sentence: string, id: string): string {
  return sentence.replaceAll(id, ANY);
}

/** Under which of the sentences that are said once this one falls. It says whether it is of accounts, and not of which. */
export function alikeInAll(sentence: string): string {
  return accountOf(sentence) === null ? sentence : ofAccount(ANY, ofAnyAccount(sentence));
}

/** What {@link alikeInAll} gave, with the accounts of which it is true. */
export function inAccounts(alike: string, accounts: readonly { name: string; id: string }[]): string {
  const [first, ...others] = accounts;
  if (first === undefined || !alike.startsWith(OF_ANY)) return alike;
  const sentence = alike.slice(OF_ANY.length);
  if (others.length === 0) return ofAccount(first.name, sentence.replaceAll(`::${ANY}:`, `::${first.id}:`));
  const named = accounts.slice(0, NAMED).map(({ name }) => name);
  const more = accounts.length - named.length;
  return `${accounts.length} AWS accounts (${named.join(', ')}${more > 0 ? `, and ${more} more` : ''}): ${sentence}`;
}
