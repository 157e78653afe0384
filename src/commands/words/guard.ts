/**
 * What is said where a text holds what looks like a secret. Slack markup, but for what stands in a form, which is plain;
 * what is passed in must be escaped.
 */
export const GUARD_WORDS = {
  found: (name: string, what: string) =>
    `:lock: Your text for ${name} was *not sent yet*: it holds what looks like ${what}. Once sent, it cannot be taken back, and whoever can read the case can read it.`,
  where: 'Where it stands:',
  more: (count: number) => `… and ${count} more`,
  line: (line: number) => `line ${line}`,
  choose:
    'What you typed is kept for 24 hours, until you choose. A key that others may have seen should be replaced by a new one.',

  removeAndSend: 'Remove and send',
  sendAllTheSame: 'Send all the same',
  cancel: 'Cancel',

  formTitle: 'Send a secret?',
  formFound: (name: string, what: string) =>
    `Your text for ${name} was not sent yet: it holds what looks like ${what}. Once sent, it cannot be taken back, and whoever can read the case can read it.`,
  formChoice: 'What do you want to do?',
  formGoOn: 'Continue',
  choices: {
    remove: { text: 'Remove and send', about: 'A note stands in its place' },
    send: { text: 'Send all the same', about: 'As you typed it' },
    keep: { text: 'Do not send', about: 'You get your text back' },
  },

  sendingWithout: (name: string) =>
    `Sending your text for ${name} to AWS, with notes in the place of what was found…`,
  notSent: (name: string) => `Not sent. Nothing was changed on ${name}.`,
  newCase: 'your new case',
  notTaken: (name: string) =>
    `:lock: Your text for ${name} was *not sent*: it holds what looks like a secret, and Casethread's store did not answer, so I cannot ask you what to do with it. Send it again in a minute, best without it.`,
  fileName: 'name of a file',
  /** Plain. */
  namesStay:
    'The name of a file cannot be changed here. To send it under another one, do not send this, rename the file and send it again.',
  /** Plain; under the inputs of a form. */
  notTakenInForm:
    "Nothing was sent: your text holds what looks like a secret, and Casethread's store did not answer, so I cannot ask you what to do with it. Press the button once more in a minute, best without it.",
  expiredToTell: (name: string) =>
    `:lock: Your text for ${name} held what looks like a secret. Nobody chose within 24 hours what to do with it, so it was *not sent*, and it is not kept any more. Send it again if it is still needed. This is what you wrote, with notes in the place of what was found.`,
  expired:
    'Nobody chose within 24 hours, so this was not sent, and its text is not kept any more. Send it again if it is still needed.',
} as const;
