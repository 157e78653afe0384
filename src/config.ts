/**
 * The environment comes in, checked as a whole; a frozen Config goes out, or all problems at once. The only reader of
 * `process.env`. Secrets are never part of a problem's text.
 */
import { accessSync, constants, statSync } from 'node:fs';
import { loadEnvFile } from 'node:process';
import { type ConfigFile, NO_FILE } from './config/config-file.js';
import {
  EVENT_KEYS,
  EVENTS_CALLS,
  EVENTS_NAME,
  EVENTS_REGION,
  PUBLIC_URL,
} from './config/event-path-rules.js';
import { type FilePlace, placeText } from './config/file-problem.js';
import { readConfigFile } from './config/read-config-file.js';
import { type Rule, text, wholeNumber, yesOrNo } from './config/rule.js';
import {
  ACCOUNTS,
  ALIASES,
  AUDIT_DAYS,
  CONFIG_FILE,
  ENDPOINT,
  FILE_MAX_MB,
  LOG_LEVEL,
  type LogLevel,
  REDIS,
} from './config/rules.js';
import {
  API_URL,
  APP_TOKEN,
  BOT_TOKEN,
  BROADCAST,
  type Broadcast,
  CHANNEL,
  SIGNING_SECRET,
} from './config/slack-rules.js';

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
  /** What people call their accounts, by account id. */
  readonly awsAccountAliases: ReadonlyMap<string, string>;
  readonly host: string;
  readonly port: number;
  readonly databasePath: string;
  /** Set: everything is kept there, for any number of replicas, and SQLite is not touched. Holds a password. */
  readonly redisUrl: string | null;
  /** 0 turns the sweep off. */
  readonly sweepIntervalSeconds: number;
  /** Larger files of cases stay at AWS; 0: all do. In MB of 1,048,576 bytes. */
  readonly fileMaxMb: number;
  /** How long lines of the audit trail are kept; 0: for ever. */
  readonly auditDays: number;
  readonly logLevel: LogLevel;
  /** What is also shown in the channel, besides in a case's thread. */
  readonly broadcast: Broadcast;
  /** Whether Slack shows previews of what links lead to. */
  readonly unfurlLinks: boolean;
  /** Where the bot is reached from outside, without a path; null where nobody said. */
  readonly publicUrl: string | null;
  /** Where the way of the events is, and what it is called. */
  readonly eventsRegion: string;
  readonly eventsName: string;
  /** Which calls recorded by CloudTrail are to come by it. */
  readonly eventsCalls: 'none' | 'changes' | 'all';
  /** The path of CONFIG_FILE; null without one. */
  readonly configFile: string | null;
  /** What it said at the start. */
  readonly file: ConfigFile;
}

const DATABASE_PATH = text('./data/casethread.db');

/** One thing that has to be put right before the bot can start. */
export interface Problem {
  readonly variable: string;
  /** Where in CONFIG_FILE, when it is about what stands in there. */
  readonly place: FilePlace | null;
  /** What is wrong, and where to find the right value. */
  readonly says: string;
  /** Of a setting; '' for what stands in CONFIG_FILE. */
  readonly example: string;
}

export type Environment = Readonly<Record<string, string | undefined>>;

/** The process's environment, with what `.env` in the working directory adds. What is set already stays. */
export function processEnvironment(): Environment {
  const there = statSync('.env', { throwIfNoEntry: false });
  // Without the file there is nothing to add.
  if (there === undefined) return process.env;
  if (there.isDirectory())
    throw new Error('.env in this folder is a folder. Put the settings into a file of that name.');
  try {
    // Of a file that may not be read, Node says that there is none.
    accessSync('.env', constants.R_OK);
    loadEnvFile('.env');
  } catch (cause) {
    throw new Error(
      'This user may not read .env in this folder. Give the file to the user that runs Casethread (chown), or run it as its owner.',
      { cause },
    );
  }
  return process.env;
}

