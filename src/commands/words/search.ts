/** What is said of searching. Slack markup; what is passed in must be escaped. */
export const SEARCH_WORDS = {
  how: (command: string) =>
    `What do you look for? Type words behind it: \`${command} search disk failure\`. I look in the numbers, subjects, services and texts of all cases that I know, and take the beginnings of words: \`inst\` finds \`instance\`.`,
  tooShort: (typed: string, command: string) =>
    `“${typed}” holds no word that I can look for. Type at least two letters or digits: \`${command} search disk failure\`.`,
  nothing: (words: string, command: string) =>
    `No case that I know holds “${words}” in its number, subject, service or texts. Every word has to be there, or begin a word that is: try fewer of them, or only their beginnings. \`${command} list all\` shows all cases; ones that AWS has told me nothing of are in the AWS console only.`,
  found: (total: number, words: string) => `*${total} ${total === 1 ? 'case' : 'cases'}* with “${words}”`,
} as const;
