/**
 * How the other variables of the environment are read, and what is said of one that is wrong; those about Slack are in
 * slack-rules.ts, those of the way of the events in event-path-rules.ts.
 */
import { isHttpAddress, list, oneOf, type Rule, wholeNumber } from './rule.js';

/** Read by the AWS SDK, which says of a wrong one only that something went wrong. */
export const ENDPOINT: Rule<void> = {
  example: 'https://support.us-east-1.amazonaws.com',
  read: (value) => {
    if (value !== '' && !isHttpAddress(value)) {
      throw new Error('This is not an http or https address. Leave it out unless you know that you need it.');
    }
  },
};

const ESCAPES = 'Characters such as % @ / in user or password have to be written as %25, %40, %2F.';

export const REDIS: Rule<string | null> = {
  example: 'redis://redis.internal:6379',
  read: (value) => {
    if (value === '') return null;
    const url = /^rediss?:\/\//.test(value) && URL.canParse(value) ? new URL(value) : null;
    if (url === null || url.hostname === '') {
      throw new Error(
        'This is not the address of a Redis server: redis://host:6379, or rediss:// for TLS, with user:password@ before the host where needed.' +
          // What a / or # does to the rest of an address.
          (value.includes('@') ? ` ${ESCAPES}` : ''),
      );
    }
    if (!isDecodable(url.username) || !isDecodable(url.password)) throw new Error(ESCAPES);
    if (!/^\/?\d*$/.test(url.pathname)) {
      throw new Error('What stands behind the host has to be the number of a database, for example /0.');
    }
    return value;
  },
};

export const ACCOUNTS: Rule<readonly string[]> = {
  example: '111122223333,444455556666',
  read: (value) => {
    const accounts = list(value);
    const wrong = accounts.find((account) => !/^\d{12}$/.test(account));
    if (wrong !== undefined) throw new Error(`“${wrong}” is not an AWS account id: those have 12 digits.`);
    return [...new Set(accounts)];
  },
};

const LONGEST_ALIAS = 60;

export const ALIASES: Rule<ReadonlyMap<string, string>> = {
  example: '111122223333=production,444455556666=sandbox',
  read: (value) => {
    const aliases = new Map<string, string>();
    for (const part of list(value)) {
      const [, account, alias] = /^([^=]*)=(.*)$/.exec(part) ?? [];
      if (account === undefined || alias === undefined)
        throw new Error(`“${part}” has no =. Write the account id, =, and what you call the account.`);
      const id = account.trim();
      const name = alias.trim();
      if (!/^\d{12}$/.test(id)) throw new Error(`“${id}” is not an AWS account id: those have 12 digits.`);
      if (name === '') throw new Error(`There is no name behind ${id}=.`);
      if (name.length > LONGEST_ALIAS)
        throw new Error(`The name of ${id} is longer than ${LONGEST_ALIAS} characters.`);
      if (aliases.has(id)) throw new Error(`${id} has two names. Leave one of them.`);
      aliases.set(id, name);
    }
    return aliases;
  },
};

const LOG_LEVELS = ['debug', 'info', 'warn', 'error'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

export const LOG_LEVEL: Rule<LogLevel> = {
  example: 'info',
  read: (value) => oneOf(LOG_LEVELS, value || 'info'),
};

function isDecodable(text: string): boolean {
  try {
    decodeURIComponent(text);
    return true;
  } catch {
    return false;
  }
}

/** Slack takes files of up to 1 GB. */
export const FILE_MAX_MB = wholeNumber({ otherwise: 20, from: 0, to: 1_000, example: '20' });

/** Of the audit trail; 0: for ever. */
export const AUDIT_DAYS = wholeNumber({ otherwise: 400, from: 0, to: 3_650, example: '400' });

/** Its path; what stands in it has rules of its own. */
export const CONFIG_FILE: Rule<string | null> = {
  example: './casethread.yml',
  read: (value) => (value === '' ? null : value),
};
