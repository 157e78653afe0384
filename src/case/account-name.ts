/** `production (111122223333)`, or the id alone where nobody has named the account. */
export function accountName(alias: string | null, account: string): string {
  return alias === null ? account : `${alias} (${account})`;
}
