import { NO_FILE } from '../config/config-file.js';
import { awsTime } from '../event-path/aws-time.js';
import type { EventPathClients } from '../event-path/clients.js';
import { examineSlack, tryAppToken } from '../slack/examine-slack.js';
import { createLog } from '../telemetry/log.js';
import { checkClock, timeAt } from './check-clock.js';
import { checkSlack } from './check-slack.js';
import { checkFileStore, checkOpenStore, checkRedisStore } from './check-store.js';
import type { Finding } from './finding.js';
import type { Patient } from './patient.js';

/** What is found goes to people, and nowhere else. */
const SILENT = createLog('error', () => undefined);

export async function lookAtStore({ config, open }: Patient): Promise<Finding[]> {
  const { redisUrl, databasePath, slackChannel = '', awsAccounts = [] } = config;
  if (open !== null) return checkOpenStore(open, databasePath ?? '');
  if (typeof redisUrl === 'string') return checkRedisStore({ redisUrl, slackChannel, awsAccounts }, SILENT);
  // A wrong REDIS_URL is no wish for a file.
  return redisUrl === undefined || databasePath === undefined ? [] : checkFileStore(databasePath);
}

export function lookAtClock(
  { config: { slackApiUrl }, now }: Patient,
  clients: EventPathClients,
): Promise<Finding[]> {
  const slack =
    slackApiUrl === undefined
      ? []
      : [{ whose: 'Slack', ask: () => timeAt(new URL('api.test', slackApiUrl).href) }];
  return checkClock([...slack, { whose: 'AWS', ask: () => awsTime(clients) }], now);
}

export async function lookAtSlack({ config, file }: Patient): Promise<Finding[]> {
  const { slackBotToken, slackAppToken, slackApiUrl, slackChannel } = config;
  // What is missing is among the settings.
  if (slackBotToken === undefined || slackApiUrl === undefined) return [];
  return checkSlack({
    slack: examineSlack(slackBotToken, slackApiUrl, SILENT),
    slackChannel,
    file: file ?? NO_FILE,
    tryAppToken:
      typeof slackAppToken === 'string' ? () => tryAppToken(slackAppToken, slackApiUrl, SILENT) : null,
  });
}
