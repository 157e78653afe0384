/**
 * What is wrong with one account, in words. With a hundred accounts one thing is wrong with many of them, and is said once.
 */

/** @param whose `production (111122223333)` */
export function ofAccount(whose: string, sentence: string): string {
  return `AWS account ${whose}: ${sentence}`;
}

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
  return sentence.replaceAll(id, '…');
}
