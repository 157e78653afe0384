import { z } from 'zod';
import { ApiError } from '../../../src/sandbox/aws/api-error.js';
import { type Operations, operation } from './operation.js';
import { arnOf, type Desk } from './state.js';

/** A trail that logs management events, of one Region or of all. */
export interface Trail {
  readonly name: string;
  readonly arn: string;
  readonly homeRegion: string;
  isMultiRegion: boolean;
  isOrganization: boolean;
  isLogging: boolean;
  /** `IncludeManagementEvents` of its one event selector. */
  managementEvents: boolean;
  readWriteType: 'All' | 'ReadOnly' | 'WriteOnly';
}

export function trailOf(
  at: Pick<Desk, 'account' | 'region'>,
  name: string,
  more: Partial<Trail> = {},
): Trail {
  return {
    name,
    arn: arnOf(at, 'cloudtrail', `trail/${name}`),
    homeRegion: at.region.region,
    isMultiRegion: true,
    isOrganization: false,
    isLogging: true,
    managementEvents: true,
    readWriteType: 'All',
    ...more,
  };
}

/** Trails of the Region, and the shadows of multi-Region trails of others. */
function visibleTrails({ account, region }: Desk): Trail[] {
  const all = [...account.regions.values()].flatMap((each) => [...each.trails.values()]);
  return all.filter((trail) => trail.homeRegion === region.region || trail.isMultiRegion);
}

function trailNamed(desk: Desk, nameOrArn: string): Trail {
  if (!nameOrArn.startsWith('arn:') && !/^[A-Za-z0-9][A-Za-z0-9._-]{2,127}$/.test(nameOrArn))
    throw new ApiError('InvalidTrailNameException', `Trail name or ARN ${nameOrArn} is not valid.`);
  const trail = visibleTrails(desk).find(({ name, arn, homeRegion }) =>
    // By its name alone, a trail is found in its own Region only.
    nameOrArn.startsWith('arn:')
      ? arn === nameOrArn
      : name === nameOrArn && homeRegion === desk.region.region,
  );
  if (trail === undefined)
    throw new ApiError(
      'TrailNotFoundException',
      `Unknown trail: ${nameOrArn} for the user: ${desk.account.id}`,
    );
  return trail;
}

export const cloudTrailOperations: Operations = {
  DescribeTrails: operation(
    z.strictObject({
      trailNameList: z.array(z.string()).optional(),
      includeShadowTrails: z.boolean().default(true),
    }),
    (desk, { trailNameList = [], includeShadowTrails }) => ({
      trailList: visibleTrails(desk)
        .filter(({ homeRegion }) => includeShadowTrails || homeRegion === desk.region.region)
        .filter(
          ({ name, arn }) =>
            trailNameList.length === 0 || trailNameList.includes(name) || trailNameList.includes(arn),
        )
        .map((trail) => ({
          Name: trail.name,
          S3BucketName: 'trails-for-tests',
          IncludeGlobalServiceEvents: true,
          IsMultiRegionTrail: trail.isMultiRegion,
          HomeRegion: trail.homeRegion,
          TrailARN: trail.arn,
          LogFileValidationEnabled: false,
          HasCustomEventSelectors: !trail.managementEvents,
          HasInsightSelectors: false,
          IsOrganizationTrail: trail.isOrganization,
        })),
    }),
  ),
  GetTrailStatus: operation(z.strictObject({ Name: z.string() }), (desk, { Name }) => ({
    IsLogging: trailNamed(desk, Name).isLogging,
  })),
  GetEventSelectors: operation(z.strictObject({ TrailName: z.string() }), (desk, { TrailName }) => {
    const trail = trailNamed(desk, TrailName);
    return {
      TrailARN: trail.arn,
      EventSelectors: [
        {
          ReadWriteType: trail.readWriteType,
          IncludeManagementEvents: trail.managementEvents,
          DataResources: [],
          ExcludeManagementEventSources: [],
        },
      ],
    };
  }),
};
