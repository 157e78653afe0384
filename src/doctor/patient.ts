import { accountName } from '../case/account-name.js';
import type { ConfigFile } from '../config/config-file.js';
import type { Config, Problem } from '../config.js';
import type { Storage } from '../storage/storage.js';
import type { AwsAccounts } from '../support/accounts.js';

/** An installation of the bot, as the doctor is told of it. */
export interface Patient {
  /** What is wrong in the settings is undefined here. */
  readonly config: Partial<Config>;
  /** What CONFIG_FILE says; null where it cannot be used. */
  readonly file: ConfigFile | null;
  readonly problems: readonly Problem[];
  /** Files with secrets. */
  readonly secretFiles: readonly string[];
  /** What this process has open, where it is the bot itself; else null. */
  readonly open: Pick<Storage, 'name' | 'store' | 'risks'> | null;
  /** Made when it is needed. */
  readonly accounts: () => Promise<Pick<AwsAccounts, 'identify' | 'examine' | 'credentialsOf'>>;
  /** What of the environment may be why there are no AWS credentials, a sentence. */
  readonly credentialsHint?: string | null;
  readonly now: () => number;
  /** Certificates to trust instead of those that Node trusts: for tests. */
  readonly ca?: string | undefined;
}

/** What people call an account, with its id. */
export function nameOf({ config, file }: Pick<Patient, 'config' | 'file'>, account: string): string {
  const listed = file?.accounts.find(({ id }) => id === account)?.alias;
  return accountName(listed ?? config.awsAccountAliases?.get(account) ?? null, account);
}
