/**
 * What the doctor looks at, in the order in which it is told. What is independent is looked at side by side; nothing is
 * changed, anywhere.
 */
import { NO_FILE } from '../config/config-file.js';
import { examineSlack, tryAppToken } from '../slack/examine-slack.js';
import { createLog } from '../telemetry/log.js';
import { type Check, inTime } from './check.js';
import { checkClock, timeAt } from './check-clock.js';
import { checkNode } from './check-node.js';
import { checkPublicUrl } from './check-public-url.js';
import { checkSecretFiles } from './check-secret-files.js';
import { checkSettings } from './check-settings.js';
import { checkSlack } from './check-slack.js';
import { checkFileStore, checkOpenStore, checkRedisStore } from './check-store.js';
import type { Finding } from './finding.js';
import type { Patient } from './patient.js';

/** What is found goes to people, and nowhere else. */
const SILENT = createLog('error', () => undefined);
/** Of nobody: AWS has no such account. */
const NO_ACCOUNT = '000000000000';

/** What each check finds, in their order, as soon as it and those before it are done. */
export async function* examine(patient: Patient): AsyncGenerator<readonly Finding[]> {
  const running = checksOf(patient).map((check) => inTime(check));
  for (const each of running) yield await each;
}

function checksOf(patient: Patient): Check[] {
  const { config, problems, secretFiles, now, ca } = patient;
  return [
    { about: 'bot', name: 'Node.js', look: () => checkNode(process.versions.node) },
    { about: 'bot', name: 'settings', look: () => checkSettings(problems) },
    { about: 'bot', name: 'files', look: () => checkSecretFiles(secretFiles, process.platform) },
    { about: 'bot', name: 'store', look: () => checkStore(patient) },
    { about: 'bot', name: 'clock', look: () => checkClock(clocksOf(patient), now) },
    { about: 'slack', name: 'Slack', look: () => lookAtSlack(patient) },
    {
      about: 'events',
      name: 'public URL',
      look: () =>
        checkPublicUrl({
          publicUrl: config.publicUrl,
          eventApiKeys: config.eventApiKeys,
          region: config.eventsRegion ?? 'us-east-1',
          account: config.file?.accounts[0]?.id ?? config.awsAccounts?.[0] ?? NO_ACCOUNT,
          now,
          ca,
        }),
    },
  ];
}

async function checkStore({ config, open }: Patient): Promise<Finding[]> {
  const { redisUrl, databasePath, slackChannel = '', awsAccounts = [] } = config;
  if (open !== null) return checkOpenStore(open, databasePath ?? '');
  if (typeof redisUrl === 'string') {
    return checkRedisStore({ redisUrl, slackChannel, awsAccounts }, SILENT);
  }
  // A wrong REDIS_URL is no wish for a file.
  return redisUrl === undefined || databasePath === undefined ? [] : checkFileStore(databasePath);
}

function clocksOf({ config }: Patient) {
  const { slackApiUrl } = config;
  if (slackApiUrl === undefined) return [];
  return [{ whose: 'Slack', ask: () => timeAt(`${slackApiUrl}api.test`) }];
}

async function lookAtSlack({ config }: Patient): Promise<Finding[]> {
  const { slackBotToken, slackAppToken, slackApiUrl, slackChannel, file } = config;
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
