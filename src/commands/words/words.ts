import { MAX_COMMUNICATION } from '../../case/stamp.js';
import { BOT } from './help.js';

/**
 * What is said to one person, in one voice: what is the matter, then what to do next. Slack markup; what is passed in must
 * be escaped. The bot says "I" of itself, "Casethread" of the program; nobody is blamed, and what did not happen is said in
 * the same words: "so nothing was sent", "so nothing was done".
 *
 * All that people read stands in few places, to be read and changed together:
 * - here and in the other files of this folder, one per topic: help, answers, forms, the Home tab;
 * - slack/labels.ts: buttons, and the question before a case is resolved. slack/render-*.ts: cards, entries, files,
 *   notices, direct messages. case/words.ts, case/first-response.ts, slack/who.ts: status, severity, due times, people;
 * - reasons, which end up in answers, cards, notices, `/readyz` and the log: slack/errors.ts, slack/file-refusals.ts,
 *   support/errors.ts, support/reasons.ts, outbox/reasons.ts, reconcile/reasons.ts, reconcile/files/file-trouble.ts;
 * - for whoever runs the bot: config/*rules.ts, redis/try-redis.ts, ingress/readiness.ts, README.md.
 */
export const WORDS = {
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

  needsText: (typed: string, command: string) =>
    `The text is missing, so nothing was sent. Type \`${command} reply ${typed}\` and your text.`,

  tooLong: (length: number, most: number) =>
    `Your text has ${count(length)} characters, so nothing was sent. AWS takes ${count(MAX_COMMUNICATION)} in one message; ` +
    `with the line that names you, ${count(most)} are left. Send it in two replies, or put a part into a file.`,

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
  noOpenCases: 'There is no open case to resolve. `/support list all` shows all cases that I know.',
  pickToResolve: 'Which case do you want to resolve?',
  openCases: 'Open cases',
  cannotRead: (why: string) => `Its messages cannot be read now. ${why}`,
  andMore: (n: number) => ` and ${n} more`,
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
