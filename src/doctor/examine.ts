/**
 * What the doctor looks at, in the order in which it is told. What is independent is looked at side by side; nothing is
 * changed, anywhere.
 */
import { NO_FILE } from '../config/config-file.js';
import { eventPathClients } from '../event-path/clients.js';
import { atMost } from './at-most.js';
import { type Check, inTime, LONGEST_MS } from './check.js';
import { checkAuditKinds } from './check-audit-kinds.js';
import { checkNode } from './check-node.js';
import { checkPublicUrl } from './check-public-url.js';
import { checkSecretFiles } from './check-secret-files.js';
import { checkSettings } from './check-settings.js';
import type { Finding } from './finding.js';
import { found } from './found.js';
import { lookAtAccount, lookAtCredentials, lookAtTrails } from './look-at-accounts.js';
import { lookAtClock, lookAtSlack, lookAtStore } from './look-at-bot.js';
import { lookAtEventPath } from './look-at-event-path.js';
import { OwnIdentity } from './own-identity.js';
import { nameOf, type Patient } from './patient.js';

/** Each is asked a dozen things, at AWS's pace, which is one for each account. */
const ACCOUNTS_AT_A_TIME = 40;
const EACH_TRAIL_MS = 250;
/** Twice that is less than a check may take: what does not answer is named. */
const ANSWER_MS = 4_000;

/** A look at everything that is under way. */
export interface Examination {
  /** Of each check, in their order. Never rejects. */
  readonly running: readonly Promise<readonly Finding[]>[];
  /** What is known now, and what is still looked at. */
  readonly soFar: () => readonly Finding[];
}

/** What each check finds, in their order, as soon as it and those before it are done. */
export async function* examine(patient: Patient): AsyncGenerator<readonly Finding[]> {
  for (const each of startExamination(patient).running) yield await each;
}

export function startExamination(patient: Patient): Examination {
  const clients = eventPathClients({
    region: patient.config.eventsRegion ?? 'us-east-1',
    maxAttempts: 2,
    answerMs: ANSWER_MS,
  });
  const own = new OwnIdentity(clients);
  const checks = [
    ...checksOfBot(patient, clients),
    ...checksOfAws(patient, own),
    ...checksOfEvents(patient, clients, own),
  ];
  const known: (readonly Finding[] | undefined)[] = checks.map(() => undefined);
  const running = checks.map(async (check, index) => {
    const findings = await inTime(check);
    known[index] = findings;
    return findings;
  });
  void Promise.all(running).then(() => clients.close());
  return {
    running,
    soFar: () => [
      ...known.flatMap((findings) => findings ?? []),
      ...stillLooking(checks.filter((_, index) => known[index] === undefined)),
    ],
  };
}

function stillLooking(open: readonly Check[]): Finding[] {
  const accounts = open.filter(({ inTurn }) => inTurn !== undefined).length;
  const others = open.filter(({ inTurn }) => inTurn === undefined).map(({ name }) => name);
  const names = [
    ...(accounts === 0 ? [] : [accounts === 1 ? 'one account' : `${accounts} accounts`]),
    ...others,
  ];
  if (names.length === 0) return [];
  const { warn } = found('aws', 'not done yet');
  return [
    warn(`Still looking at ${names.join(', ')}.`, 'Ask again in a minute: what is found until then is kept.'),
  ];
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
    {
      about: 'aws',
      name: 'AWS credentials',
      look: () => lookAtCredentials(own, patient.open !== null, patient.credentialsHint),
    },
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

function checksOfEvents({ config, file, now, ca }: Patient, clients: Clients, own: OwnIdentity): Check[] {
  const { publicUrl, eventApiKeys, eventsRegion = 'us-east-1' } = config;
  return [
    {
      about: 'events',
      name: 'EventBridge',
      look: () => lookAtEventPath(config, clients, own),
    },
    {
      about: 'events',
      name: 'audit channel',
      look: () => checkAuditKinds((file ?? NO_FILE).audit, config.eventsCalls),
    },
    {
      about: 'events',
      name: 'public URL',
      look: () => checkPublicUrl({ publicUrl, eventApiKeys, region: eventsRegion, now, ca }),
    },
  ];
}
