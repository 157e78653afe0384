import type { CloudTrail, CloudTrailClientConfig } from '@aws-sdk/client-cloudtrail';
import { EventPathError, toEventPathError } from './errors.js';

export interface TrailOptions {
  /** In which AWS Support's calls are recorded. */
  readonly region: string;
  /** Left out: those that the SDK finds. */
  readonly credentials?: CloudTrailClientConfig['credentials'] | undefined;
}

const TIMES = { connectionTimeout: 3_000, requestTimeout: 5_000, throwOnRequestTimeout: true } as const;

/**
 * Whether a trail of the account, or one of its organization, is at work in the Region. Without one EventBridge tells
 * nothing of who called AWS Support. Reads only; throws an EventPathError.
 */
export async function hasTrail({ region, credentials }: TrailOptions): Promise<boolean> {
  const { CloudTrail } = await import('@aws-sdk/client-cloudtrail');
  const client = new CloudTrail({
    region,
    maxAttempts: 2,
    requestHandler: TIMES,
    ...(credentials === undefined ? {} : { credentials }),
  });
  try {
    return await isLogging(client, region);
  } finally {
    client.destroy();
  }
}

async function isLogging(client: CloudTrail, region: string): Promise<boolean> {
  const refused = (action: string) => (error: unknown) => {
    throw toEventPathError(error, { action, about: 'the trails of the account', region });
  };
  // Trails of other Regions and of the organization are shown by their shadows.
  const { trailList = [] } = await client
    .describeTrails({ includeShadowTrails: true })
    .catch(refused('cloudtrail:DescribeTrails'));
  let trouble: unknown = null;
  for (const { TrailARN: arn } of trailList) {
    // By its ARN: a member account finds the organization's trail by nothing else.
    if (arn === undefined) continue;
    try {
      const status = await client.getTrailStatus({ Name: arn }).catch(refused('cloudtrail:GetTrailStatus'));
      if (status.IsLogging === true) return true;
    } catch (error) {
      trouble ??= error;
    }
  }
  if (trouble instanceof EventPathError) throw trouble;
  return false;
}
