import { SupportClient } from '@aws-sdk/client-support';
import type { Account } from '../case/account.js';
import type { Pacer } from '../pace/pacer.js';
import { awsSupport } from './aws-support.js';
import { createCallPace } from './call-pace.js';
import { type Accounts, OWN_ACCOUNT, type Urgency } from './support-api.js';

/** What CONFIG_FILE says of accounts. */
export interface AccountsSettings {
  /** Empty: the one account to which the credentials belong that the SDK finds. */
  readonly accounts: readonly Account[];
  readonly failover: boolean;
}

export interface AccountsOptions {
  /** Accounts whose events are accepted; empty for any. */
  readonly accepted: readonly string[];
  /** Asked before each use: they may change while the bot runs. */
  readonly settings: () => AccountsSettings;
  /** A lane for each set of credentials. */
  readonly calls: Pacer;
  readonly count: (operation: string, result: string) => void;
}

const CONNECT_MS = 3_000;
const ANSWER_MS = 15_000;
/** The lane of the credentials that the SDK finds: AWS counts the calls of one account together. */
const OWN_CREDENTIALS = 'own';

/**
 * The account of the credentials that the SDK finds by its own rules. They are the only ones there are so far, so they
 * serve whatever account is asked for; a case of another account is then simply not found.
 */
export async function createAccounts({ accepted, calls, count }: AccountsOptions): Promise<Accounts> {
  const client = new SupportClient({
    region: await regionByTheSdk(),
    maxAttempts: 1,
    requestHandler: { connectionTimeout: CONNECT_MS, requestTimeout: ANSWER_MS, throwOnRequestTimeout: true },
  });
  const pace = createCallPace(calls, OWN_CREDENTIALS);
  const make = (urgency: Urgency, account: string | null) =>
    awsSupport({
      client,
      pace,
      urgency,
      count,
      account,
      accountOf: (caseId) => accountOf(caseId, account === null ? accepted : [account]),
    });
  return {
    for: (account, urgency) => make(urgency, account === OWN_ACCOUNT ? null : account),
    all: (urgency) => [make(urgency, null)],
  };
}

/**
 * The API names no account, but every case id that AWS shows holds it. Where one does not, the account is known only if
 * there is just one that it can be.
 */
export function accountOf(caseId: string, accepted: readonly string[]): string | null {
  const inId = /^case-(\d{12})-/.exec(caseId)?.[1];
  if (inId !== undefined) return inId;
  return accepted.length === 1 ? (accepted[0] ?? null) : null;
}

/** AWS Support has one endpoint per partition, so a Region is needed only outside the standard one. */
async function regionByTheSdk(): Promise<string> {
  const probe = new SupportClient({});
  try {
    return await probe.config.region();
  } catch {
    return 'us-east-1';
  } finally {
    probe.destroy();
  }
}
