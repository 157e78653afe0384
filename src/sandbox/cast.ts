import { type ConsolePerson, JANE } from './aws/console-person.js';

/** Who and what is in the sandbox: the people of the workspace, its channels, the AWS account. All invented. */
export const CHANNEL = { id: 'C0AWSCASES', name: 'aws-cases' };

/** Where calls are shown that belong to no thread. */
export const AUDIT_CHANNEL = { id: 'C0AWSAUDIT', name: 'aws-audit' };

/** Somebody at the page can be any of them; the first to begin with. */
export const PEOPLE = [
  { id: 'U0ALICE001', name: 'alice', realName: 'Alice Example', displayName: 'Alice' },
  { id: 'U0BOB00001', name: 'bob', realName: 'Bob Sample', displayName: 'Bob' },
  { id: 'U0CHIARA01', name: 'chiara', realName: 'Chiara Esempio', displayName: 'Chiara' },
] as const;

export const ACCOUNT = '111122223333';

export const AIKO: ConsolePerson = {
  name: 'AikoTanaka',
  role: 'CheckoutTeam',
  email: 'aiko.tanaka@example.com',
  address: '198.51.100.23',
};

export const TOMASZ: ConsolePerson = {
  name: 'TomaszNowak',
  role: 'DatabaseOnCall',
  email: 'tomasz.nowak@example.com',
  address: '192.0.2.41',
};

export const MARIA: ConsolePerson = {
  name: 'MariaLopez',
  role: 'FinOps',
  email: 'maria.lopez@example.com',
  address: '198.51.100.88',
};

/** Who may be signed in to the AWS console; the first to begin with. */
export const CUSTOMERS: readonly ConsolePerson[] = [JANE, AIKO, TOMASZ, MARIA];

/** What the bot runs as: a session like those that it opens itself, by whose name it knows its own calls again. */
export const BOT_ROLE = { arn: `arn:aws:iam::${ACCOUNT}:role/CasethreadRole`, session: 'casethread' };
