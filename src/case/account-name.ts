/** Names that people have given to AWS accounts, by account id. */
export type AccountAliases = ReadonlyMap<string, string>;

/** `production (111122223333)`, or the id alone where nobody has named the account. */
export function accountName(aliases: AccountAliases, account: string): string {
  const alias = aliases.get(account);
  return alias === undefined ? account : `${alias} (${account})`;
}
