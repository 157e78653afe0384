/** `production (111122223333)`, or the id alone where nobody has named the account. */
export function accountName(alias: string | null, account: string): string {
  return alias === null ? account : `${alias} (${account})`;
}

/** By which aliases are compared: it does not matter how a letter is typed, nor how many blanks stand between words. */
export function foldedAlias(alias: string): string {
  return alias.normalize('NFKC').trim().replace(/\s+/g, ' ').toLowerCase();
}
