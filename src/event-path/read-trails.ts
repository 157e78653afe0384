/** What CloudTrail's trails record of calls to AWS Support. Reads only. */
import type { CloudTrail, CloudTrailClientConfig } from '@aws-sdk/client-cloudtrail';
import { EventPathError, toEventPathError } from './errors.js';
import { PLANS_REGION } from './names.js';
import { type Cover, coverOf, together } from './trail-cover.js';

/** What the trails at work record; those that only might, as nobody may look, count as if they did. */
export interface TrailsSeen {
  /** Some trail is at work in the Region in which calls of AWS Support are recorded. */
  readonly atWork: boolean;
  /** Of calls of AWS Support. */
  readonly calls: Cover;
  /** Of those of AWS Support Plans, which are recorded in another Region. */
  readonly plans: Cover;
  /** Why it could not be seen what a trail records; null where it could. */
  readonly unread: EventPathError | null;
}

export interface TrailOptions {
  /** In which AWS Support's calls are recorded. */
  readonly region: string;
  /** Left out: those that the SDK finds. */
  readonly credentials?: CloudTrailClientConfig['credentials'] | undefined;
}

const TIMES = { connectionTimeout: 3_000, requestTimeout: 5_000, throwOnRequestTimeout: true } as const;

/**
 * What the trails of an account, and those of its organization, record. Without one EventBridge tells nothing of who
 * called AWS Support. Throws an EventPathError.
 */
export async function readTrails({ region, credentials }: TrailOptions): Promise<TrailsSeen> {
  const { CloudTrail } = await import('@aws-sdk/client-cloudtrail');
  const made: CloudTrail[] = [];
  const clientIn = async (there: string) => {
    const client = new CloudTrail({
      region: there,
      maxAttempts: 2,
      requestHandler: TIMES,
      ...(credentials === undefined ? {} : { credentials }),
    });
    made.push(client);
    return client;
  };
  try {
    return await seeTrails(clientIn, region);
  } finally {
    for (const client of made) client.destroy();
  }
}

/** @param clientIn gives a client for a Region. */
export async function seeTrails(
  clientIn: (region: string) => Promise<CloudTrail>,
  region: string,
): Promise<TrailsSeen> {
  const here = await trailsIn(await clientIn(region), region);
  const calls = together(here.trails);
  const everywhere = together(here.trails.filter(({ isOfAllRegions }) => isOfAllRegions));
  // In other partitions, and where all is recorded everywhere, there is nothing more to be seen.
  const isEnough =
    region.includes('-gov-') ||
    region.startsWith('cn-') ||
    ((everywhere.writes || !calls.writes) && (everywhere.reads || !calls.reads));
  if (isEnough) return { atWork: here.trails.length > 0, calls, plans: everywhere, unread: here.unread };
  const found = { atWork: here.trails.length > 0, calls };
  try {
    const there = await trailsIn(await clientIn(PLANS_REGION), PLANS_REGION);
    return { ...found, plans: together(there.trails), unread: here.unread ?? there.unread };
  } catch (error) {
    if (!(error instanceof EventPathError)) throw error;
    return { ...found, plans: { writes: true, reads: true }, unread: here.unread ?? error };
  }
}

interface Trail extends Cover {
  readonly isOfAllRegions: boolean;
}

/** Those that are at work. */
async function trailsIn(
  client: CloudTrail,
  region: string,
): Promise<{ trails: readonly Trail[]; unread: EventPathError | null }> {
  const refused = (action: string) => (error: unknown) => {
    throw toEventPathError(error, { action, about: 'the trails of the account', region });
  };
  // Trails of other Regions and of the organization are shown by their shadows.
  const { trailList = [] } = await client
    .describeTrails({ includeShadowTrails: true })
    .catch(refused('cloudtrail:DescribeTrails'));
  const trails: Trail[] = [];
  let trouble: unknown = null;
  let unread: EventPathError | null = null;
  for (const { TrailARN: arn, IsMultiRegionTrail: isOfAllRegions = false } of trailList) {
    // By its ARN: a member account finds the organization's trail by nothing else.
    if (arn === undefined) continue;
    try {
      const status = await client.getTrailStatus({ Name: arn }).catch(refused('cloudtrail:GetTrailStatus'));
      if (status.IsLogging !== true) continue;
    } catch (error) {
      trouble ??= error;
      continue;
    }
    let cover: Cover = { writes: true, reads: true };
    try {
      cover = coverOf(
        await client.getEventSelectors({ TrailName: arn }).catch(refused('cloudtrail:GetEventSelectors')),
      );
    } catch (error) {
      if (error instanceof EventPathError) unread ??= error;
    }
    trails.push({ ...cover, isOfAllRegions });
    // More cannot be recorded.
    if (isOfAllRegions && cover.writes && cover.reads) return { trails, unread };
  }
  if (trails.length === 0 && trouble instanceof EventPathError) throw trouble;
  return { trails, unread };
}
