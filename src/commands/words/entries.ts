/** What people hear who press a button of an entry. Slack markup; what is passed in must be escaped. */
export const ENTRY_WORDS = {
  /** @param link to the case in the AWS console. */
  quoteGone: (link: string) =>
    `AWS does not show this message any more, so its quoted text cannot be shown here. Look at ${link}.`,

  noQuote: (link: string) =>
    `AWS shows this message without quoted text now. The whole conversation is at ${link}.`,

  quoteUnread: (why: string, link: string) =>
    `The quoted text is fetched from AWS when somebody asks for it, and that did not work now. ${why} Press the button again later, or look at ${link}.`,

  textGone: (link: string) =>
    `AWS does not show this message any more, so its text cannot be shown here. Look at ${link}.`,

  textUnread: (why: string, link: string) =>
    `The text is fetched from AWS when somebody asks for it, and that did not work now. ${why} Press the button again later, or look at ${link}.`,

  notAQuote:
    'This button is damaged, so nothing could be looked up. `/support show` with the number of the case shows how it stands.',
} as const;
