/**
 * The accounts whose cases can be asked for, each with its own credentials, its own connection and its own share of the
 * calls that AWS allows. What is wrong with one of them shows in its own calls only.
 */
import { type Account, hasSupportApi, type Partition } from '../case/account.js';
import { accountName } from '../case/account-name.js';
import type { Pacer } from '../pace/pacer.js';
import type { Log } from '../telemetry/log.js';
import { AccountClient } from './account-client.js';
import { awsSupport } from './aws-support.js';
import { createCallPace } from './call-pace.js';
import { type Credentials, ownCredentials, roleCredentials } from './credentials.js';
import { EndpointChoice } from './endpoint-choice.js';
import { eventsOnly } from './events-only.js';
import { type AccountExamination, examineAccount } from './examine-account.js';
import { findBySdk, stsRules } from './find-by-sdk.js';
import { type Identity, identify } from './identify.js';
import { makeCall } from './make-call.js';
import { openOnlyIn } from './open-only-in.js';
import { ownEndpoints, partitionOfRegion, stsEndpoints, supportEndpoints } from './partitions.js';
import { ACCOUNT_REASONS } from './reasons.js';
import { type Accounts, OWN_ACCOUNT, type Urgency } from './support-api.js';
import { SupportError } from './support-error.js';

/** What CONFIG_FILE says of accounts. */
export interface AccountsSettings {
  /** Empty: the one account to which the credentials belong that the SDK finds. */
  readonly accounts: readonly Account[];
  readonly failover: boolean;
  /** What becomes of events of other accounts; followed unless given. */
  readonly unlisted?: 'refuse' | 'follow';
}

export interface AccountsOptions {
  /** Accounts whose events are accepted; empty for any. */
  readonly accepted: readonly string[];
  /** Asked before each use: they may change while the bot runs. */
  readonly settings: () => AccountsSettings;
  /** A lane for each set of credentials. */
  readonly calls: Pacer;
  readonly count: (operation: string, result: string) => void;
  /** What people call an account that is listed; its alias and id unless given. */
  readonly nameOf?: (account: string) => string;
  /** Told when another endpoint is asked. */
  readonly log?: Pick<Log, 'info' | 'warn'>;
  /** Milliseconds of a clock that never goes back. */
  readonly now?: () => number;
}

export interface AwsAccounts extends Accounts {
  /** Of an account that is listed; else null. */
  partitionOf(account: string): Partition | null;
  /**
   * What an account's plan and role allow; nothing is changed by it, and it takes some seconds: what AWS has not said after
   * `longestMs` is unknown. Rejects with a SupportError
   * of the kind `events-only` where the account cannot be asked.
   */
  examine(account: string, longestMs?: number): Promise<AccountExamination>;
  /** Who AWS takes us for in this account. Rejects with a SupportError. */
  identify(account: string): Promise<Identity>;
  /** In whose name calls are made in this account. Rejects with a SupportError where it cannot be asked. */
  credentialsOf(account: string): Promise<Credentials>;
}

/** The lane of the credentials that the SDK finds, where no account is listed. */
const OWN_CREDENTIALS = 'own';

/**
 * With accounts in the settings, those: each by its role, or by the credentials that the SDK finds by its own rules. With
 * none, these credentials serve whatever account is asked for; a case of another one is then simply not found.
 */
