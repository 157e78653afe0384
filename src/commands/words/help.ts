/** What people type before a command in a thread. The manifest gives the bot this name. */
export const BOT = '@Casethread';

/** Who takes care of a case, as both helps say it. */
const PEOPLE =
  "• *I'll take it*, on the card, or :eyes: on it: the case is yours, and I write to you directly whenever AWS answers. In the card's menu (⋯): *Follow* and *Mute* (those messages), *Who is on this*";

/** What can be done, and how. Slack markup; what is passed in must be escaped. */
export const HELP_WORDS = {
  inChannel: (command: string) =>
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

  inThread: [
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
} as const;
