import { SupportClient } from '@aws-sdk/client-support';
import type { Credentials } from './credentials.js';
import type { SdkRules } from './partitions.js';

/** What the SDK finds in the environment, in its files and on the machine, by its own rules. */
export async function findBySdk(): Promise<{ readonly rules: SdkRules; readonly credentials: Credentials }> {
  const region = await regionByTheSdk();
  // Asks nothing itself: it finds the credentials, and keeps them, for all who have none of their own.
  const { config } = new SupportClient({ region: region ?? 'us-east-1' });
  return { rules: { region, hasEndpoint: await hasEndpoint(config) }, credentials: config.credentials };
}

/** The same, of the addresses of STS. Only where roles are assumed. */
export async function stsRules({ region }: SdkRules): Promise<SdkRules> {
  const { STSClient } = await import('@aws-sdk/client-sts');
  const client = new STSClient({ region: region ?? 'us-east-1' });
  try {
    return { region, hasEndpoint: await hasEndpoint(client.config) };
  } finally {
    client.destroy();
  }
}

async function regionByTheSdk(): Promise<string | null> {
  const probe = new SupportClient({});
  try {
    return await probe.config.region();
  } catch {
    return null;
  } finally {
    probe.destroy();
  }
}

/**
 * Also where it is told to find FIPS or dual-stack addresses: beside those it takes no other. An address that cannot be
 * read is one: whoever is asked there says so.
 */
async function hasEndpoint(config: {
  readonly serviceConfiguredEndpoint?: undefined | (() => Promise<string | undefined>);
  readonly useFipsEndpoint: () => Promise<boolean>;
  readonly useDualstackEndpoint: () => Promise<boolean>;
}): Promise<boolean> {
  const { serviceConfiguredEndpoint: given, useFipsEndpoint: fips, useDualstackEndpoint: dualStack } = config;
  try {
    return (await given?.()) !== undefined || (await fips()) || (await dualStack());
  } catch {
    return true;
  }
}