export async function createAccounts(options: AccountsOptions): Promise<AwsAccounts> {
  const { accepted, settings, calls, count, log = null, now = () => performance.now() } = options;
  const { rules, credentials: own } = await findBySdk();
  const support = new EndpointChoice({ service: 'support', now, log });
  const sts = new EndpointChoice({ service: 'sts', now, log });
  const clients = new Map<string, { readonly made: string; readonly client: AccountClient }>();
  let seen: AccountsSettings | null = null;
  const nameOf = ({ alias, id }: Account) => options.nameOf?.(id) ?? accountName(alias, id);

  let ofSts: ReturnType<typeof stsRules> | null = null;
  const chooseSts = (partition: Partition) => async () => {
    ofSts ??= stsRules(rules);
    return sts.choose(stsEndpoints(partition, await ofSts, settings().failover));
  };

  const clientOf = (listed: Account | null): AccountClient => {
    const id = listed?.id ?? OWN_CREDENTIALS;
    const known = clients.get(id);
    if (known !== undefined) return known.client;
    const role = listed?.role ?? null;
    const client = new AccountClient({
      role,
      credentials:
        listed === null || role === null
          ? ownCredentials(own)
          : roleCredentials({ role, externalId: listed.externalId }, own, chooseSts(listed.partition)),
      choose: () => {
        const { failover } = settings();
        return support.choose(
          listed === null ? ownEndpoints(rules, failover) : supportEndpoints(listed, rules, failover),
        );
      },
    });
    clients.set(id, { made: madeOf(listed), client });
    return client;
  };

  /** What is listed now. Clients of accounts that are listed no more, or otherwise, end with their last call. */
  const listed = (): readonly Account[] => {
    const current = settings();
    if (current === seen) return current.accounts;
    seen = current;
    for (const [id, { made, client }] of clients) {
      const still =
        id === OWN_CREDENTIALS
          ? current.accounts.length === 0
          : current.accounts.some((account) => account.id === id && madeOf(account) === made);
      if (still) continue;
      clients.delete(id);
      client.retire();
    }
    return current.accounts;
  };

  /** The account that is meant; null: the only one there is. A SupportError's sentence where it cannot be asked. */
  const find = (account: string): Account | null | { readonly why: string } => {
    const accounts = listed();
    if (accounts.length === 0) return null;
    const found = account === OWN_ACCOUNT ? ownOf(accounts) : accounts.find(({ id }) => id === account);
    if (found === undefined) {
      const isRefused = settings().unlisted === 'refuse';
      return { why: (isRefused ? ACCOUNT_REASONS.refused : ACCOUNT_REASONS.notListed)(account) };
    }
    if (!hasSupportApi(found.plan)) return { why: ACCOUNT_REASONS.noApi(nameOf(found), found.plan ?? '') };
    return found;
  };

  const callDeps = (found: Account | null) => {
    const client = clientOf(found);
    return {
      lend: () => client.lend(),
      role: client.role,
      whose: found !== null && listed().length > 1 ? nameOf(found) : null,
      pace: createCallPace(calls, found?.id ?? OWN_CREDENTIALS),
      count,
    };
  };

  /** Nobody has said that the bot's own credentials are for this account. */
  const unlistedSays = (account: string | null) =>
    account === null || (accepted.length === 1 && accepted[0] === account)
      ? {}
      : { noSuchCase: ACCOUNT_REASONS.noneForOwn(account) };

  const make = (found: Account | null, account: string | null, urgency: Urgency) =>
    awsSupport({
      ...callDeps(found),
      urgency,
      account,
      ...(found === null ? unlistedSays(account) : { onlyFor: nameOf(found) }),
      accountOf: (caseId) => accountOf(caseId, account === null ? accepted : [account]),
    });

  const orRefuse = (account: string): Account | null => {
    const found = find(account);
    if (found !== null && 'why' in found)
      throw new SupportError('events-only', 'events-only', found.why, 'no');
    return found;
  };

  const whoAmI = async (account: string): Promise<Identity> => {
    const found = orRefuse(account);
    const client = clientOf(found);
    const partition = found?.partition ?? partitionOfRegion(rules.region ?? '') ?? 'aws';
    return identify(client.credentials, client.role, chooseSts(partition));
  };

  return {
    for(account, urgency) {
      const found = find(account);
      if (found === null && account === OWN_ACCOUNT) return make(null, null, urgency);
      if (found === null) return openOnlyIn(account, make(null, account, urgency), whoAmI);
      return 'why' in found ? eventsOnly(account, found.why) : make(found, found.id, urgency);
    },
    whyNotAsked(account) {
      const found = find(account);
      return found !== null && 'why' in found ? found.why : null;
    },
    all(urgency) {
      const accounts = listed();
      if (accounts.length === 0) return [make(null, null, urgency)];
      return accounts
        .filter(({ plan }) => hasSupportApi(plan))
        .map((account) => make(account, account.id, urgency));
    },
    partitionOf(account) {
      const accounts = listed();
      const id = account === OWN_ACCOUNT ? ownOf(accounts)?.id : account;
      return accounts.find((each) => each.id === id)?.partition ?? null;
    },
    examine: async (account, longestMs) =>
      examineAccount(makeCall(callDeps(orRefuse(account)), 'event'), longestMs),
    credentialsOf: async (account) => clientOf(orRefuse(account)).credentials,
    identify: whoAmI,
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

/** Where nobody has said which is meant: the one of the bot's own credentials, else the first that can be asked. */
function ownOf(accounts: readonly Account[]): Account | undefined {
  const mayAsk = accounts.filter(({ plan }) => hasSupportApi(plan));
  return mayAsk.find(({ role }) => role === null) ?? mayAsk[0] ?? accounts[0];
}

/** All of an account that its client is made of. */
function madeOf(account: Account | null): string {
  if (account === null) return '';
  const { role, externalId, partition, endpoints } = account;
  return JSON.stringify([role, externalId, partition, endpoints]);
}
