/** How each variable of the environment is read, and what is said of one that is wrong. */

/** How one variable is read: '' when it is not set. Throws an Error that says what is wrong. */
export interface Rule<T> {
  readonly read: (value: string) => T;
  readonly example: string;
}

export const BOT_TOKEN: Rule<string> = {
  example: 'xoxb-…',
  read: (value) => {
    if (value === '')
      throw missing('The bot token of your Slack app: "OAuth & Permissions", "Bot User OAuth Token".');
    if (!/^xoxb-[\w-]+$/.test(value)) throw new Error('This is not a bot token: those begin with xoxb-.');
    return value;
  },
};

export const APP_TOKEN: Rule<string | null> = {
  example: 'xapp-…',
  read: (value) => {
    if (value !== '' && !/^xapp-[\w-]+$/.test(value)) {
      throw new Error(
        'This is not an app-level token: those begin with xapp-. Leave it out unless you use Socket Mode.',
      );
    }
    return value === '' ? null : value;
  },
};

export const SIGNING_SECRET: Rule<string> = {
  example: '8f742231b10e…',
  read: (value) => {
    if (value === '') {
      throw missing(
        'Your Slack app, "Basic Information", "Signing Secret". Not needed when SLACK_APP_TOKEN is set.',
      );
    }
    if (!/^[\x21-\x7e]{16,}$/.test(value)) {
      throw new Error('This is not a signing secret: those have 32 letters and digits.');
    }
    return value;
  },
};

export const CHANNEL: Rule<string> = {
  example: 'C0123456789',
  read: (value) => {
    if (value === '')
      throw missing(
        "The ID of the channel for case threads: in Slack, open the channel's details, at the bottom.",
      );
    if (!/^[CG][A-Z0-9]{2,}$/.test(value)) {
      throw new Error(
        "This is not a channel ID. It begins with C (or G) and is not the name; the channel's details show it.",
      );
    }
    return value;
  },
};

export const API_URL: Rule<string> = {
  example: 'https://slack.com/api/',
  read: (value) => {
    if (value === '') return 'https://slack.com/api/';
    if (!/^https?:\/\//.test(value) || !URL.canParse(value))
      throw new Error('This is not an http or https address.');
    return value.endsWith('/') ? value : `${value}/`;
  },
};

/** Read by the AWS SDK, which says of a wrong one only that something went wrong. */
export const ENDPOINT: Rule<void> = {
  example: 'https://support.us-east-1.amazonaws.com',
  read: (value) => {
    if (value !== '' && (!/^https?:\/\//.test(value) || !URL.canParse(value))) {
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

export const EVENT_KEYS: Rule<readonly string[]> = {
  example: 'a-long-random-text (openssl rand -hex 32)',
  read: (value) => {
    const keys = list(value);
    if (keys.length === 0)
      throw missing('The secret that your EventBridge connection sends in X-Api-Key; make one up.');
    if (keys.length > 2)
      throw new Error(
        `There are ${keys.length} keys. Give one, or two separated by a comma while you change it.`,
      );
    if (keys.some((key) => key.length < 16))
      throw new Error('A key has fewer than 16 characters. Take at least 16.');
    if (keys.some((key) => !/^[\x21-\x7e]+$/.test(key))) {
      throw new Error('A key has characters that an HTTP header cannot carry. Take letters and digits.');
    }
    return keys;
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
  read: (value) => {
    const level = LOG_LEVELS.find((known) => known === (value.toLowerCase() || 'info'));
    if (level === undefined) throw new Error(`“${value}” is not one of ${LOG_LEVELS.join(', ')}.`);
    return level;
  },
};

export const MILESTONES = ['opened', 'first-answer', 'resolved', 'reopened'] as const;
type Milestone = (typeof MILESTONES)[number];

export interface Broadcast {
  readonly in: ReadonlyMap<string, ReadonlySet<Milestone>>;
  /** In all channels that are not named. */
  readonly elsewhere: ReadonlySet<Milestone>;
}

export const BROADCAST: Rule<Broadcast> = {
  example: 'C0123456789=opened,resolved;first-answer',
  read: (value) => {
    const channels = new Map<string, ReadonlySet<Milestone>>();
    let elsewhere: ReadonlySet<Milestone> | null = null;
    for (const part of list(value, ';')) {
      const [, channel = null, words = ''] = /^(?:([^=]*)=)?(.*)$/s.exec(part) ?? [];
      const wanted = new Set(list(words).map(milestone));
      if (channel === null) {
        if (elsewhere !== null) throw new Error('Two parts name no channel. Put them into one.');
        elsewhere = wanted;
        continue;
      }
      const id = channel.trim();
      if (!/^[CG][A-Z0-9]{2,}$/.test(id))
        throw new Error(`“${id}” is not a channel ID. It begins with C (or G) and is not the name.`);
      if (channels.has(id)) throw new Error(`${id} is there twice. Put both parts into one.`);
      channels.set(id, wanted);
    }
    return { in: channels, elsewhere: elsewhere ?? new Set() };
  },
};

function milestone(word: string): Milestone {
  const known = MILESTONES.find((each) => each === word.toLowerCase());
  if (known === undefined) throw new Error(`“${word}” is not one of ${MILESTONES.join(', ')}.`);
  return known;
}

export function yesOrNo(otherwise: boolean): Rule<boolean> {
  return {
    example: String(!otherwise),
    read: (value) => {
      const word = value.toLowerCase();
      if (word === '') return otherwise;
      if (word !== 'true' && word !== 'false') throw new Error(`“${value}” is neither true nor false.`);
      return word === 'true';
    },
  };
}

function isDecodable(text: string): boolean {
  try {
    decodeURIComponent(text);
    return true;
  } catch {
    return false;
  }
}

export function text(otherwise: string): Rule<string> {
  return { example: otherwise, read: (value) => value || otherwise };
}

export function wholeNumber(limits: {
  otherwise: number;
  from: number;
  to: number;
  example: string;
}): Rule<number> {
  return {
    example: limits.example,
    read: (value) => {
      if (value === '') return limits.otherwise;
      const number = Number(value);
      if (!/^\d+$/.test(value) || number < limits.from || number > limits.to) {
        throw new Error(`“${value}” is not a whole number from ${limits.from} to ${limits.to}.`);
      }
      return number;
    },
  };
}

function list(value: string, separator = ','): string[] {
  return value
    .split(separator)
    .map((part) => part.trim())
    .filter((part) => part !== '');
}

function missing(where: string): Error {
  return new Error(`It is missing. ${where}`);
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
