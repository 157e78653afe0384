import { MAX_COMMUNICATION } from '../../case/stamp.js';
import { escapeText } from '../../slack/escape.js';

/** What people type before a command in a thread. The manifest gives the bot this name. */
const BOT = '@Casethread';

/** Who takes care of a case, as both helps say it. */
const PEOPLE =
  "• *I'll take it*, on the card, or :eyes: on it: the case is yours, and I write to you directly whenever AWS answers. In the card's menu (⋯): *Follow* and *Mute* (those messages), *Who is on this*";

/**
 * What is said to one person, in one voice: what is the matter, then what to do next. Slack markup; what is passed in must
 * be escaped. The bot says "I" of itself, "Casethread" of the program; nobody is blamed, and what did not happen is said in
 * the same words: "so nothing was sent", "so nothing was done".
 *
 * All that people read stands in few places, to be read and changed together:
 * - here and in the other files of this folder, one per topic: answers, forms, the Home tab;
 * - slack/labels.ts: buttons, and the question before a case is resolved. slack/render-*.ts: cards, entries, files,
 *   notices, direct messages. case/words.ts, case/first-response.ts, slack/who.ts: status, severity, due times, people;
 * - reasons, which end up in answers, cards, notices, `/readyz` and the log: slack/errors.ts, slack/file-refusals.ts,
 *   support/errors.ts, support/reasons.ts, outbox/reasons.ts, reconcile/reasons.ts, reconcile/files/file-trouble.ts;
 * - for whoever runs the bot: config/rules.ts, redis/try-redis.ts, ingress/readiness.ts, README.md.
 */
