/**
 * What the doctor looks at, in the order in which it is told. What is independent is looked at side by side; nothing is
 * changed, anywhere.
 */
import { NO_FILE } from '../config/config-file.js';
import { eventPathClients } from '../event-path/clients.js';
import { atMost } from './at-most.js';
import { type Check, inTime, LONGEST_MS } from './check.js';
import { checkNode } from './check-node.js';
import { checkPublicUrl } from './check-public-url.js';
import { checkSecretFiles } from './check-secret-files.js';
import { checkSettings } from './check-settings.js';
import type { Finding } from './finding.js';
import { lookAtAccount, lookAtCredentials, lookAtTrails } from './look-at-accounts.js';
import { lookAtClock, lookAtSlack, lookAtStore } from './look-at-bot.js';
import { lookAtEventPath } from './look-at-event-path.js';
import { OwnIdentity } from './own-identity.js';
import { nameOf, type Patient } from './patient.js';

/** Each is asked a dozen things, at AWS's pace. */
const ACCOUNTS_AT_A_TIME = 8;
const EACH_TRAIL_MS = 250;
/** Twice that is less than a check may take: what does not answer is named. */
const ANSWER_MS = 4_000;

/** What each check finds, in their order, as soon as it and those before it are done. */
export async function* examine(patient: Patient): AsyncGenerator<readonly Finding[]> {
  const clients = eventPathClients({
    region: patient.config.eventsRegion ?? 'us-east-1',
    maxAttempts: 2,
    answerMs: ANSWER_MS,
  });
  try {
    const own = new OwnIdentity(clients);
    const running = [
      ...checksOfBot(patient, clients),
      ...checksOfAws(patient, own),
      ...checksOfEvents(patient, clients, own),
    ].map((check) => inTime(check));
    for (const each of running) yield await each;
  } finally {
    clients.close();
  }
}

type Clients = ReturnType<typeof eventPathClients>;

function checksOfBot(patient: Patient, clients: Clients): Check[] {
  const { problems, secretFiles } = patient;
  return [
    { about: 'bot', name: 'Node.js', look: () => checkNode(process.versions.node) },
    { about: 'bot', name: 'settings', look: () => checkSettings(problems) },
    { about: 'bot', name: 'files', look: () => checkSecretFiles(secretFiles, process.platform) },
    { about: 'bot', name: 'store', look: () => lookAtStore(patient) },
    { about: 'bot', name: 'clock', look: () => lookAtClock(patient, clients) },
    { about: 'slack', name: 'Slack', look: () => lookAtSlack(patient) },
  ];
}

function checksOfAws(patient: Patient, own: OwnIdentity): Check[] {
  const inTurn = atMost(ACCOUNTS_AT_A_TIME);
  const listed = (patient.file ?? NO_FILE).accounts;
  // With no list, the account of the bot's own credentials is the only one.
  const accounts = listed.length > 0 ? listed : [null];
  return [
    { about: 'aws', name: 'AWS credentials', look: () => lookAtCredentials(own) },
    ...accounts.map(
      (account): Check => ({
        about: 'aws',
        name: account === null ? 'account' : nameOf(patient, account.id),
        inTurn,
        look: () => lookAtAccount(patient, own, account),
      }),
    ),
    {
      about: 'aws',
      name: 'CloudTrail',
      // One check for all of them.
      longestMs: LONGEST_MS + accounts.length * EACH_TRAIL_MS,
      look: () => lookAtTrails(patient, own),
    },
  ];
}

function checksOfEvents({ config, now, ca }: Patient, clients: Clients, own: OwnIdentity): Check[] {
  const { publicUrl, eventApiKeys, eventsRegion = 'us-east-1' } = config;
  return [
    {
      about: 'events',
      name: 'EventBridge',
      look: () => lookAtEventPath(config, clients, own),
    },
    {
      about: 'events',
      name: 'public URL',
      look: () => checkPublicUrl({ publicUrl, eventApiKeys, region: eventsRegion, now, ca }),
    },
  ];
}
