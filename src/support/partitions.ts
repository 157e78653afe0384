import type { Account, Partition } from '../case/account.js';
import type { Endpoint } from './endpoint-choice.js';

/** Where AWS Support is in each partition (the rules for endpoints of @aws-sdk/client-support). */
const REGION: Readonly<Record<Partition, string>> = {
  aws: 'us-east-1',
  'aws-us-gov': 'us-gov-west-1',
  'aws-cn': 'cn-north-1',
};
/** Of the standard partition: all three act on the same cases (facts: aws-support.md, 2.1). */
const OTHER_REGIONS = ['us-west-2', 'eu-west-1'] as const;

/** What the SDK finds in the environment and in its files. */
export interface SdkRules {
  /** Null where it finds none. */
  readonly region: string | null;
  /** AWS_ENDPOINT_URL, AWS_ENDPOINT_URL_SUPPORT, `endpoint_url` of a profile and the like: nothing else is asked then. */
  readonly hasEndpoint: boolean;
}

/** Null: one that is not served here, such as an isolated one. */
export function partitionOfRegion(region: string): Partition | null {
  if (region.startsWith('us-gov-')) return 'aws-us-gov';
  if (region.startsWith('cn-')) return 'aws-cn';
  return /^[a-z]{2,}-iso[a-z]*-/.test(region) ? null : 'aws';
}

export type Endpoints = readonly [Endpoint, ...Endpoint[]];

/** Where AWS Support is asked for an account that is listed: in this order. */
export function supportEndpoints(
  { partition, endpoints }: Pick<Account, 'partition' | 'endpoints'>,
  sdk: SdkRules,
  failover: boolean,
): Endpoints {
  const [first, ...others] = endpoints.map((url) => ({ url, region: regionOfUrl(url) ?? REGION[partition] }));
  if (first !== undefined) return failover ? [first, ...others] : [first];
  return byPartition(partition, sdk, failover, supportUrl);
}

/** Where AWS Support is asked for the account of the SDK's own credentials, when no account is listed. */
export function ownEndpoints(sdk: SdkRules, failover: boolean): Endpoints {
  const partition = partitionOfRegion(sdk.region ?? REGION.aws);
  if (partition === 'aws') return byPartition(partition, sdk, failover, supportUrl);
  return [{ url: null, region: sdk.region ?? REGION.aws }];
}

/** Where roles are assumed: regional endpoints, whose sessions are good in all Regions of the partition. */
export function stsEndpoints(partition: Partition, sdk: SdkRules, failover: boolean): Endpoints {
  return byPartition(partition, sdk, failover, () => null);
}

function supportUrl(region: string): string {
  return `https://support.${region}.amazonaws.com`;
}

function byPartition(
  partition: Partition,
  { region, hasEndpoint }: SdkRules,
  failover: boolean,
  urlIn: (region: string) => string | null,
): Endpoints {
  const isOfPartition = region !== null && partitionOfRegion(region) === partition;
  // Whoever sets an address sets its Region beside it.
  if (hasEndpoint) return [{ url: null, region: isOfPartition ? region : REGION[partition] }];
  const first: Endpoint = { url: null, region: REGION[partition] };
  if (partition !== 'aws' || !failover) return [first];
  return [first, ...OTHER_REGIONS.map((other) => ({ region: other, url: urlIn(other) }))];
}

/** Of `https://support.eu-west-1.amazonaws.com`, and of the names of VPC endpoints. */
function regionOfUrl(url: string): string | null {
  const host = URL.canParse(url) ? new URL(url).hostname : '';
  return /(?:^|\.)support(?:-fips)?\.([a-z]{2,}(?:-[a-z]+)+-\d+)\./.exec(host)?.[1] ?? null;
}
