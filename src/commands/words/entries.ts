/** What people hear who press a button of an entry. Slack markup; what is passed in must be escaped. */
export const ENTRY_WORDS = {
  /** @param link to the case in the AWS console, as {@link ENTRY_WORDS.console} writes it. */
  quoteGone: (link: string) =>
    `AWS does not show this message any more, so its quoted text cannot be shown here. ${link} has the whole conversation.`,

  console: (url: string) => `<${url}|The AWS console>`,

  noQuote: (link: string) =>
    `AWS shows this message without quoted text now. ${link} has the whole conversation.`,

  quoteUnread: (why: string, link: string) =>
    `The quoted text could not be fetched from AWS now. ${why} ${link} has the whole conversation.`,

  textGone: (link: string) =>
    `AWS does not show this message any more, so its text cannot be shown here. ${link} has the whole conversation.`,

  textUnread: (why: string, link: string) =>
    `The text could not be fetched from AWS now. ${why} ${link} has the whole conversation.`,

  notAQuote:
    'This button does nothing any more. `/support show` with the number of the case shows its latest message.',
} as const;
