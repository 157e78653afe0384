import type { Finding } from '../../doctor/finding.js';

/** What is said by and about the doctor. Slack markup but where it says so; what is passed in must be escaped. */
export const DOCTOR_WORDS = {
  looking:
    ':stethoscope: Looking at everything that Casethread needs. This takes up to half a minute; what I find comes here.',
  /** @param who mentions of administrators. */
  notAllowed: (who: readonly string[], more: number) =>
    `The doctor is for those who take care of Casethread, so nothing was looked at. Ask ${listed(who, more)}.`,
  notHere: (channel: string) =>
    `The doctor works in a channel with cases, so nothing was looked at. Type it in ${channel}.`,
  tooSlow:
    ':warning: The doctor was not done after half a minute. Try again in a minute; `npm run doctor`, where Casethread runs, has more time.',
  broken:
    ':warning: The doctor itself stumbled, so I cannot say how things are. Try again; if it stays so, look at the log, and use `npm run doctor` where Casethread runs.',
  nothing: 'There was nothing to look at.',

  allWell: (checks: number) =>
    `:white_check_mark: ${checks === 1 ? 'The only check is' : `All ${count(checks)} checks are`} fine.`,
  troubles: (fails: number, warns: number, checks: number) => {
    const failing = fails === 0 ? [] : [`${count(fails)} ${fails === 1 ? 'does' : 'do'} not work`];
    const warning = warns === 0 ? [] : [`${count(warns)} ${warns === 1 ? 'wants' : 'want'} a look`];
    return `:${fails > 0 ? 'x' : 'warning'}: Of ${count(checks)} ${checks === 1 ? 'check' : 'checks'}, ${[...failing, ...warning].join(' and ')}.`;
  },

  /** Plain. */
  groups: {
    bot: 'Casethread itself',
    slack: 'Slack',
    aws: 'AWS',
    events: 'Events from AWS',
  } satisfies Record<Finding['about'], string>,
  /** Plain. */
  fine: (checks: number, hasOthers: boolean) =>
    `${count(checks)} ${hasOthers ? 'other ' : ''}${checks === 1 ? 'check is' : 'checks are'} fine`,
  /** Plain. */
  hidden: (checks: number) =>
    `${count(checks)} more ${checks === 1 ? 'finding does' : 'findings do'} not fit here: see npm run doctor`,
  /** Plain. */
  accounts: (n: number) => `${count(n)} accounts`,
  /** Plain. */
  in: (names: readonly string[], more: number) =>
    ` In ${names.join(', ')}${more > 0 ? ` and ${count(more)} more` : ''}.`,
  tooLong: 'All of it is too long for Slack: see `npm run doctor`, where Casethread runs.',
  /** Plain. */
  end: 'Nothing was changed. Where Casethread runs, npm run doctor shows every check.',
} as const;

export function listed(who: readonly string[], more: number): string {
  const all = more > 0 ? [...who, `${more} more`] : who;
  const last = all.at(-1) ?? '';
  return all.length < 2 ? last : `${all.slice(0, -1).join(', ')} or ${last}`;
}

function count(n: number): string {
  return n.toLocaleString('en-US');
}
