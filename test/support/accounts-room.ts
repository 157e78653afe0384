import type { Account } from '../../src/case/account.js';
import { windowGate } from '../../src/pace/local-gates.js';
import { Pacer } from '../../src/pace/pacer.js';
import { type Aws, type AwsOptions, startAws } from '../../src/sandbox/aws/start-aws.js';
import { type AwsAccounts, createAccounts } from '../../src/support/accounts.js';

/** The bot's own account, and two others. */
export const HUB = '111122223333';
export const NORTH = '222233334444';
export const SOUTH = '444455556666';

export const roleOf = (id: string) => `arn:aws:iam::${id}:role/casethread`;

const OPTIONS: AwsOptions = {
  callsPerSecond: 'off',
  accounts: [HUB, NORTH, SOUTH].map((id) => ({
    id,
    accessKeyId: `AKIACASETHREAD${id.slice(0, 6)}`,
    secretAccessKey: `secret-of-${id}`,
  })),
};

export function listed(id: string, more: Partial<Account> = {}): Account {
  return {
    id,
    alias: null,
    role: id === HUB ? null : roleOf(id),
    externalId: null,
    plan: null,
    partition: 'aws',
    endpoints: [],
    ...more,
  };
}

/** AWS, with roles in the other accounts which the bot may assume, and the bot's side of it with the real SDK. */
export interface AccountsRoom {
  readonly aws: Aws;
  readonly accounts: AwsAccounts;
  /** `lane`s in which calls were made. */
  readonly lanes: string[];
  readonly log: string[];
  /** As after a SIGHUP. */
  list(accounts: readonly Account[], failover?: boolean): void;
  /** Moves the bot's clock, the SDK's and AWS's. */
  pass(ms: number): void;
  stop(): Promise<void>;
}

export async function startAccountsRoom(
  accounts: readonly Account[],
  { environment = {}, ...options }: AwsOptions & { environment?: Record<string, string> } = {},
): Promise<AccountsRoom> {
  const realNow = Date.now;
  let ahead = 0;
  Date.now = () => realNow() + ahead;
  const before = { ...process.env };
  const aws = await startAws({ ...OPTIONS, ...options });
  for (const id of [NORTH, SOUTH]) aws.addRole({ arn: roleOf(id), trusts: HUB });
  const { accessKeyId, secretAccessKey } = aws.account(HUB);
  for (const name of Object.keys(process.env)) if (name.startsWith('AWS_')) delete process.env[name];
  Object.assign(process.env, {
    AWS_ENDPOINT_URL: aws.url,
    AWS_ACCESS_KEY_ID: accessKeyId,
    AWS_SECRET_ACCESS_KEY: secretAccessKey,
    // Nothing of the machine on which the tests run.
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_CONFIG_FILE: '/nowhere',
    AWS_SHARED_CREDENTIALS_FILE: '/nowhere',
    ...environment,
  });
  let settings = { accounts, failover: true };
  const lanes: string[] = [];
  const log: string[] = [];
  const monotonic = () => performance.now();
  const gate = windowGate({ calls: 1_000, perMs: 1 }, monotonic);
  const calls = new Pacer(
    {
      ...gate,
      take: (lane) => {
        lanes.push(lane);
        return gate.take(lane);
      },
      pause: (lane, ms) => gate.pause(lane, ms),
    },
    monotonic,
  );
  const say = (event: string, fields = {}) => void log.push(`${event} ${JSON.stringify(fields)}`);
  return {
    aws,
    lanes,
    log,
    accounts: await createAccounts({
      accepted: [],
      settings: () => settings,
      calls,
      count: () => undefined,
      log: { info: say, warn: say },
      now: () => monotonic() + ahead,
    }),
    list(changed, failover = true) {
      settings = { accounts: changed, failover };
    },
    pass(ms) {
      ahead += ms;
    },
    async stop() {
      calls.stop();
      Date.now = realNow;
      for (const name of Object.keys(process.env)) if (!(name in before)) delete process.env[name];
      Object.assign(process.env, before);
      await aws.stop();
    },
  };
}
