/** What is said where a number is that of several cases. Slack markup; what is passed in must be escaped. */
export const WHICH_WORDS = {
  /** @param exactly how one of them can be typed so that it means no other. */
  which: (typed: string, exactly: string, verb: string, command: string) =>
    `“${typed}” means more than one case, so nothing was done yet. *Which one do you mean?* To say it at once, type it like \`${command} ${verb} ${exactly}\`.`,
  /** @param missing how many accounts could not be asked. */
  isItThis: (typed: string, missing: number, exactly: string, verb: string, command: string) =>
    `I found “${typed}” in one account, but could not ask ${
      missing === 1 ? 'one other, which' : `${missing} others, which`
    } may have a case with this number too, so nothing was done yet. *Is this the one that you mean?* To say it at once, type it like \`${command} ${verb} ${exactly}\`.`,
  kept: 'Your text is kept for 24 hours, until you choose. It begins:',
  more: (count: number) => `… and ${count} more: type the account before the number, as above.`,
  /** On a button, where the account does not tell the cases apart. */
  thisOne: (number: number) => `This one (${number})`,
  cancel: 'Cancel',

  /** `Case 1234563851 in account production (111122223333)` */
  inAccount: (name: string, account: string) => `${name} in account ${account}`,
  isFor: (name: string) => `You chose ${name}.`,
  /** In front of what is said when it was taken before. */
  goesTo: (name: string) => `You chose ${name} before, and one is all that this does.`,
  notKept: (why: string) =>
    `${why}\n:warning: Casethread's store did not answer, so your text is not kept: send it again with the case id.`,
  /** A day later. */
  nobodyChose: (number: string) =>
    `Nobody chose within 24 hours which case ${number} was meant, so your text was *not sent*, and it is not kept any more. Send it again if it is still needed.`,
} as const;
