import { type Account, hasSupportApi, PARTITIONS, type Partition } from '../case/account.js';
import { NO_FILE } from '../config/config-file.js';
import { EventPathError } from '../event-path/errors.js';
import { readTrails } from '../event-path/read-trails.js';
import { OWN_ACCOUNT } from '../support/support-api.js';
import { checkAccount, checkOwnAccount } from './check-account.js';
import { checkTrails } from './check-trails.js';
import type { Finding } from './finding.js';
import { found } from './found.js';
import type { OwnIdentity } from './own-identity.js';
import { nameOf, type Patient } from './patient.js';

/** @param isBot whether it is the bot itself that looks. */
export async function lookAtCredentials(
  own: OwnIdentity,
  isBot = false,
  hint: string | null = null,
): Promise<Finding[]> {
  const trouble = await own.trouble();
  if (trouble === null) return [];
  return [
    found('aws', 'AWS credentials').fail(
      `${trouble.says}${hint === null || trouble.kind !== 'no-credentials' ? '' : ` ${hint}`} Nothing that is at AWS was looked at.`,
      trouble.kind === 'expired' || trouble.kind === 'unreachable'
        ? trouble.remedy
        : isBot
          ? 'Run the bot with a role; or set AWS_PROFILE, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, and restart it.'
          : 'Run it where the bot runs, with its role; or set AWS_PROFILE, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.',
    ),
  ];
}

/** @param account null: that of the bot's own credentials. */
export async function lookAtAccount(
  patient: Patient,
  own: OwnIdentity,
  account: Account | null,
): Promise<Finding[]> {
  if ((await own.trouble()) !== null) return [];
  const accounts = await patient.accounts();
  const name = (id: string) => nameOf(patient, id);
  return account === null
    ? checkOwnAccount(accounts, name, patient.config.awsAccounts ?? [], OWN_ACCOUNT)
    : checkAccount({ accounts, name: name(account.id), account });
}

export async function lookAtTrails(patient: Patient, own: OwnIdentity): Promise<Finding[]> {
  if ((await own.trouble()) !== null) return [];
  const accounts = await patient.accounts();
  const listed = (patient.file ?? NO_FILE).accounts;
  if (listed.length === 0) {
    const identity = await own.ask();
    if (identity instanceof EventPathError) return [];
    const { account, partition } = identity;
    return checkTrails(
      [
        {
          name: nameOf(patient, account),
          partition: isPartition(partition) ? partition : 'aws',
          credentials: () => accounts.credentialsOf(OWN_ACCOUNT),
        },
      ],
      readTrails,
      patient.config.eventsCalls,
    );
  }
  return checkTrails(
    listed
      .filter(({ plan }) => hasSupportApi(plan))
      .map(({ id, partition }) => ({
        name: nameOf(patient, id),
        partition,
        credentials: () => accounts.credentialsOf(id),
      })),
    readTrails,
    patient.config.eventsCalls,
  );
}

function isPartition(name: string): name is Partition {
  return (PARTITIONS as readonly string[]).includes(name);
}
