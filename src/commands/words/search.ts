/** What is said of searching. Slack markup; what is passed in must be escaped. */
export const SEARCH_WORDS = {
  how: (command: string) =>
    `Which words? Type, for example, \`${command} search disk failure\`. I look in the numbers, subjects, services and texts of all cases that I know; beginnings of words are enough: \`inst\` finds \`instance\`.`,
  tooShort: (typed: string, command: string) =>
    `“${typed}” holds no word that I can look for. Type at least two letters or digits: \`${command} search disk failure\`.`,
  nothing: (words: string, command: string) =>
    `No case that I know holds “${words}” in its number, subject, service or texts. All of them have to be there: try fewer, or only their beginnings. \`${command} list all\` shows all cases that I know; the AWS console has the others.`,
  found: (total: number, words: string) => `*${total} ${total === 1 ? 'case' : 'cases'}* with “${words}”`,
} as const;
