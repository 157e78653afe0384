/** The bot's environment in the sandbox: public settings only, as an operator would write them into `.env`. */
import { join } from 'node:path';
import type { SessionKeys } from './aws/start-aws.js';

export interface BotSettings {
  /** Where its database lies. */
  readonly folder: string;
  readonly port: number;
  readonly slack: { url: string; botToken: string; signingSecret: string; channel: string };
  readonly aws: { url: string; account: string; keys: SessionKeys };
  readonly eventKey: string;
  readonly sweepSeconds: number;
  /** The path of its CONFIG_FILE; null: none. */
  readonly configFile: string;
}

/** Nothing else is in it: the caller's own environment may hold real tokens and accounts. */
export function botEnvironment(settings: BotSettings): Readonly<Record<string, string>> {
  const { slack, aws } = settings;
  return {
    SLACK_BOT_TOKEN: slack.botToken,
    SLACK_SIGNING_SECRET: slack.signingSecret,
    SLACK_CHANNEL: slack.channel,
    SLACK_API_URL: slack.url,
    EVENT_API_KEY: settings.eventKey,
    AWS_ACCOUNTS: aws.account,
    HOST: '127.0.0.1',
    PORT: String(settings.port),
    DATABASE_PATH: join(settings.folder, 'casethread.db'),
    CONFIG_FILE: settings.configFile,
    SWEEP_INTERVAL_SECONDS: String(settings.sweepSeconds),
    // All of AWS: what the doctor and roles ask must not leave the machine either.
    AWS_ENDPOINT_URL: aws.url,
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: aws.keys.accessKeyId,
    AWS_SECRET_ACCESS_KEY: aws.keys.secretAccessKey,
    AWS_SESSION_TOKEN: aws.keys.sessionToken,
    // Nobody who tries the bot needs to know when the AWS SDK will ask for a newer Node.
    AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
  };
}
