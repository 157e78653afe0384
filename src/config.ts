/**
 * The environment comes in, checked as a whole; a frozen Config goes out, or all problems at once. The only reader of
 * `process.env`. Secrets are never part of a problem's text.
 */
import { loadEnvFile } from 'node:process';

export interface Config {
  readonly slackBotToken: string;
  /** Null in Socket Mode. */
  readonly slackSigningSecret: string | null;
  /** Set: commands and clicks arrive by Socket Mode. */
  readonly slackAppToken: string | null;
  readonly slackChannel: string;
  readonly slackApiUrl: string;
  /** One, or two while a key is being changed. */
  readonly eventApiKeys: readonly string[];
  /** Accounts whose events are accepted; empty for any. */
  readonly awsAccounts: readonly string[];
  readonly host: string;
  readonly port: number;
  readonly databasePath: string;
  /** Set: everything is kept there, for any number of replicas, and SQLite is not touched. Holds a password. */
  readonly redisUrl: string | null;
  /** 0 turns the sweep off. */
  readonly sweepIntervalSeconds: number;
  readonly logLevel: 'debug' | 'info' | 'warn' | 'error';
}

/** One thing that has to be put right before the bot can start. */
export interface Problem {
  readonly variable: string;
  /** What is wrong, and where to find the right value. */
  readonly says: string;
  readonly example: string;
}

export type Environment = Readonly<Record<string, string | undefined>>;

/** The process's environment, with what `.env` in the working directory adds. What is set already stays. */
export function processEnvironment(): Environment {
  try {
    loadEnvFile('.env');
  } catch (error) {
    // Without the file there is nothing to add.
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return process.env;
    throw new Error(
      '.env in this folder cannot be read. Make it readable for the user that runs Casethread.',
      {
        cause: error,
      },
    );
  }
  return process.env;
}

export function readConfig(environment: Environment): { config: Config } | { problems: Problem[] } {
  const problems: Problem[] = [];
  const read = <T>(variable: string, rule: Rule<T>): T => {
    const value = environment[variable]?.trim() ?? '';
    try {
      return rule.read(value);
    } catch (error) {
      problems.push({
        variable,
        says: error instanceof Error ? error.message : String(error),
        example: rule.example,
      });
      return undefined as T;
    }
  };

  const slackAppToken = read('SLACK_APP_TOKEN', APP_TOKEN);
  const config: Config = {
    slackBotToken: read('SLACK_BOT_TOKEN', BOT_TOKEN),
    slackSigningSecret: slackAppToken === null ? read('SLACK_SIGNING_SECRET', SIGNING_SECRET) : null,
    slackAppToken,
    slackChannel: read('SLACK_CHANNEL', CHANNEL),
    slackApiUrl: read('SLACK_API_URL', API_URL),
    eventApiKeys: read('EVENT_API_KEY', EVENT_KEYS),
    awsAccounts: read('AWS_ACCOUNTS', ACCOUNTS),
    host: read('HOST', text('0.0.0.0')),
    port: read('PORT', wholeNumber({ otherwise: 3000, from: 0, to: 65_535, example: '3000' })),
    databasePath: read('DATABASE_PATH', text('./data/casethread.db')),
    redisUrl: read('REDIS_URL', REDIS),
    sweepIntervalSeconds: read(
      'SWEEP_INTERVAL_SECONDS',
      wholeNumber({ otherwise: 300, from: 0, to: 86_400, example: '300' }),
    ),
    logLevel: read('LOG_LEVEL', LOG_LEVEL),
  };
  for (const variable of ['AWS_ENDPOINT_URL', 'AWS_ENDPOINT_URL_SUPPORT']) read(variable, ENDPOINT);
  read('CONFIG_FILE', notYet('This version is configured by the environment alone.'));
  return problems.length > 0 ? { problems } : { config: Object.freeze(config) };
}

/** All problems on one screen, for people. */
export function explain(problems: readonly Problem[]): string {
  const things = problems.length === 1 ? 'One setting needs' : `${problems.length} settings need`;
  return [
    `Casethread cannot start. ${things} attention (environment or .env in this folder):`,
    ...problems.map(
      ({ variable, says, example }) =>
        `\n  ${variable}\n      ${says}\n      Example: ${variable}=${example}`,
    ),
    '\n.env.example lists every setting; the README says where to find each value.\n',
  ].join('\n');
}

/** How one variable is read: '' when it is not set. Throws an Error that says what is wrong. */
interface Rule<T> {
  readonly read: (value: string) => T;
  readonly example: string;
}

const BOT_TOKEN: Rule<string> = {
  example: 'xoxb-…',
  read: (value) => {
    if (value === '')
      throw missing('The bot token of your Slack app: "OAuth & Permissions", "Bot User OAuth Token".');
    if (!/^xoxb-[\w-]+$/.test(value)) throw new Error('This is not a bot token: those begin with xoxb-.');
    return value;
  },
};

const APP_TOKEN: Rule<string | null> = {
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

const SIGNING_SECRET: Rule<string> = {
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

const CHANNEL: Rule<string> = {
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

const API_URL: Rule<string> = {
  example: 'https://slack.com/api/',
  read: (value) => {
    if (value === '') return 'https://slack.com/api/';
    if (!/^https?:\/\//.test(value) || !URL.canParse(value))
      throw new Error('This is not an http or https address.');
    return value.endsWith('/') ? value : `${value}/`;
  },
};

/** Read by the AWS SDK, which says of a wrong one only that something went wrong. */
const ENDPOINT: Rule<void> = {
  example: 'https://support.us-east-1.amazonaws.com',
  read: (value) => {
    if (value !== '' && (!/^https?:\/\//.test(value) || !URL.canParse(value))) {
      throw new Error('This is not an http or https address. Leave it out unless you know that you need it.');
    }
  },
};

const ESCAPES = 'Characters such as % @ / in user or password have to be written as %25, %40, %2F.';

const REDIS: Rule<string | null> = {
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

const EVENT_KEYS: Rule<readonly string[]> = {
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

const ACCOUNTS: Rule<readonly string[]> = {
  example: '111122223333,444455556666',
  read: (value) => {
    const accounts = list(value);
    const wrong = accounts.find((account) => !/^\d{12}$/.test(account));
    if (wrong !== undefined) throw new Error(`“${wrong}” is not an AWS account id: those have 12 digits.`);
    return [...new Set(accounts)];
  },
};

const LOG_LEVELS = ['debug', 'info', 'warn', 'error'] as const;

const LOG_LEVEL: Rule<Config['logLevel']> = {
  example: 'info',
  read: (value) => {
    const level = LOG_LEVELS.find((known) => known === (value.toLowerCase() || 'info'));
    if (level === undefined) throw new Error(`“${value}” is not one of ${LOG_LEVELS.join(', ')}.`);
    return level;
  },
};

function isDecodable(text: string): boolean {
  try {
    decodeURIComponent(text);
    return true;
  } catch {
    return false;
  }
}

function text(otherwise: string): Rule<string> {
  return { example: otherwise, read: (value) => value || otherwise };
}

function wholeNumber(limits: { otherwise: number; from: number; to: number; example: string }): Rule<number> {
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

/** Better refused than silently not obeyed. */
function notYet(why: string): Rule<void> {
  return {
    example: '(leave it out)',
    read: (value) => {
      if (value !== '') throw new Error(`${why} Remove it.`);
    },
  };
}

function list(value: string): string[] {
  return value
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
}

function missing(where: string): Error {
  return new Error(`It is missing. ${where}`);
}
