import assert from 'node:assert/strict';
import {
  type EventBridgeClient,
  PutRuleCommand,
  PutTargetsCommand,
  type RuleState,
  type Target,
} from '@aws-sdk/client-eventbridge';
import { CreateRoleCommand, PutRolePolicyCommand } from '@aws-sdk/client-iam';
import { invokeTrust } from '../../src/event-path/documents.js';
import { type AwsControl, startAwsControl } from '../world/aws-control/aws-control.js';
import { ACCOUNT, clientsOf } from './lay-path.js';
import { refused } from './refused.js';

const SOURCE = 'aws.supportplans';
const busIn = (region: string) => `arn:aws:events:${region}:${ACCOUNT}:event-bus/default`;
const ROLE = `arn:aws:iam::${ACCOUNT}:role/forward`;

describe('the stand-in of EventBridge forwards', () => {
  let control: AwsControl;
  beforeEach(async () => {
    control = await startAwsControl();
  });
  afterEach(() => control.stop());

  const eventsIn = (region: string): EventBridgeClient => clientsOf(control, region).events;
  const putRule = (region: string, pattern: object = { source: [SOURCE] }, State: RuleState = 'ENABLED') =>
    eventsIn(region).send(
      new PutRuleCommand({ Name: 'plans', EventPattern: JSON.stringify(pattern), State }),
    );
  const putRole = async (regions: readonly string[], resource = '*') => {
    const { iam } = clientsOf(control);
    const rules = regions.map((region) => `arn:aws:events:${region}:${ACCOUNT}:rule/plans`);
    const AssumeRolePolicyDocument = JSON.stringify(invokeTrust(rules, ACCOUNT));
    await iam.send(new CreateRoleCommand({ RoleName: 'forward', AssumeRolePolicyDocument }));
    const statement = { Effect: 'Allow', Action: 'events:PutEvents', Resource: resource };
    const PolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement: [statement] });
    await iam.send(new PutRolePolicyCommand({ RoleName: 'forward', PolicyName: 'forward', PolicyDocument }));
  };
  const putTarget = (region: string, target: Partial<Target>) =>
    eventsIn(region).send(
      new PutTargetsCommand({
        Rule: 'plans',
        Targets: [{ Id: 'bus', Arn: busIn('us-east-1'), RoleArn: ROLE, ...target }],
      }),
    );
  /** Which rules an event of plans comes to. */
  const reached = async (detail: object = { eventName: 'StartSupportPlanUpdate', readOnly: false }) => {
    const seen: string[] = [];
    for (const region of ['us-east-1', 'us-west-2', 'eu-west-1']) {
      const { rules } = control.region(region);
      for (const rule of rules.values()) {
        const { targets } = rule;
        Object.defineProperty(rule, 'targets', {
          configurable: true,
          get: () => {
            seen.push(region);
            return targets;
          },
        });
      }
    }
    const type = 'AWS API Call via CloudTrail';
    control.emit({ source: SOURCE, 'detail-type': type, account: ACCOUNT, region: 'us-west-2', detail });
    await control.idle();
    return seen;
  };

  it('to a bus of another Region, by a role that may, and one hop far', async () => {
    await putRole(['us-west-2', 'us-east-1']);
    for (const region of ['us-west-2', 'us-east-1', 'eu-west-1']) await putRule(region);
    await putTarget('us-west-2', {});
    await putTarget('us-east-1', { Arn: busIn('eu-west-1') });
    assert.deepEqual(await reached(), ['us-west-2', 'us-east-1']);
  });

  it('nothing by a role that may not', async () => {
    await putRole(['us-west-2'], busIn('eu-west-1'));
    await putRule('us-west-2');
    await putRule('us-east-1');
    await putTarget('us-west-2', {});
    assert.deepEqual(await reached(), ['us-west-2']);
  });

  it('calls that read to rules of a state of its own', async () => {
    await putRule('us-west-2');
    assert.deepEqual(await reached({ eventName: 'GetSupportPlan', readOnly: true }), []);
    await putRule('us-west-2', { source: [SOURCE] }, 'ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS');
    assert.deepEqual(await reached({ eventName: 'GetSupportPlan', readOnly: true }), ['us-west-2']);
    await putRule('us-west-2', { source: [SOURCE] }, 'DISABLED');
    assert.deepEqual(await reached(), []);
  });

  it('not what a pattern leaves out, nor what does not say', async () => {
    await putRule('us-west-2', { detail: { eventName: [{ 'anything-but': ['StartSupportPlanUpdate'] }] } });
    assert.deepEqual(await reached(), []);
    assert.deepEqual(await reached({ readOnly: false }), []);
    assert.deepEqual(await reached({ eventName: 'CreateSupportPlanSchedule' }), ['us-west-2']);
    await refused(putRule('us-west-2', { source: [{ 'anything-but': [] }] }), 'InvalidEventPatternException');
  });

  it('what one of several alternatives takes', async () => {
    const $or = [
      { eventName: ['CreateCase'] },
      { by: { type: ['Root'] } },
      { errorCode: [{ exists: true }] },
    ];
    await putRule('us-west-2', { source: [SOURCE], detail: { $or } });
    const taken = { eventName: 'CreateCase' };
    for (const detail of [
      taken,
      { by: { type: 'Root' } },
      { errorCode: 'AccessDenied' },
      { errorCode: null },
    ])
      assert.deepEqual(await reached(detail), ['us-west-2'], JSON.stringify(detail));
    // What has fields of its own is no value, and an empty list has none.
    for (const detail of [{ eventName: 'ResolveCase' }, { errorCode: { of: 'it' } }, { errorCode: [] }, {}])
      assert.deepEqual(await reached(detail), [], JSON.stringify(detail));
    await putRule('us-west-2', { source: ['aws.support'], detail: { $or } });
    assert.deepEqual(await reached(taken), []);
  });

  it('and refuses targets that cannot be', async () => {
    await putRole(['us-west-2']);
    await putRule('us-west-2');
    const wrong: [target: Partial<Target>, says: RegExp][] = [
      [{ RoleArn: undefined }, /RoleArn is required/],
      [{ RoleArn: `${ROLE}s` }, /cannot be assumed/],
      [{ Arn: busIn('us-west-2') }, /is the event bus of the rule itself/],
      [{ HttpParameters: {} }, /is no API destination/],
      [
        { DeadLetterConfig: { Arn: `arn:aws:sqs:us-east-1:${ACCOUNT}:q` } },
        /not a standard queue in us-west-2/,
      ],
      [{ Arn: `arn:aws:events:us-east-1:${ACCOUNT}:api-destination/casethread/1` }, /of the rule's Region/],
    ];
    for (const [target, says] of wrong)
      await refused(putTarget('us-west-2', target), 'ValidationException', says);
    const answer = await putTarget('us-west-2', { Arn: busIn('ap-south-1') });
    assert.equal(answer.FailedEntries?.[0]?.ErrorCode, 'ResourceNotFoundException');
    assert.equal(control.region('us-west-2').rules.get('plans')?.targets.size, 0);
  });
});