export const WORDS = {
  help: (command: string) =>
    [
      '*AWS Support cases in Slack.* Each case is a thread. Its first message, the card, shows how the case stands; every message from AWS appears below it.',
      '',
      '*In a channel, type*',
      `\`${command} list\`  open cases (also \`list resolved\`, \`list all\`); with an account behind it, those of one: \`${command} list open production\``,
      `\`${command} search &lt;words&gt;\`  cases that hold these words`,
      `\`${command} show &lt;case&gt;\`  how a case stands, with its latest message`,
      `\`${command} reply &lt;case&gt; &lt;text&gt;\`  sends your text to AWS; without a text, a form opens`,
      `\`${command} resolve &lt;case&gt;\`  resolves a case; without \`&lt;case&gt;\` you choose one`,
      `\`${command} create\`  opens a new case`,
      `\`${command} doctor\`  looks whether all that I need works, and \`${command} audit\` shows who did what, for those who take care of me`,
      '',
      '*In the thread of a case*',
      '• buttons of the card: *Reply* (a form: long texts, files, copies by e-mail), *Resolve*',
      `• \`${BOT} reply &lt;text&gt;\`, \`${BOT} show\`, \`${BOT} resolve\``,
      '• *Send to AWS Support*, in the menu of any message (More actions): a reply with that message and its files',
      PEOPLE,
      '',
      '*On my Home tab* (click my name): the open cases, those that wait for us first',
      '',
      '`&lt;case&gt;` is the number that AWS shows, a case id, or a link to the case in the AWS console or to its thread; with several accounts also `production/1234563851`, the alias or id of one before the number. For example:',
      `\`${command} reply 1234563851 The restart helped, thank you.\``,
      '',
      'Only what you send in one of these ways goes to AWS. Everything else that people write in a thread stays in Slack.',
    ].join('\n'),

  helpInThread: [
    '*In the thread of a case*',
    `• \`${BOT} reply &lt;text&gt;\`  sends your text, and the files of your message, to AWS`,
    `• \`${BOT} show\`  how the case stands now, with its latest message`,
    `• \`${BOT} resolve\`  resolves the case`,
    '• *Reply*, on the card (the first message of the thread)  opens a form: long texts, files, copies by e-mail. Beside it: *Resolve*',
    '• *Send to AWS Support*, in the menu of any message (More actions)  takes that message and its files into the form',
    PEOPLE,
    '',
    `For example: \`${BOT} reply The restart helped, thank you.\``,
    '',
    'You are told when AWS has your reply. Everything else that people write in a thread stays in Slack. `/support help`, typed in a channel, shows what else there is.',
  ].join('\n'),

  talkOnly: `I act only on messages that begin with my name, so nothing was sent. In the thread of a case, \`${BOT} reply\` and your text sends it to AWS; \`${BOT} help\` shows what else there is.`,

  talkElsewhere: `This thread belongs to no case, and I act only on messages that begin with my name, so nothing was sent. Write \`${BOT} reply\` and your text in the thread of the case that you mean. \`/support list\`, typed in a channel, shows the open cases, with links to their threads.`,

  unknownInThread: (typed: string, guess: string | null) =>
    guess === null
      ? `I don't know “${typed}”, so nothing was done. In the thread of a case, \`${BOT} reply\` and your text sends it to AWS; \`${BOT} help\` shows what else there is.`
      : `I don't know “${typed}”, so nothing was done. Did you mean \`${BOT} ${guess}\`? \`${BOT} help\` shows what there is.`,

  slashOnly: (word: string) =>
    `\`${word}\` goes with the slash command only: type \`/support ${word}\` here.`,

  notInThreads: (word: string) =>
    `\`${word}\` goes with the slash command only, which Slack does not allow in threads: type \`/support ${word}\` in a channel. \`${BOT} help\` shows what there is here.`,

  notInAThread: `This is not in the thread of a case, so nothing was done. Write \`${BOT} …\` in the thread of the case that you mean, or type \`/support help\` here. \`/support list\` shows the open cases, with links to their threads.`,

  threadOfNoCase: `This thread belongs to no case, so nothing was done. Write \`${BOT} …\` in the thread of the case that you mean. \`/support list\`, typed in a channel, shows the open cases, with links to their threads.`,

  slackIsSlow:
    'Slack does not show me that thread at the moment, so nothing was done. Try again in a minute, or use the number of the case.',

  needsTextInThread: `The text is missing, so nothing was sent. Write \`${BOT} reply\` and your text, or use the form.`,

  standsAlone: `\`${BOT} resolve\` and \`${BOT} show\` mean the case of this thread and take nothing behind them, so nothing was done. Write the word alone. A text goes to AWS with \`${BOT} reply\`.`,

  caseStandsAlone: (verb: string, typed: string, command: string) =>
    `\`${command} ${verb}\` takes a case and nothing behind it, so nothing was done. Type \`${command} ${verb} ${typed}\` alone. A text goes to AWS with \`${command} reply ${typed}\` and the text.`,

  otherWorkspace:
    'Only people of the workspace in which I am installed can do that, so nothing was done. Ask one of them.',

  unknownCommand: (typed: string, guess: string | null, command: string) =>
    guess === null
      ? `I don't know “${typed}”, so nothing was done. \`${command} help\` shows what there is.`
      : `I don't know “${typed}”, so nothing was done. Did you mean \`${command} ${guess}\`? \`${command} help\` shows what there is.`,

  /** @param usage not escaped. */
  needsCase: (usage: string, command: string) =>
    `Which case? Type \`${command} ${escapeText(usage)}\`. \`${command} list\` shows the open cases. In the thread of a case, \`${BOT} …\` needs no number.`,

  needsText: (typed: string, command: string) =>
    `The text is missing, so nothing was sent. Type \`${command} reply ${typed}\` and your text.`,

  tooLong: (length: number, most: number) =>
    `Your text has ${count(length)} characters, so nothing was sent. AWS takes ${count(MAX_COMMUNICATION)} in one message; ` +
    `with the line that names you, ${count(most)} are left. Send it in two replies, or put a part into a file.`,

  /** @param hasAccounts whether several are known. */
  notACase: (typed: string, command: string, hasAccounts: boolean) =>
    `“${typed}” is not a case, so nothing was done. Type the number that AWS shows for it (\`1234563851\`), its case id (\`case-…\`), a link to it in the AWS console, or a link to its thread.${
      hasAccounts
        ? ' An account goes before the number with a slash, in quotes where its alias has blanks: `"data team"/1234563851`.'
        : ''
    } \`${command} list\` shows the open cases.`,

  putTheNumber: (command: string) =>
    `Which case? Put its number in the place of \`&lt;case&gt;\`, for example \`${command} show 1234563851\`. Nothing was done. \`${command} list\` shows the open cases with their numbers.`,

  notACaseThread: (command: string) =>
    `That link does not lead to the thread of a case, so nothing was done. Link to the card, the first message of the thread, or type the number of the case. \`${command} list\` shows the open cases.`,

  /** Also of a case that somebody may not even know of. */
  unknownCase: (typed: string, command: string) =>
    `I find no case “${typed}” that you may read, neither here nor in the AWS accounts that I can ask, so nothing was done. Check the number. \`${command} list all\` shows the cases that you may read.`,

  severalCases: (
    typed: string,
    cases: readonly { readonly caseId: string; readonly account: string }[],
    command: string,
  ) =>
    [
      `“${typed}” means more than one case, so nothing was done. Type the case id instead:`,
      ...cases.slice(0, 10).map(({ caseId, account }) => `• \`${caseId}\` in account ${account}`),
      `For example: \`${command} show ${cases[0]?.caseId ?? 'case-…'}\``,
    ].join('\n'),

  perhapsThisCase: (typed: string, account: string, missing: number) =>
    `I found case “${typed}” in account ${account}, but could not ask ${
      missing === 1 ? 'one other account, which' : `${missing} other accounts, which`
    } may have a case with this number too. Nothing was done. Type the account before the number.`,

  unknownAccount: (typed: string, known: readonly string[], more: number) =>
    known.length === 0
      ? `I know no account “${typed}”, so nothing was done. Type its 12 digits.`
      : `I know no account “${typed}”, so nothing was done. These I know: ${known.join(', ')}${more > 0 ? ` and ${more} more` : ''}. Type the alias or the 12 digits.`,

  notAllAsked: (typed: string, missing: number, asked: number, why: string | null) =>
    `I did not find case “${typed}”, but ${missing} of ${asked} accounts could not be asked, so nothing was done. ${
      why ?? 'They take long to answer. Try again in a few seconds, or type the account before the number.'
    }`,

  cannotLookUp: (typed: string, why: string) =>
    `I could not look up case “${typed}” at AWS, so nothing was done. ${why}`,

  awsIsSlow: (typed: string) =>
    `AWS takes long to look up case “${typed}”, so nothing was done. Try again in a few seconds.`,

  broken:
    'Something went wrong in Casethread, so nothing was done. Try again; if it stays so, ask whoever runs Casethread to look at its log.',

  storeAway: 'Casethread cannot reach its store at the moment, so nothing was done. Try again in a minute.',

  storeUnclear:
    "Casethread's store did not answer, so I do not know whether your click counted. Press the button once more in a moment: nothing is sent twice by it.",

  takesLonger:
    'This takes a moment; the answer comes here. Should none come within a minute, look at the case before you try again.',

  cannotSend: (why: string) => `This case cannot be answered from Slack, so nothing was sent. ${why}`,
  cannotResolve: (why: string) => `This case cannot be resolved from Slack, so nothing was done. ${why}`,

  sending: (name: string) => `Sending your reply on ${name} to AWS…`,
  resolving: (name: string) => `Resolving ${name}…`,
  sendingAgain: (name: string) =>
    `Looking at ${name} once more. If your reply is not there, it is sent now; you are told when AWS has it.`,
  replyUnclear: (name: string) =>
    `:warning: Casethread's store did not answer, so I do not know whether your reply on ${name} was taken. If it was, you read here within a minute of the store's return how it ended. If you read nothing, look at the case, and send it again if it is not there.`,
  resolveUnclear: (name: string) =>
    `:warning: Casethread's store did not answer, so I do not know whether ${name} is being resolved. If it is, you read here within a minute of the store's return how it ended. If you read nothing, look at the case, and resolve it again if it is still open.`,
  takenBefore: (name: string) =>
    `I have this one for ${name} already, so nothing more was done. It goes to AWS once.`,

  sent: (name: string) => `:white_check_mark: AWS has your reply on ${name}.`,
  sentAfterAll: (name: string) =>
    `:white_check_mark: AWS has your reply on ${name} after all: it is on the case now. Nothing is left to be sent, and the buttons above do nothing any more.`,
  resolved: (name: string) => `:white_check_mark: ${name} is resolved.`,
  wasResolved: (name: string) => `${name} was resolved already. Nothing was changed.`,
  busy: (name: string) =>
    `AWS is not taking it at the moment (${name}). I keep trying for ten minutes, and tell you how it ends.`,
  checking: (name: string) =>
    `AWS did not confirm your reply on ${name}. I am looking at the case to see whether it arrived, and tell you here. Nothing is sent again unless you say so.`,
  checkingResolve: (name: string) =>
    `AWS did not confirm the resolving of ${name}. I am looking at the case to see whether it went through, and tell you here. I do not resolve it again unless you say so.`,
  notConfirmed: (name: string, why: string) => `:warning: AWS did not confirm your reply on ${name}. ${why}`,
  resolveNotConfirmed: (name: string, why: string) =>
    `:warning: AWS did not confirm the resolving of ${name}. ${why}`,
  asksToReopen: (name: string) =>
    `${name} is resolved, so your reply was not sent yet: it would *reopen* the case. AWS allows that for 14 days after it was resolved. Send it all the same?`,
  failed: (name: string, why: string) => `:x: Your reply on ${name} was not sent. ${why}`,
  resolveFailed: (name: string, why: string) => `:x: ${name} was not resolved. ${why}`,
  yourText: 'Your text:',
  cancelled: (name: string) => `Not sent. Nothing was changed on ${name}.`,
  cancelledResolve: (name: string) => `Not resolved. Nothing was changed on ${name}.`,

  notSentAgain: (name: string) =>
    `Not sent again. If AWS shows your reply on ${name} after all, you are told.`,

  notYours: 'Only the person who wrote this can do that, so nothing was done.',
  clickTooLate:
    'This was settled already, so the button does nothing any more. `/support show` with the number of the case shows how it stands.',
  unknownButton:
    'This button belongs to another version of Casethread, so nothing was done. `/support help` shows what there is.',
  forgotten: 'I have no record of this any more, so nothing was done. Send it again if it is still needed.',

  noCases: (state: string, command: string, account: string | null = null) => {
    const where = account === null ? '' : ` in account ${account}`;
    return state === 'all'
      ? `There are no cases${where} yet. New ones appear by themselves.`
      : `There are no ${state} cases${where}. \`${command} list all\` shows all that I know.`;
  },
  couldNotBeAsked: (why: string) =>
    `:warning: The account could not be asked the last time, so some may be missing. ${why}`,
  noOpenCases: 'There is no open case to resolve. `/support list all` shows all cases that I know.',
  pickToResolve: 'Which case do you want to resolve?',
  /** @param accounts those that are known. */
  listStates: (typed: string, command: string, accounts: readonly string[], more: number) =>
    accounts.length === 0
      ? `I can list \`open\`, \`resolved\` or \`all\` cases, not “${typed}”. Type \`${command} list\`.`
      : `I can list \`open\`, \`resolved\` or \`all\` cases, and those of one account, not “${typed}”. These accounts I know: ${accounts.join(', ')}${more > 0 ? ` and ${more} more` : ''}.`,
  openCases: 'Open cases',
  cannotRead: (why: string) => `Its messages cannot be read now. ${why}`,

  listed: (total: number, state: string) =>
    `*${total} ${state === 'all' ? '' : `${state} `}${total === 1 ? 'case' : 'cases'}*`,
  listedIn: (account: string) => ` in account ${account}`,
  range: (from: number, to: number) => `, ${from} to ${to}`,
  needPerson: (n: number) => `, ${n} ${n === 1 ? 'needs' : 'need'} a person`,
  andMore: (n: number) => ` and ${n} more`,
  /** Plain. */
  notFollowed: 'Its account is not followed, so this may be out of date',
  /** Plain. */
  needsAPerson: 'Needs a person, see below',
  /** Plain. */
  needsPerson: (cases: string, why: string) => `Needs a person: ${cases}. ${why}`,
  lastActivity: 'last activity ',
  account: (name: string) => `account ${name}`,

  /** On buttons; what cards and entries show as well is in slack/labels.ts. */
  sendAgain: 'Send again',
  leaveIt: 'Leave it',
  sendAndReopen: 'Send and reopen',
  cancel: 'Cancel',
  newer: 'Newer',
  older: 'Older',
} as const;

function count(n: number): string {
  return n.toLocaleString('en-US');
}
