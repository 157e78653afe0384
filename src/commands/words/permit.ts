import type { Right } from '../../case/right.js';

/** What somebody may not do, behind "You may not". Slack markup; `name` of the case, escaped. */
const DEEDS: Readonly<Record<Right, (name: string) => string>> = {
  read: (name) => `read ${name}`,
  reply: (name) => `reply to ${name}, or take care of it`,
  resolve: (name) => `resolve ${name}`,
  create: (name) => `open ${name}`,
  attach: (name) => `send files with ${name}`,
  administer: () => 'do what is for administrators',
};

/** What is said to whoever may not. Slack markup but where it says so; what is passed in must be escaped. */
export const PERMIT_WORDS = {
  /** @param who mentions, which an answer to one person notifies nobody by. */
  refused: (right: Right, name: string, who: readonly string[], more: number) =>
    `:no_entry: You may not ${DEEDS[right](name)}, so nothing was done. Those who may: ${[...who, ...(more > 0 ? [`${more} more`] : [])].join(', ')}.`,
  nobody: (right: Right, name: string) =>
    `:no_entry: Nobody may ${DEEDS[right](name)} from Slack, so nothing was done. It can be done in the AWS console.`,
  /** @param because null where it passes by itself. */
  unsure: (right: Right, name: string, because: string | null) =>
    because === null
      ? `:hourglass: Whether you may ${DEEDS[right](name)} cannot be checked now, because Slack does not answer, so nothing was done. Try again in a minute.`
      : `:warning: Whether you may ${DEEDS[right](name)} cannot be checked, because ${because}, so nothing was done. Tell whoever takes care of Casethread.`,
  /** Nothing can be shown, and there may be cases that somebody may see. How many, nobody is told. */
  unsureOfAll:
    ':hourglass: I could not ask Slack which cases you may see, so I show none. Try again in a minute.',
  unsureOfOthers:
    ':hourglass: I could not ask Slack which other cases you may see, so some may be missing. Try again in a minute.',
  /** Plain, in a menu: at most 75 characters. */
  unsureChoice: 'Slack does not say which cases you may see: try again in a minute',
  whoever: (channel: string) => `whoever is in ${channel}`,
  everybody: (channel: string) => `people of this workspace who are in ${channel}`,
  guests: (channel: string) => `guests who are in ${channel}`,
  strangers: (channel: string) => `people of other companies who are in ${channel}`,
  newCase: 'a new case',
  /** Plain, under an input; who may comes as a message. */
  inForm: 'You may not do this now, so nothing was sent. A message says who may. Your text stays here.',
  unsureInForm:
    'Whether you may do this cannot be checked now, so nothing was sent. A message says why. Your text stays here: try again in a minute.',
} as const;