/** @returns the configuration, or all that is wrong with it, with the rest: what is wrong is undefined there. */
export function readConfig(
  environment: Environment,
): { config: Config } | { problems: Problem[]; partial: Partial<Config> } {
  const problems: Problem[] = [];
  const read = reader(environment, problems);

  const slackAppToken = read('SLACK_APP_TOKEN', APP_TOKEN);
  const config: Config = {
    slackBotToken: read('SLACK_BOT_TOKEN', BOT_TOKEN),
    slackSigningSecret: slackAppToken === null ? read('SLACK_SIGNING_SECRET', SIGNING_SECRET) : null,
    slackAppToken,
    slackChannel: read('SLACK_CHANNEL', CHANNEL),
    slackApiUrl: read('SLACK_API_URL', API_URL),
    eventApiKeys: read('EVENT_API_KEY', EVENT_KEYS),
    awsAccounts: read('AWS_ACCOUNTS', ACCOUNTS),
    awsAccountAliases: read('AWS_ACCOUNT_ALIASES', ALIASES),
    host: read('HOST', text('0.0.0.0')),
    port: read('PORT', wholeNumber({ otherwise: 3000, from: 0, to: 65_535, example: '3000' })),
    databasePath: read('DATABASE_PATH', DATABASE_PATH),
    redisUrl: read('REDIS_URL', REDIS),
    sweepIntervalSeconds: read(
      'SWEEP_INTERVAL_SECONDS',
      wholeNumber({ otherwise: 300, from: 0, to: 86_400, example: '300' }),
    ),
    fileMaxMb: read('FILE_MAX_MB', FILE_MAX_MB),
    auditDays: read('AUDIT_DAYS', AUDIT_DAYS),
    logLevel: read('LOG_LEVEL', LOG_LEVEL),
    broadcast: read('BROADCAST', BROADCAST),
    unfurlLinks: read('UNFURL_LINKS', yesOrNo(false)),
    publicUrl: read('PUBLIC_URL', PUBLIC_URL),
    eventsRegion: read('EVENTS_REGION', EVENTS_REGION),
    eventsName: read('EVENTS_NAME', EVENTS_NAME),
    eventsCalls: read('EVENTS_CALLS', EVENTS_CALLS),
    configFile: read('CONFIG_FILE', CONFIG_FILE),
    file: NO_FILE,
  };
  for (const variable of ['AWS_ENDPOINT_URL', 'AWS_ENDPOINT_URL_SUPPORT']) read(variable, ENDPOINT);
  const { awsAccounts = [], awsAccountAliases = new Map(), configFile, slackChannel } = config;
  const reading = readFile({ configFile, slackChannel, awsAccounts, awsAccountAliases });
  if ('problems' in reading) problems.push(...reading.problems);
  else if (problems.length === 0) return { config: Object.freeze({ ...config, file: reading.file }) };
  const { file: _, ...rest } = config;
  return { problems, partial: 'file' in reading ? { ...rest, file: reading.file } : rest };
}

/** What CONFIG_FILE says now, beside what the environment said at the start. */
export function readFile({
  configFile,
  slackChannel,
  awsAccounts,
  awsAccountAliases,
}: Pick<Config, 'configFile' | 'awsAccounts' | 'awsAccountAliases'> & Partial<Pick<Config, 'slackChannel'>>):
  | { file: ConfigFile }
  | { problems: readonly Problem[] } {
  if (configFile === null) return { file: NO_FILE };
  const reading = readConfigFile(configFile, { slackChannel, awsAccounts, awsAccountAliases });
  if ('file' in reading) return reading;
  return {
    problems: reading.problems.map(({ place, says }) => ({
      variable: 'CONFIG_FILE',
      place,
      says,
      example: place === null ? CONFIG_FILE.example : '',
    })),
  };
}

/** The name of a setting, or a place in CONFIG_FILE: `casethread.yml:12  routes[1].channel`. */
export function problemTitle({ variable, place }: Problem): string {
  return place === null ? variable : placeText(place);
}

/** What the commands for the way of the events need: they run where nothing of Slack is set, too. */
export interface EventPathConfig
  extends Pick<
    Config,
    'eventApiKeys' | 'awsAccounts' | 'publicUrl' | 'eventsRegion' | 'eventsName' | 'eventsCalls'
  > {}

