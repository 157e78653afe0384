import assert from 'node:assert/strict';
import { type AwsControl, startAwsControl } from '../world/aws-control/aws-control.js';
import { trailOf } from '../world/aws-control/cloudtrail.js';
import { clientsOf } from './lay-path.js';
import { refused } from './refused.js';

// Not statically: mocha loads this file by require(), by which Node 20 sometimes leaves the names of the package undefined,
// for everybody after it.
const { CloudTrailClient, DescribeTrailsCommand, GetEventSelectorsCommand, GetTrailStatusCommand } =
  await import('@aws-sdk/client-cloudtrail');

describe('the stand-in of CloudTrail', () => {
  let control: AwsControl;
  beforeEach(async () => {
    control = await startAwsControl();
  });
  afterEach(() => control.stop());

  it('shows trails of the Region and those of all Regions, and whether they log', async () => {
    const trail = trailOf(control.desk('eu-west-1'), 'everything', { isLogging: false });
    control.region('eu-west-1').trails.set(trail.name, trail);
    const only = trailOf(control.desk('us-west-2'), 'only-there', { isMultiRegion: false });
    control.region('us-west-2').trails.set(only.name, only);
    const cloudTrail = new CloudTrailClient(clientsOf(control).options);
    const { trailList } = await cloudTrail.send(new DescribeTrailsCommand({}));
    assert.deepEqual(
      trailList?.map(({ TrailARN }) => TrailARN),
      [trail.arn],
    );
    const inRegion = new DescribeTrailsCommand({ includeShadowTrails: false });
    assert.deepEqual((await cloudTrail.send(inRegion)).trailList, []);
    const { IsLogging } = await cloudTrail.send(new GetTrailStatusCommand({ Name: trail.arn }));
    assert.equal(IsLogging, false);
    const selectors = await cloudTrail.send(new GetEventSelectorsCommand({ TrailName: trail.arn }));
    assert.equal(selectors.EventSelectors?.[0]?.IncludeManagementEvents, true);
    // By its name, it is found in its own Region only.
    await refused(cloudTrail.send(new GetTrailStatusCommand({ Name: trail.name })), 'TrailNotFoundException');
    await refused(cloudTrail.send(new GetTrailStatusCommand({ Name: '!' })), 'InvalidTrailNameException');
    control.deny('cloudtrail:DescribeTrails');
    await refused(cloudTrail.send(new DescribeTrailsCommand({})), 'AccessDeniedException');
  });
});
