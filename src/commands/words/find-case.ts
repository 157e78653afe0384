import { escapeText } from '../../slack/escape.js';
import { BOT } from './help.js';

/**
 * What is said where it is not clear which case is meant, or it is not found. Slack markup; what is passed in must be
 * escaped.
 */
export const FIND_WORDS = {
  /** @param usage not escaped. */
  needsCase: (usage: string, command: string) =>
    `Which case? Type \`${command} ${escapeText(usage)}\`. \`${command} list\` shows the open cases. In the thread of a case, \`${BOT} …\` needs no number.`,

  /** @param hasAccounts whether several are known. */
  notACase: (typed: string, command: string, hasAccounts: boolean) =>
    `“${typed}” is not a case, so nothing was done. Type the number that AWS shows for it (\`1234563851\`), its case id (\`case-…\`), a link to it in the AWS console, or a link to its thread.${
      hasAccounts
        ? ' An account goes before the number with a slash, in quotes where its alias has blanks: `"data team"/1234563851`.'
        : ''
    } \`${command} list\` shows the open cases.`,

  putTheNumber: (command: string) =>
    `Which case? Put its number in the place of \`&lt;case&gt;\`, for example \`${command} show 1234563851\`. Nothing was done. \`${command} list\` shows the open cases with their numbers.`,

  notACaseThread: (command: string) =>
    `That link does not lead to the thread of a case, so nothing was done. Link to the card, the first message of the thread, or type the number of the case. \`${command} list\` shows the open cases.`,

  /** Also of a case that somebody may not even know of. */
  unknownCase: (typed: string, command: string) =>
    `I find no case “${typed}” that you may read, neither here nor in the AWS accounts that I can ask, so nothing was done. Check the number. \`${command} list all\` shows the cases that you may read.`,

  severalCases: (
    typed: string,
    cases: readonly { readonly caseId: string; readonly account: string }[],
    command: string,
  ) =>
    [
      `“${typed}” means more than one case, so nothing was done. Type the case id instead:`,
      ...cases.slice(0, 10).map(({ caseId, account }) => `• \`${caseId}\` in account ${account}`),
      `For example: \`${command} show ${cases[0]?.caseId ?? 'case-…'}\``,
    ].join('\n'),

  perhapsThisCase: (typed: string, account: string, missing: number) =>
    `I found case “${typed}” in account ${account}, but could not ask ${
      missing === 1 ? 'one other account, which' : `${missing} other accounts, which`
    } may have a case with this number too. Nothing was done. Type the account before the number.`,

  unknownAccount: (typed: string, known: readonly string[], more: number) =>
    known.length === 0
      ? `I know no account “${typed}”, so nothing was done. Type its 12 digits.`
      : `I know no account “${typed}”, so nothing was done. These I know: ${known.join(', ')}${more > 0 ? ` and ${more} more` : ''}. Type the alias or the 12 digits.`,

  notAllAsked: (typed: string, missing: number, asked: number, why: string | null) =>
    `I did not find case “${typed}”, but ${missing} of ${asked} accounts could not be asked, so nothing was done. ${
      why ?? 'They take long to answer. Try again in a few seconds, or type the account before the number.'
    }`,

  cannotLookUp: (typed: string, why: string) =>
    `I could not look up case “${typed}” at AWS, so nothing was done. ${why}`,

  awsIsSlow: (typed: string) =>
    `AWS takes long to look up case “${typed}”, so nothing was done. Try again in a few seconds.`,
} as const;
