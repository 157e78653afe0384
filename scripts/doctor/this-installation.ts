import {
  type Config,
  type Environment,
  type Problem,
  processEnvironment,
  readConfig,
} from '../../src/config.js';
import type { Patient } from '../../src/doctor/patient.js';
import { localGates } from '../../src/pace/local-gates.js';
import { Pacer } from '../../src/pace/pacer.js';
import { type AwsAccounts, createAccounts } from '../../src/support/accounts.js';
import { TIMING } from '../../src/wiring/timing.js';

/** The installation in this folder and this environment, whatever is wrong with its settings. */
export function thisInstallation(): Patient {
  // Node's own warnings, and those of the SDK about Node, say nothing that the doctor does not say itself.
  process.removeAllListeners('warning');
  const { config, problems } = settings();
  const { configFile } = config;
  const file = config.file ?? null;
  let accounts: Promise<AwsAccounts> | null = null;
  return {
    config,
    file,
    problems,
    secretFiles: ['.env', ...(configFile == null ? [] : [configFile])],
    open: null,
    accounts: () => {
      const now = () => performance.now();
      accounts ??= createAccounts({
        accepted: config.awsAccounts ?? [],
        settings: () => ({ accounts: file?.accounts ?? [], failover: file?.failover ?? true }),
        calls: new Pacer(localGates(now).window('calls', TIMING.calls), now),
        count: () => undefined,
      });
      return accounts;
    },
    credentialsHint: credentialsHint(process.env),
    now: Date.now,
  };
}

/** The SDK only says that it found none. */
function credentialsHint({ AWS_PROFILE, AWS_ACCESS_KEY_ID: id, AWS_SECRET_ACCESS_KEY: secret }: Environment) {
  if (AWS_PROFILE) return `AWS_PROFILE names the profile ${AWS_PROFILE}, which gives none.`;
  if (id && !secret) return 'AWS_ACCESS_KEY_ID is set, and AWS_SECRET_ACCESS_KEY is not.';
  return secret && !id ? 'AWS_SECRET_ACCESS_KEY is set, and AWS_ACCESS_KEY_ID is not.' : null;
}

function settings(): { readonly config: Partial<Config>; readonly problems: readonly Problem[] } {
  try {
    const read = readConfig(processEnvironment());
    return 'config' in read
      ? { config: read.config, problems: [] }
      : { config: read.partial, problems: read.problems };
  } catch (error) {
    const says = error instanceof Error ? error.message : 'The settings cannot be read.';
    return { config: {}, problems: [{ variable: '.env', place: null, says, example: '' }] };
  }
}
