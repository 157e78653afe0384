/** Why AWS did not do something, where it is not errors.ts that says so. Sentences for people. */
export const NO_SUCH_CASE =
  'AWS has no such case in this account. It keeps cases for 24 months; look for it in the AWS console.';
export const NO_ANSWER = 'AWS Support did not answer as it should.';
export const SESSION_OVER =
  "AWS has ended Casethread's session in this account before its time. The next call gets a new one.";
export const NOT_TAKEN = 'AWS did not take the reply and gave no reason.';
export const NO_PART = 'AWS did not take a part of the file.';
export const NO_LINK = 'AWS gave no address from which the file can be fetched.';
export const STOPPING = 'Casethread is stopping. What was sent to it is taken up again when it is back.';
export const NO_REDIS = 'Casethread cannot reach its Redis, without which it makes no calls to AWS.';

export const ACCOUNT_REASONS = {
  notListed: (account: string) =>
    `AWS account ${account} is not listed in CONFIG_FILE, so its cases are followed by their events alone. To read and ` +
    'answer them from Slack, list it there under “accounts”, with the role to assume in it.',
  refused: (account: string) =>
    `AWS account ${account} is not listed in CONFIG_FILE, so its cases are not followed, and what is shown of them may be out ` +
    'of date. To follow them, list it there under “accounts”, with the role to assume in it.',
  noneForOwn: (account: string) =>
    `CONFIG_FILE lists no accounts, so AWS is asked with the bot's own credentials, and shows them no such case. It is one of ` +
    `account ${account}: where the credentials belong to another account, list that one under “accounts”, with the role to ` +
    'assume in it. Where they are its own, AWS does not keep the case any more: it does so for 24 months.',
  notOwn: (account: string, own: string) =>
    `It is for AWS account ${account}, and the bot's own credentials belong to ${own}. Nothing was opened. List ${account} in ` +
    'CONFIG_FILE under “accounts”, with the role to assume in it.',
  noApi: (whose: string, plan: string) =>
    `AWS account ${whose} has the plan “${plan}” in CONFIG_FILE, which does not include the AWS Support API: its cases ` +
    'are followed by their events alone. Once it has another plan, say so there.',
  otherAccount: (whose: string, shown: string, role: string | null) =>
    `For AWS account ${whose}, AWS shows cases of account ${shown}. ` +
    (role === null
      ? "Without a role, CONFIG_FILE means the account of the bot's own credentials: correct the id there, or add the role to assume."
      : `Correct the id or the role ${role} in CONFIG_FILE.`),
} as const;

export const FILE_REASONS = {
  cannotFetch: (host: string) => `Casethread cannot fetch files from ${host} at the moment.`,
  badAnswer: (host: string) => `${host}, where AWS keeps the files of cases, did not answer as it should.`,
  noLength: 'AWS does not say how long the file is. Get it in the AWS console.',
  refused: (host: string, status: number) =>
    `AWS did not give the file out (${host} answered ${status}). Get it in the AWS console.`,
} as const;
