/** Why something comes back to the person who sent it, and what they can do. Plain text, in sentences. */

/** What cannot be confirmed; by kind of message. */
export const DOUBTS = {
  reply: {
    offer:
      '“Send again” looks at the case once more, and sends it only if it is not there. If it shows up by itself, I tell you.',
    lookFirst: 'Look at the case in the AWS console before you send it again.',
    unread: 'nobody knows whether it arrived',
    notThere: 'it is not on the case, so it has not arrived so far',
  },
  create: {
    offer:
      '“Send again” looks for it once more, and opens it only if it is not there. If it shows up by itself, I tell you.',
    lookFirst: 'Look at your cases in the AWS console before you send it again.',
    unread: 'nobody knows whether the case was opened',
    notThere: 'there is no such case, so it was not opened so far',
  },
  resolve: {
    offer: 'I do not resolve it again by myself. “Try again” does, if it is still to be resolved.',
    lookFirst: 'Look at the case in the AWS console before you try again.',
    unread: 'nobody knows whether it is resolved',
    notThere: 'the case is not resolved. Perhaps it was, and somebody has reopened it since',
  },
} as const;

export const DOUBT_REASONS = {
  mayNotRead: (what: string, why: string, lookFirst: string) =>
    `Casethread may not read the ${what} to check. ${why} ${lookFirst}`,
  cannotRead: (what: string, unread: string, offer: string) =>
    `The ${what} cannot be read at the moment, so ${unread}. ${offer}`,
  notVisible: (why: string, unread: string, offer: string) => `${why} So ${unread}. ${offer}`,
  notThere: (seconds: number, notThere: string, offer: string) =>
    `${seconds} seconds later ${notThere}. ${offer}`,
} as const;

/** Of files on their way to AWS. What is said of one of several stands behind its name. */
export const FILE_REASONS = {
  named: (name: string, why: string) => `The file “${name}”: ${why}`,
  tooMany: (count: number, most: number) =>
    `These are ${count} files, and AWS takes ${most} with one message. Send the others with a second one.`,
  /** @param named the files with their sizes. */
  tooLarge: (named: string, count: number) => {
    const [is, it] = count === 1 ? ['is', 'it'] : ['are', 'them'];
    return `${named} ${is} larger than the 150 MB that AWS takes. Compress or split ${it}, or send a link instead.`;
  },
  expired:
    'AWS keeps files only for a while before they are sent, and each time that was over. Send it again.',
  notReady:
    'AWS has it and is not done with looking at it. Send it again in some minutes, or attach it in the AWS console.',
  failed: 'AWS could not take it in. Send it again; if it stays so, attach it in the AWS console.',
  tooLong: 'Slack gave me more of it than it should have. Upload it to Slack once more.',
  tooShort: 'Slack did not give me all of it. Send it again in a minute.',
} as const;