/** @param withKey false: EVENT_API_KEY is not needed, and `eventApiKeys` may be empty. */
export function readEventPathConfig(
  environment: Environment,
  { withKey }: { readonly withKey: boolean },
): { config: EventPathConfig } | { problems: Problem[] } {
  const problems: Problem[] = [];
  const read = reader(environment, problems);
  const noKey = !withKey && (environment.EVENT_API_KEY ?? '').trim() === '';
  const config: EventPathConfig = {
    eventApiKeys: noKey ? [] : read('EVENT_API_KEY', EVENT_KEYS),
    awsAccounts: read('AWS_ACCOUNTS', ACCOUNTS),
    publicUrl: read('PUBLIC_URL', PUBLIC_URL),
    eventsRegion: read('EVENTS_REGION', EVENTS_REGION),
    eventsName: read('EVENTS_NAME', EVENTS_NAME),
    eventsCalls: read('EVENTS_CALLS', EVENTS_CALLS),
  };
  read('AWS_ENDPOINT_URL', ENDPOINT);
  return problems.length > 0 ? { problems } : { config: Object.freeze(config) };
}

/** What the commands need that read what the bot keeps: they run where nothing else is set, too. */
export interface StoreConfig extends Pick<Config, 'databasePath' | 'redisUrl'> {}

export function readStoreConfig(environment: Environment): { config: StoreConfig } | { problems: Problem[] } {
  const problems: Problem[] = [];
  const read = reader(environment, problems);
  const config: StoreConfig = {
    databasePath: read('DATABASE_PATH', DATABASE_PATH),
    redisUrl: read('REDIS_URL', REDIS),
  };
  return problems.length > 0 ? { problems } : { config: Object.freeze(config) };
}

/** What people call their accounts, for a command that takes an alias: as for the bot, CONFIG_FILE's name of one goes first. */
export function readAccountNames(
  environment: Environment,
): { accounts: { readonly id: string; readonly alias: string | null }[] } | { problems: readonly Problem[] } {
  const problems: Problem[] = [];
  const read = reader(environment, problems);
  const awsAccounts = read('AWS_ACCOUNTS', ACCOUNTS);
  const awsAccountAliases = read('AWS_ACCOUNT_ALIASES', ALIASES);
  const configFile = read('CONFIG_FILE', CONFIG_FILE);
  if (problems.length > 0) return { problems };
  const reading = readFile({ configFile, awsAccounts, awsAccountAliases });
  if ('problems' in reading) return reading;
  const listed = reading.file.accounts.flatMap(({ id, alias }) =>
    alias === null ? [] : [[id, alias] as const],
  );
  const names = new Map([...awsAccountAliases, ...listed]);
  return { accounts: [...names].map(([id, alias]) => ({ id, alias })) };
}

/** Reads one variable by its rule, and notes what is wrong with it. */
function reader(environment: Environment, problems: Problem[]): <T>(variable: string, rule: Rule<T>) => T {
  return <T>(variable: string, rule: Rule<T>): T => {
    const value = environment[variable]?.trim() ?? '';
    try {
      return rule.read(value);
    } catch (error) {
      problems.push({
        variable,
        place: null,
        says: error instanceof Error ? error.message : String(error),
        example: rule.example,
      });
      return undefined as T;
    }
  };
}

/** All problems on one screen, for people. */
export function explain(problems: readonly Problem[], what = 'Casethread cannot start.'): string {
  const things = problems.length === 1 ? 'One setting needs' : `${problems.length} settings need`;
  const inFile = problems.some(({ place }) => place !== null);
  const where = inFile
    ? 'environment, .env in this folder, CONFIG_FILE'
    : 'environment or .env in this folder';
  return [
    `${what} ${things} attention (${where}):`,
    ...problems.map((problem) => {
      const { variable, says, example } = problem;
      const shown = example === '' ? '' : `\n      Example: ${variable}=${example}`;
      return `\n  ${problemTitle(problem)}\n      ${says}${shown}`;
    }),
    '\n.env.example lists every setting; the README says where to find each value.',
    ...(inFile ? ['casethread.example.yml shows what may stand in CONFIG_FILE.\n'] : ['']),
  ].join('\n');
}
