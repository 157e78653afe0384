/** What stands around cases that are listed. Slack markup; what is passed in must be escaped. */
export const LIST_WORDS = {
  noCases: (state: string, command: string, account: string | null = null) => {
    const where = account === null ? '' : ` in account ${account}`;
    return state === 'all'
      ? `There are no cases${where} yet. New ones appear by themselves.`
      : `There are no ${state} cases${where}. \`${command} list all\` shows all that I know.`;
  },
  couldNotBeAsked: (why: string) =>
    `:warning: The account could not be asked the last time, so some may be missing. ${why}`,
  /** @param accounts those that are known. */
  listStates: (typed: string, command: string, accounts: readonly string[], more: number) =>
    accounts.length === 0
      ? `I can list \`open\`, \`resolved\` or \`all\` cases, not “${typed}”. Type \`${command} list\`.`
      : `I can list \`open\`, \`resolved\` or \`all\` cases, and those of one account, not “${typed}”. These accounts I know: ${accounts.join(', ')}${more > 0 ? ` and ${more} more` : ''}.`,

  listed: (total: number, state: string) =>
    `*${total} ${state === 'all' ? '' : `${state} `}${total === 1 ? 'case' : 'cases'}*`,
  listedIn: (account: string) => ` in account ${account}`,
  range: (from: number, to: number) => `, ${from} to ${to}`,
  needPerson: (n: number) => `, ${n} ${n === 1 ? 'needs' : 'need'} a person`,
  /** Plain. */
  notFollowed: 'Its account is not followed, so this may be out of date',
  /** Plain. */
  needsAPerson: 'Needs a person, see below',
  /** Plain. */
  needsPerson: (cases: string, why: string) => `Needs a person: ${cases}. ${why}`,
} as const;
