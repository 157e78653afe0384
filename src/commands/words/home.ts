/** What stands on a person's Home tab. Plain text: it goes into blocks in which nothing is parsed. */
export const HOME_WORDS = {
  title: 'AWS Support cases',
  refresh: 'Refresh',

  counts: (open: number, us: number, aws: number, mine: number) =>
    [
      open === 1 ? '1 open case' : `${count(open)} open cases`,
      `${us === 0 ? 'none waits' : us === 1 ? '1 waits' : `${count(us)} wait`} for us`,
      `${aws === 0 ? 'none' : count(aws)} for AWS`,
      ...(mine === 0 ? [] : [`${count(mine)} yours`]),
    ].join(' · '),
  /** Where there are more than were looked at. */
  ofNewest: (read: number) => `whose turn it is: counted among the ${count(read)} with the newest activity`,
  perAccount: 'By account: ',
  moreAccounts: (n: number) => `and ${count(n)} more`,

  us: (n: number) => `Waiting for us (${count(n)})`,
  aws: (n: number) => `Waiting for AWS (${count(n)})`,
  other: (n: number) => `Open, and AWS does not say whose turn it is (${count(n)})`,
  nothingForUs: 'Nothing waits for us.',
  more: (n: number) => `and ${count(n)} more: /support list shows all of them.`,
  empty: 'No open cases. New ones appear here by themselves.',

  unsureOfAll:
    'I could not ask Slack which cases you may see, so I show none. They appear by themselves; Refresh asks at once.',
  unsureOfOthers: 'I could not ask Slack which other cases you may see, so some may be missing.',

  yours: 'yours',
  /** Before a time. */
  opened: 'opened ',
  lastActivity: 'last activity ',
  account: (name: string) => `account ${name}`,

  lastEvent: 'last event ',
  noEvent: 'no event yet',
  lastSweep: 'last sweep ',
  noSweep: 'no sweep yet',
  sweepsOff: 'sweeps are off',
  sweepFailed: 'the last sweep failed',
  sweepPartly: 'the last sweep could not ask some of the accounts',
  nothingParked: 'no case needs a person',
  parked: (n: number) =>
    n === 1
      ? '1 case needs a person: /support list says which'
      : `${count(n)} cases need a person: /support list says which`,
} as const;

function count(n: number): string {
  return n.toLocaleString('en-US');
}
