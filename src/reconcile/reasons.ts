/** Why a case waits for a person, or its thread does not show all of it. Sentences for people; files have file-trouble.ts. */
export const REASONS = {
  noFirstMessage:
    'The card, the first message of the thread, is not in Slack any more, so nothing can be posted to it. See whether somebody, or another app, deletes messages of the bot.',
  notShown: (account: string) =>
    `AWS does not show this case to Casethread, so its text is missing here. Events of account ${account} arrive, but Casethread's AWS credentials may belong to another account.`,
  unreadChannel: (channel: string, why: string) =>
    `The thread of this case may be in channel ${channel}, which cannot be read, so no second one is opened. ${why}`,
  olderUnread: (why: string) => `Older messages of this case cannot be read. ${why}`,
} as const;
