/** What is said in and around the form for replies. Slack markup only where it says so. */
export const REPLY_FORM_WORDS = {
  title: 'Reply to AWS Support',
  send: 'Send to AWS',
  sendAndReopen: 'Send and reopen',
  cancel: 'Cancel',
  text: 'Your reply',
  placeholder: 'What AWS Support should know',
  filesOfMessage: 'Files of the message',
  moreFiles: 'More files',

  /** Slack markup. */
  reopens:
    ':warning: This case is resolved. Sending your reply *reopens* it; AWS allows that for 14 days after it was resolved.',
  whatAwsSees: (stamp: string) =>
    `AWS sees your text and files, and below the text this line, which says who wrote it:\n${stamp}`,

  nothingInMessage: 'The message that you chose has no text and no files, so the form is empty.',
  moreFilesInMessage: (count: number, most: number) =>
    `The message has ${count} files. AWS takes ${most} with one reply, so the first ${most} are here.`,
  notOfACase:
    'This message is not in the thread of a case, so there is nothing to reply to. Choose *Send to AWS Support* on a message in the thread of the case that you mean. `/support list`, typed in a channel, shows the open cases, with links to their threads.',

  empty: 'There is no text and no file, so nothing was sent. Write what AWS should know, or add a file.',
  tooManyFiles: (count: number, most: number) =>
    `These are ${count} files, and AWS takes ${most} with one reply, so nothing was sent. Send the others with a second reply.`,
  unclear:
    "Casethread's store did not answer, so I do not know whether your reply was taken. Press the button once more in a moment: it is not sent twice by it.",
  changed:
    'This form belongs to another version of Casethread, so nothing was sent. Copy your text, close the form, and open it again.',

  /** In place of a text, when somebody sends files alone. */
  filesOnly: (names: readonly string[]) => `Attached: ${names.join(', ')}`,
  writeIt: 'Write the reply',
} as const;
