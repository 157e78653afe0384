import type { CaseKey } from '../../case/case-key.js';
import { MAX_COMMUNICATION } from '../../case/stamp.js';

/** What people type before a command in a thread. The manifest gives the bot this name. */
const BOT = '@Casethread';

/**
 * Everything that is said to one person, in one place and one voice: what is the matter, and what to do next. Slack
 * markup; what is passed in must be escaped.
 */
export const WORDS = {
  help: (command: string) =>
    [
      '*AWS Support cases in Slack.* Every case is a thread; every message from AWS appears in it.',
      '',
      `\`${command} list\`  open cases, newest activity first (also \`resolved\` or \`all\`)`,
      `\`${command} search <words>\`  cases that hold these words, or ones that begin so`,
      `\`${command} show <case>\`  one case with its latest message`,
      `\`${command} create\`  opens a new case: a form, with what AWS offers to choose from`,
      `\`${command} reply <case> <text>\`  sends your text to AWS; you are told when AWS has it. Without a text, a form for a long one opens`,
      `\`${command} resolve <case>\`  resolves the case; without a case you pick from the open ones`,
      '',
      '`<case>` is the number that AWS shows, a case id, a link to the case in the AWS console, or a link to its thread.',
      `For example: \`${command} reply 1234563851 The restart helped, thank you.\``,
      '',
      `In the thread of a case, where Slack allows no commands, press a button of the card, or begin a message with \`${BOT}\`: \`${BOT} reply The restart helped.\`, \`${BOT} show\`, \`${BOT} resolve\`. The menu of any message there (More actions) has *Send to AWS Support*, which takes the message and its files into a form.`,
      '',
      `What people write in a thread stays in Slack. Only what you send with a command, with a form, or with \`${BOT} reply\`, goes to AWS.`,
    ].join('\n'),

  helpInThread: [
    '*In the thread of a case* begin a message with my name:',
    '',
    `\`${BOT} reply <text>\`  sends your text, and the files of your message, to AWS; you are told when AWS has it`,
    `\`${BOT} show\`  how the case stands now, with its latest message`,
    `\`${BOT} resolve\`  resolves the case`,
    '',
    `For example: \`${BOT} reply The restart helped, thank you.\``,
    '',
    '*Reply*, a button of the first message, opens a form for a long text, files and copies by e-mail; *Resolve* resolves the case. *Send to AWS Support*, in the menu of any message here (More actions), takes that message and its files into the form.',
    '',
    `Everything else that people write in a thread stays in Slack. \`/support help\`, typed in a channel, shows what more can be done.`,
  ].join('\n'),

  talkOnly: `Nothing was done, and nothing went to AWS: I act only on messages that begin with my name. In the thread of a case, \`${BOT} reply\` and your text sends it to AWS; \`${BOT} help\` shows everything.`,

  unknownInThread: (typed: string, guess: string | null) =>
    guess === null
      ? `I don't know “${typed}”, so nothing was done and nothing went to AWS. In the thread of a case, \`${BOT} reply\` and your text sends it to AWS; \`${BOT} help\` shows everything.`
      : `I don't know “${typed}”, so nothing was done and nothing went to AWS. Did you mean \`${BOT} ${guess}\`? \`${BOT} help\` shows everything.`,

  notInThreads: (word: string) =>
    `\`${word}\` goes with the slash command only: type \`/support ${word}\` in a channel. \`${BOT} help\` shows what can be done in a thread.`,

  notInAThread: `This is not in the thread of a case, so nothing was done. Write \`${BOT} …\` in the thread of the case that you mean, or type \`/support help\` here. \`/support list\` shows the open cases, with links to their threads.`,

  threadOfNoCase: `This thread belongs to no case, so nothing was done. Write \`${BOT} …\` in the thread of the case that you mean. \`/support list\`, typed in a channel, shows the open cases, with links to their threads.`,

  slackIsSlow:
    'Slack does not show me that thread at the moment, so nothing was done. Try again in a minute, or use the number of the case.',

  needsTextInThread: `The text is missing, so nothing was sent. Write it behind the word: \`${BOT} reply your text\`, or write it in a form.`,

  standsAlone: `\`${BOT} resolve\` and \`${BOT} show\` mean the case of this thread and take nothing behind them, so nothing was done. Write the word alone. A text goes to AWS with \`${BOT} reply\`.`,

  otherWorkspace:
    'Only people of the workspace in which I am installed can do that, so nothing was done. Ask one of them.',

  unknownCommand: (typed: string, guess: string | null, command: string) =>
    guess === null
      ? `I don't know “${typed}”. \`${command} help\` shows what can be done.`
      : `I don't know “${typed}”. Did you mean \`${command} ${guess}\`? \`${command} help\` shows everything.`,

  needsCase: (usage: string, command: string) =>
    `Which case? Type \`${command} ${usage}\`. \`${command} list\` shows the open cases. In the thread of a case, \`${BOT} …\` needs no number.`,

  needsText: (typed: string, command: string) =>
    `The text is missing, so nothing was sent. Type it behind the case: \`${command} reply ${typed} your text\`.`,

  tooLong: (length: number, most: number) =>
    `Your text has ${count(length)} characters, so nothing was sent. AWS takes ${count(MAX_COMMUNICATION)} in one message; ` +
    `with the line that names you, ${count(most)} are left for your text. Send it in two replies.`,

  notACase: (typed: string, command: string) =>
    `“${typed}” is not a case. Type the number that AWS shows for it (\`1234563851\`), its case id (\`case-…\`), a link to it in the AWS console, or a link to its thread. \`${command} list\` shows the open cases.`,

  notACaseThread: (command: string) =>
    `That message is not in a case's thread. Link to the first message of the thread, or type the case's number. \`${command} list\` shows the open cases.`,

  unknownCase: (typed: string, command: string) =>
    `AWS has no case “${typed}” in the accounts that Casethread can ask. Check the number. \`${command} list all\` shows the known cases.`,

  severalCases: (typed: string, cases: readonly { readonly key: CaseKey }[], command: string) =>
    [
      `“${typed}” means more than one case. Type the case id instead:`,
      ...cases.slice(0, 10).map(({ key }) => `• \`${key.caseId}\` in account ${key.account}`),
      `For example: \`${command} show ${cases[0]?.key.caseId ?? 'case-…'}\``,
    ].join('\n'),

  cannotLookUp: (typed: string, why: string) =>
    `I could not look up case “${typed}” at AWS, so nothing was done. ${why}`,

  awsIsSlow: (typed: string) =>
    `AWS takes long to look up case “${typed}”, so nothing was done. Try again in a few seconds.`,

  broken:
    'Something went wrong in Casethread, so nothing was done. Try again; if it stays, ask whoever runs it to look at its log.',

  storeAway:
    'Casethread cannot reach its database at the moment, so nothing was done. Try again in a minute.',

  storeUnclear:
    "Casethread's store did not answer, so I do not know whether your click counted. Press the button once more in a moment: nothing is sent twice by that.",

  takesLonger:
    'This takes a moment. The answer comes here. Should none come within a minute, look at the case before you do it again.',

  sending: (name: string) => `Sending your reply on ${name} to AWS…`,
  resolving: (name: string) => `Resolving ${name}…`,
  sendingAgain: (name: string) =>
    `Looking at ${name} once more. If your reply is not there, it is sent now; you are told when AWS has it.`,
  replyUnclear: (name: string) =>
    `:warning: Casethread's store did not answer, so I do not know whether your reply on ${name} was taken. If it was, you read here within a minute of the store's return how it ended. If you read nothing, look at the case, and send it again if it is not there.`,
  resolveUnclear: (name: string) =>
    `:warning: Casethread's store did not answer, so I do not know whether ${name} is being resolved. If it is, you read here within a minute of the store's return how it ended. If you read nothing, look at the case, and type it again if it is still open.`,
  takenBefore: (name: string) => `I have this one for ${name} already. It goes to AWS once.`,

  sent: (name: string) => `:white_check_mark: AWS has your reply on ${name}.`,
  sentAfterAll: (name: string) =>
    `:white_check_mark: AWS has your reply on ${name} after all: it is on the case now. Nothing is left to be sent, and the buttons above do nothing any more.`,
  resolved: (name: string) => `:white_check_mark: ${name} is resolved.`,
  wasResolved: (name: string) => `${name} was resolved already. Nothing was changed.`,
  busy: (name: string) =>
    `AWS is not taking it at the moment (${name}). I keep trying for ten minutes and tell you how it ends.`,
  checking: (name: string) =>
    `AWS did not confirm your reply on ${name}. I am looking at the case to see whether it arrived, and tell you here. Nothing is sent again unless you say so.`,
  checkingResolve: (name: string) =>
    `AWS did not confirm the resolving of ${name}. I am looking at the case to see whether it went through, and tell you here. I do not resolve it again unless you say so.`,
  notConfirmed: (name: string, why: string) => `:warning: AWS did not confirm your reply on ${name}. ${why}`,
  resolveNotConfirmed: (name: string, why: string) =>
    `:warning: AWS did not confirm the resolving of ${name}. ${why}`,
  asksToReopen: (name: string) =>
    `${name} is resolved, so your reply was not sent: it would *reopen* the case. AWS allows that for 14 days. Send it all the same?`,
  failed: (what: string, name: string, reason: string) => `:x: ${what} ${name} did not go through. ${reason}`,
  yourText: 'Your text:',
  cancelled: (name: string) => `Not sent. Nothing was changed on ${name}.`,

  notSentAgain: (name: string) =>
    `Not sent again. If AWS shows your reply on ${name} after all, you are told.`,

  notYours: 'Only the person who wrote this can do that.',
  clickTooLate: 'This was settled already; the button does nothing any more.',
  unknownButton:
    'This button belongs to another version of Casethread, so nothing was done. `/support help` shows what can be done.',
  forgotten: 'I have no record of this any more. Type the command again.',

  noCases: (state: string, command: string) =>
    state === 'all'
      ? 'There are no cases yet. They appear here as soon as AWS sends an event or the next sweep finds them.'
      : `There are no ${state} cases. \`${command} list all\` shows all that are known.`,
  noOpenCases: 'There is no open case to resolve.',
  pickToResolve: 'Which case do you want to resolve?',
  listStates: (typed: string, command: string) =>
    `I can list \`open\`, \`resolved\` or \`all\` cases, not “${typed}”. Type \`${command} list\`.`,
  replyButton: 'Reply',
  resolveButton: 'Resolve',
  cannotRead: (why: string) => `Its messages cannot be read now. ${why}`,
} as const;

function count(n: number): string {
  return n.toLocaleString('en-US');
}
