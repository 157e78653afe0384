/** What people read about files of cases. Slack markup: names and reasons in it are quoted by whoever calls. */
export const FILE_WORDS = {
  link: (name: string) => `Here is *${name}*, straight from AWS.`,
  download: 'Download',
  /** @param until a date token; null where AWS does not say. */
  linkLasts: (until: string | null) =>
    until === null
      ? 'The link works for a short while only, and for everybody who has it: do not pass it on.'
      : `The link works until ${until}, and for everybody who has it: do not pass it on.`,
  noLink: (name: string, why: string, consoleUrl: string) =>
    `I could not get a link to *${name}*. ${why} You find the file <${consoleUrl}|in the AWS console>.`,
  trying: (name: string) =>
    `I am fetching *${name}* once more. It appears in this thread in a moment; if not, the message with the button says why.`,
  here: (name: string) => `*${name}* is in this thread already, further below.`,
  oldButton: 'This button is of no use any more. The AWS console has the files of the case.',
} as const;
