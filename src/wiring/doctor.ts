import type { ConfigFile } from '../config/config-file.js';
import type { Config } from '../config.js';
import type { Finding } from '../doctor/finding.js';
import type { Patient } from '../doctor/patient.js';
import type { Storage } from '../storage/storage.js';
import type { AwsAccounts } from '../support/accounts.js';

export interface DoctorDeps {
  readonly config: Config;
  /** What CONFIG_FILE says now. */
  readonly file: () => ConfigFile;
  readonly storage: Storage;
  readonly accounts: AwsAccounts;
  /** For tests. */
  readonly ca?: Patient['ca'];
}

/**
 * Examines the bot from within. One examination at a time: who asks meanwhile gets what that finds. What it needs is loaded
 * when somebody asks.
 */
export function doctorFor({
  config,
  file,
  storage,
  accounts,
  ca,
}: DoctorDeps): () => Promise<readonly Finding[]> {
  let underWay: Promise<readonly Finding[]> | null = null;
  const examineAll = async () => {
    const { examine } = await import('../doctor/examine.js');
    const { configFile } = config;
    const findings: Finding[] = [];
    const patient: Patient = {
      config,
      file: file(),
      // The bot would not run with a problem in them.
      problems: [],
      secretFiles: ['.env', ...(configFile === null ? [] : [configFile])],
      open: storage,
      accounts: async () => accounts,
      now: Date.now,
      ca,
    };
    for await (const found of examine(patient)) findings.push(...found);
    return findings;
  };
  return () => {
    underWay ??= examineAll().finally(() => {
      underWay = null;
    });
    return underWay;
  };
}
