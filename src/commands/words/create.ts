/** What is said to somebody who opens a case. Slack markup where not said otherwise; what is passed in must be escaped. */
export const CREATE_WORDS = {
  opening: (subject: string) => `Opening your case ${subject} at AWS…`,
  formExpired: (command: string) =>
    `The form did not open, because your command reached me too late. Nothing was sent. Type \`${command} create\` once more.`,

  openedBefore: (subject: string) =>
    `:white_check_mark: AWS has your case ${subject}. Nothing is left to be sent.`,
  opened: (name: string) =>
    `:white_check_mark: AWS has your case: ${name}. Everything about it comes into its thread.`,
  openedWithoutThread: (subject: string) =>
    `:white_check_mark: AWS has your case ${subject}. Its thread appears as soon as Slack takes it.`,
  openedAfterAll: (name: string) =>
    `:white_check_mark: AWS has your case after all: ${name}. Nothing is left to be sent, and the buttons above do nothing any more.`,
  busy: (subject: string) =>
    `AWS takes no new case at the moment (${subject}). I keep trying for ten minutes, and tell you how it ends.`,
  uploading: (subject: string, file: string, done: string, total: string) =>
    `Uploading ${file} for your case ${subject}: ${done} of ${total}. The case is opened when all of it is at AWS.`,
  waitingForFiles: (subject: string) =>
    `Slack does not give me the files of your case ${subject} at the moment. I keep trying for ten minutes, and tell you how it ends; nothing goes to AWS without them.`,
  checking: (subject: string) =>
    `AWS did not confirm your new case ${subject}. I am looking among your cases to see whether it was opened, and tell you here. It is not sent again unless you say so.`,
  notConfirmed: (subject: string, why: string) =>
    `:warning: AWS did not confirm your new case ${subject}. ${why}`,
  failed: (subject: string, why: string) => `:x: Your case ${subject} was not opened. ${why}`,
  lookingAgain: (subject: string) =>
    `Looking for your case ${subject} once more. If AWS does not have it, it is sent now; you are told when AWS has it.`,
  cancelled: (subject: string) => `Your case ${subject} was not opened. Nothing was sent.`,
  notSentAgain: (subject: string) =>
    `Not sent again. If AWS shows your case ${subject} after all, you are told.`,
} as const;

const FIRST_ANSWER: Readonly<Record<string, string>> = {
  low: '24 hours',
  normal: '12 hours',
  high: '4 hours',
  urgent: '1 hour',
  // 30 minutes with Business Support+, 15 with Enterprise Support, 5 with Unified Operations.
  critical: '5 to 30 minutes, by plan',
};

/** The words of the form. Plain text but where it says so. */
export const CREATE_FORM_WORDS = {
  /** Slack gives titles and buttons 24 characters. */
  title: 'Open a support case',
  submit: 'Open the case',
  cancel: 'Cancel',
  /** Slack markup. */
  loading: ':hourglass_flowing_sand: One moment: I am asking AWS what there is to choose from.',
  /** Slack markup. */
  cannotAsk: (why: string) =>
    `:warning: AWS does not say what there is to choose from, so no case can be opened now. ${why}`,

  /** Slack markup. Of one of several accounts. */
  cannotAskIn: (account: string, why: string) =>
    `:warning: For account ${account}, AWS does not say what there is to choose from, so no case can be opened in it now. ${why} You can choose another account; what you typed is still here.`,
  /** Slack markup. */
  accountGone:
    ':warning: The account that you chose is none of those any more in which I can open cases, so nothing was sent. Choose another one; what you typed is still here.',

  /** Slack markup. */
  cannotOpenIn: (why: string) =>
    `:warning: No case can be opened in the account that you chose, so nothing was sent. ${why} Choose another one; what you typed is still here.`,

  account: 'AWS account',
  accountClosed: 'No case can be opened here: it is not asked by the API',
  accountPlaceholder: 'Type an alias or digits',
  /** Slack markup. */
  inAccount: (account: string) => `The case is opened in account ${account}.`,
  service: 'Service',
  servicePlaceholder: 'Type a name: EC2, PostgreSQL, billing…',
  serviceHint: 'Its categories appear here once you have chosen it.',
  category: 'Category',
  categoryPlaceholder: 'What it is about',
  issueType: 'Kind of support',
  technical: 'Technical support',
  customerService: 'Account and billing support',
  severity: 'Severity',
  severityTarget: (code: string) =>
    Object.hasOwn(FIRST_ANSWER, code) ? `AWS aims to answer first within ${FIRST_ANSWER[code]}` : null,
  language: 'Language in which AWS answers',
  subject: 'Subject',
  subjectPlaceholder: 'In one line: what does not work, and where',
  text: 'What AWS should know',
  textPlaceholder:
    'What you see and what you expected; since when; Region, resource ids, error messages, times with time zone',
  /** Slack markup. */
  whatAwsSees:
    'It goes to AWS when you press “Open the case”, and not before. Below your text, AWS reads who wrote it: “— Your Name, via Slack”.',

  serviceMissing: 'Choose a service: type a part of its name.',
  categoryMissing: (service: string) => `Choose what it is about: the categories of ${service} are below.`,
  subjectMissing: 'Give the case a subject: people and AWS know it by this line.',
  textMissing: 'Write what AWS should know: this is the first message of the case.',
  textTooLong: (length: number, most: number) =>
    `These are ${length.toLocaleString('en-US')} characters. AWS takes 8,000; with the line that names you, ${most.toLocaleString('en-US')} are left. Put the rest into a file, or into a reply.`,
  /** Slack markup. */
  refused: (why: string) =>
    `:warning: *AWS would not open this case, so nothing was sent.* ${why} Everything you typed is still here.`,
  unclear:
    "Casethread's store did not answer, so I do not know whether your case is on its way. Press “Open the case” once more in a moment: it is opened once, however often you press.",
} as const;
