/** What is said to somebody who opens a case. Slack markup where not said otherwise; what is passed in must be escaped. */
export const CREATE_WORDS = {
  opening: (subject: string) => `Opening your case ${subject} at AWS…`,
  formExpired: (command: string) =>
    `The form did not open: Slack allows three seconds for it, and they were over. Type \`${command} create\` once more.`,

  opened: (name: string) =>
    `:white_check_mark: AWS has your case: ${name}. Everything about it comes into its thread.`,
  openedWithoutThread: (subject: string) =>
    `:white_check_mark: AWS has your case ${subject}. Its thread appears in the channel of the cases as soon as it can be posted.`,
  openedAfterAll: (name: string) =>
    `:white_check_mark: AWS has your case after all: ${name}. Nothing is left to be sent, and the buttons above do nothing any more.`,
  busy: (subject: string) =>
    `AWS takes no new case at the moment (${subject}). I keep trying for ten minutes and tell you how it ends.`,
  checking: (subject: string) =>
    `AWS did not confirm your new case ${subject}. I am looking among your cases to see whether it was opened, and tell you here. It is not sent again unless you say so.`,
  notConfirmed: (subject: string, why: string) =>
    `:warning: AWS did not confirm your new case ${subject}. ${why}`,
  failed: (subject: string, why: string) => `:x: Your case ${subject} was not opened. ${why}`,
  lookingAgain: (subject: string) =>
    `Looking for your case ${subject} once more. If AWS does not have it, it is sent now; you are told when AWS has it.`,
  cancelled: (subject: string) => `Your case ${subject} was not opened. Nothing went to AWS.`,
  notSentAgain: (subject: string) =>
    `Not sent again. If AWS shows your case ${subject} after all, you are told.`,
} as const;
