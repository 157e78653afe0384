import assert from 'node:assert/strict';
import {
  CreateApiDestinationCommand,
  type CreateApiDestinationCommandInput,
  CreateConnectionCommand,
  DeleteApiDestinationCommand,
  DeleteConnectionCommand,
  DeleteRuleCommand,
  DescribeApiDestinationCommand,
  DescribeConnectionCommand,
  DescribeEventBusCommand,
  DescribeRuleCommand,
  type EventBridgeClient,
  ListTagsForResourceCommand,
  ListTargetsByRuleCommand,
  PutEventsCommand,
  PutPermissionCommand,
  PutRuleCommand,
  PutTargetsCommand,
  RemovePermissionCommand,
  RemoveTargetsCommand,
  TagResourceCommand,
  type Target,
  UntagResourceCommand,
  UpdateConnectionCommand,
} from '@aws-sdk/client-eventbridge';
import { UpdateAssumeRolePolicyCommand } from '@aws-sdk/client-iam';
import { type AwsControl, startAwsControl } from '../world/aws-control/aws-control.js';
import { ACCOUNT, clientsOf, HOST, layPath, names, QUEUE_ARN, RULE_ARN } from './lay-path.js';
import { refused } from './refused.js';

const PATTERN = JSON.stringify({ source: ['casethread.test'] });

describe('the stand-in of EventBridge', () => {
  let control: AwsControl;
  let events: EventBridgeClient;
  const open = async (...options: Parameters<typeof startAwsControl>) => {
    control = await startAwsControl(...options);
    ({ events } = clientsOf(control));
  };
  afterEach(() => control.stop());

  describe('connections', () => {
    const create = (key = 'key', name = 'casethread') =>
      events.send(
        new CreateConnectionCommand({
          Name: name,
          AuthorizationType: 'API_KEY',
          AuthParameters: { ApiKeyAuthParameters: { ApiKeyName: 'X-Api-Key', ApiKeyValue: key } },
        }),
      );
    const describeIt = () => events.send(new DescribeConnectionCommand({ Name: 'casethread' }));

    it('are AUTHORIZED after a while, and show no secret', async () => {
      await open({ behaviour: { authorizingPolls: 2 } });
      await create('the-secret-key');
      const states = [];
      for (let n = 0; n < 4; n += 1) states.push((await describeIt()).ConnectionState);
      assert.deepEqual(states, ['AUTHORIZING', 'AUTHORIZING', 'AUTHORIZED', 'AUTHORIZED']);
      assert.ok(!JSON.stringify(await describeIt()).includes('the-secret-key'));
    });

    it('are never AUTHORIZED, or DEAUTHORIZED with a reason, when a test wants so', async () => {
      await open({ behaviour: { authorizingPolls: Number.POSITIVE_INFINITY } });
      await create();
      for (let n = 0; n < 5; n += 1) assert.equal((await describeIt()).ConnectionState, 'AUTHORIZING');
      Object.assign(control.behaviour, {
        authorizingPolls: 0,
        authorizes: 'DEAUTHORIZED',
        stateReason: 'No.',
      });
      const key = { ApiKeyAuthParameters: { ApiKeyValue: 'new' } };
      await events.send(new UpdateConnectionCommand({ Name: 'casethread', AuthParameters: key }));
      const { ConnectionState, StateReason } = await describeIt();
      assert.deepEqual([ConnectionState, StateReason], ['DEAUTHORIZED', 'No.']);
    });

    it('are there once, and gone after a while', async () => {
      await open({ behaviour: { deletingPolls: 1 } });
      await refused(describeIt(), 'ResourceNotFoundException');
      await create();
      await refused(create(), 'ResourceAlreadyExistsException');
      await events.send(new DeleteConnectionCommand({ Name: 'casethread' }));
      assert.equal((await describeIt()).ConnectionState, 'DELETING');
      await refused(describeIt(), 'ResourceNotFoundException');
      await create();
    });

    it('refuse names and keys that the model does not know', async () => {
      await open();
      await refused(create('key', 'case thread'), 'ValidationException', /Name/);
      await refused(create('key', 'x'.repeat(65)), 'ValidationException', /Name/);
      await refused(create('a:b'), 'ValidationException', /ApiKeyValue/);
      await refused(create('x'.repeat(513)), 'ValidationException', /ApiKeyValue/);
      const more = { Name: 'casethread', Tags: [] };
      await refused(events.send(new CreateConnectionCommand(more as never)), 'ValidationException');
    });
  });

  describe('API destinations', () => {
    const createAt = (more: Partial<CreateApiDestinationCommandInput>, arn: string) =>
      events.send(
        new CreateApiDestinationCommand({
          Name: 'other',
          ConnectionArn: arn,
          InvocationEndpoint: `https://${HOST}/aws/events`,
          HttpMethod: 'POST',
          ...more,
        }),
      );

    it('take HTTPS and a connection that is there and AUTHORIZED', async () => {
      await open();
      const { destinationArn } = await layPath(control);
      const arn = [...control.region().connections.values()][0]?.arn ?? '';
      await refused(createAt({ InvocationEndpoint: `http://${HOST}/` }, arn), 'ValidationException', /HTTPS/);
      await refused(createAt({}, `${arn}1`), 'ResourceNotFoundException');
      await refused(createAt({}, destinationArn), 'ValidationException', /ConnectionArn/);
      await refused(createAt({ Name: 'casethread' }, arn), 'ResourceAlreadyExistsException');
      for (const connection of control.region().connections.values()) connection.state = 'AUTHORIZING';
      await refused(createAt({}, arn), 'ValidationException', /AUTHORIZING/);
    });

    it('have an id behind their name, another one each time, and are INACTIVE without their connection', async () => {
      await open();
      const { destinationArn } = await layPath(control);
      assert.match(
        destinationArn,
        /^arn:aws:events:us-east-1:111122223333:api-destination\/casethread\/[0-9a-f-]{36}$/,
      );
      const arn = [...control.region().connections.values()][0]?.arn ?? '';
      await events.send(new DeleteApiDestinationCommand({ Name: 'casethread' }));
      const again = await createAt({ Name: 'casethread' }, arn);
      assert.notEqual(again.ApiDestinationArn, destinationArn);
      await events.send(new DeleteConnectionCommand({ Name: 'casethread' }));
      const { ApiDestinationState } = await events.send(
        new DescribeApiDestinationCommand({ Name: 'casethread' }),
      );
      assert.equal(ApiDestinationState, 'INACTIVE');
    });
  });

  describe('rules', () => {
    it('are replaced by PutRule as a whole, but for targets and tags', async () => {
      await open();
      await layPath(control);
      const tags = () => events.send(new ListTagsForResourceCommand({ ResourceARN: RULE_ARN }));
      await events.send(new TagResourceCommand({ ResourceARN: RULE_ARN, Tags: [{ Key: 'a', Value: 'b' }] }));
      const put = { Name: 'casethread', EventPattern: PATTERN, Description: 'mine' };
      await events.send(new PutRuleCommand({ ...put, State: 'DISABLED', Tags: [{ Key: 'c', Value: 'd' }] }));
      await events.send(new PutRuleCommand({ Name: 'casethread', EventPattern: PATTERN }));
      const rule = await events.send(new DescribeRuleCommand({ Name: 'casethread' }));
      assert.deepEqual([rule.State, rule.Description, rule.EventPattern], ['ENABLED', undefined, PATTERN]);
      const { Targets } = await events.send(new ListTargetsByRuleCommand({ Rule: 'casethread' }));
      assert.equal(Targets?.length, 1);
      assert.deepEqual((await tags()).Tags, [{ Key: 'a', Value: 'b' }]);
      await events.send(new UntagResourceCommand({ ResourceARN: RULE_ARN, TagKeys: ['a'] }));
      assert.deepEqual((await tags()).Tags, []);
    });

    it('cannot be deleted while they have targets', async () => {
      await open();
      await layPath(control);
      const remove = () => events.send(new DeleteRuleCommand({ Name: 'casethread' }));
      await refused(remove(), 'ValidationException', /targets/);
      await events.send(new RemoveTargetsCommand({ Rule: 'casethread', Ids: ['casethread'] }));
      await remove();
      await remove();
      await refused(
        events.send(new DescribeRuleCommand({ Name: 'casethread' })),
        'ResourceNotFoundException',
      );
    });

    const wrong: [what: string, pattern: string][] = [
      ['no JSON', 'source'],
      ['a value that is no list', '{"source":"aws.support"}'],
      ['what it does not understand', '{"source":[{"prefix":"aws."}]}'],
      ['nothing', '{}'],
      ['an alternative to nothing', '{"detail":{"$or":[{"errorCode":["a"]}]}}'],
      ['an alternative without a list', '{"detail":{"$or":{"errorCode":["a"]}}}'],
      ['alternatives that are values', '{"detail":{"$or":["a","b"]}}'],
      [
        'alternatives without the names of fields',
        '{"detail":{"$or":[{"exists":[true]},{"errorCode":["a"]}]}}',
      ],
      ['a filter beside a list', '{"detail":{"errorCode":{"exists":true}}}'],
    ];
    for (const [what, EventPattern] of wrong) {
      it(`refuse as a pattern ${what}`, async () => {
        await open();
        await refused(
          events.send(new PutRuleCommand({ Name: 'a', EventPattern })),
          'InvalidEventPatternException',
        );
      });
    }

    it('are on the default bus of their Region alone; connections cannot be tagged', async () => {
      await open();
      await layPath(control);
      const { events: elsewhere } = clientsOf(control, 'us-west-2');
      await refused(
        elsewhere.send(new DescribeRuleCommand({ Name: 'casethread' })),
        'ResourceNotFoundException',
      );
      const onOther = new PutRuleCommand({ Name: 'a', EventPattern: PATTERN, EventBusName: 'other' });
      await refused(events.send(onOther), 'ResourceNotFoundException');
      const arn = [...control.region().connections.values()][0]?.arn;
      await refused(
        events.send(new TagResourceCommand({ ResourceARN: arn, Tags: [] })),
        'ValidationException',
      );
    });
  });

  describe('targets', () => {
    const target = (): Target =>
      [...(control.region().rules.get('casethread')?.targets.values() ?? [])][0] as Target;
    const put = (more: Partial<Target>) =>
      events.send(new PutTargetsCommand({ Rule: 'casethread', Targets: [{ ...target(), ...more }] }));

    it('need a role that EventBridge may take for this rule', async () => {
      await open();
      const { iam } = await layPath(control);
      const { RoleArn: _, ...without } = target();
      const command = new PutTargetsCommand({ Rule: 'casethread', Targets: [without] });
      await refused(events.send(command), 'ValidationException', /RoleArn is required/);
      const other = `arn:aws:iam::${ACCOUNT}:role/other`;
      await refused(put({ RoleArn: other }), 'ValidationException', /cannot be assumed by principal/);
      const trust = (service: string, arn: string) =>
        new UpdateAssumeRolePolicyCommand({
          RoleName: names.role,
          PolicyDocument: JSON.stringify({
            Version: '2012-10-17',
            Statement: [
              {
                Effect: 'Allow',
                Principal: { Service: service },
                Action: 'sts:AssumeRole',
                Condition: { ArnLike: { 'aws:SourceArn': arn } },
              },
            ],
          }),
        });
      await iam.send(trust('lambda.amazonaws.com', RULE_ARN));
      await refused(put({}), 'ValidationException', /cannot be assumed by principal/);
      await iam.send(trust('events.amazonaws.com', `${RULE_ARN}2`));
      await refused(put({}), 'ValidationException', /cannot be assumed by principal/);
      await iam.send(trust('events.amazonaws.com', RULE_ARN));
      assert.equal((await put({})).FailedEntryCount, 0);
    });

    it('do not see a role at once, when a test wants so', async () => {
      await open();
      const { iam } = await layPath(control);
      control.behaviour.freshRoleCalls = 2;
      const document = control.account(ACCOUNT).roles.get(names.role)?.trust ?? '';
      await iam.send(new UpdateAssumeRolePolicyCommand({ RoleName: names.role, PolicyDocument: document }));
      await refused(put({}), 'ValidationException', /cannot be assumed/);
      await refused(put({}), 'ValidationException', /cannot be assumed/);
      assert.equal((await put({})).FailedEntryCount, 0);
    });

    it('say in the answer which of them failed', async () => {
      await open();
      await layPath(control);
      const answer = await put({ Id: 'second', Arn: `${target().Arn}0` });
      assert.equal(answer.FailedEntryCount, 1);
      assert.equal(answer.FailedEntries?.[0]?.TargetId, 'second');
      assert.equal(answer.FailedEntries?.[0]?.ErrorCode, 'ResourceNotFoundException');
      const { Targets } = await events.send(new ListTargetsByRuleCommand({ Rule: 'casethread' }));
      assert.deepEqual(
        Targets?.map(({ Id }) => Id),
        ['casethread'],
      );
    });

    it('refuse a queue elsewhere, retries without end, and a sixth', async () => {
      await open();
      await layPath(control);
      const elsewhere = { Arn: QUEUE_ARN.replace('us-east-1', 'eu-west-1') };
      await refused(put({ DeadLetterConfig: elsewhere }), 'ValidationException', /standard queue/);
      await refused(
        put({ DeadLetterConfig: { Arn: `${QUEUE_ARN}.fifo` } }),
        'ValidationException',
        /standard queue/,
      );
      await refused(put({ RetryPolicy: { MaximumRetryAttempts: 186 } }), 'ValidationException');
      await refused(put({ RetryPolicy: { MaximumEventAgeInSeconds: 59 } }), 'ValidationException');
      for (const Id of ['2', '3', '4', '5']) await put({ Id });
      await refused(put({ Id: '6' }), 'LimitExceededException');
    });

    it('need iam:PassRole of who puts them', async () => {
      await open();
      await layPath(control);
      control.deny('iam:PassRole');
      await refused(put({}), 'AccessDeniedException', /iam:PassRole/);
    });
  });

  it('lets accounts of an organization put events on the bus, and takes that back', async () => {
    await open();
    const org = { Type: 'StringEquals', Key: 'aws:PrincipalOrgID', Value: 'o-1234567890' };
    const put = { Action: 'events:PutEvents', Principal: '*', StatementId: 'org', Condition: org };
    await events.send(new PutPermissionCommand(put));
    const policy = async () => (await events.send(new DescribeEventBusCommand({}))).Policy;
    assert.match((await policy()) ?? '', /o-1234567890/);
    const remove = () => events.send(new RemovePermissionCommand({ StatementId: 'org' }));
    await remove();
    assert.equal(await policy(), undefined);
    await refused(remove(), 'ResourceNotFoundException');
    await refused(events.send(new PutPermissionCommand({ Principal: 'me' })), 'ValidationException');
  });

  it('refuses events in the name of AWS, and says of each what is wrong', async () => {
    await open();
    const { FailedEntryCount, Entries } = await events.send(
      new PutEventsCommand({
        Entries: [
          { Source: 'aws.support', DetailType: 'Support Case Update', Detail: '{}' },
          { Source: 'mine', DetailType: 'x', Detail: '[]' },
          { Source: 'mine', Detail: '{}' },
          { Source: 'mine', DetailType: 'x', Detail: '{}' },
        ],
      }),
    );
    assert.equal(FailedEntryCount, 3);
    assert.deepEqual(
      Entries?.map(({ ErrorCode }) => ErrorCode),
      ['NotAuthorizedForSourceException', 'MalformedDetail', 'InvalidArgument', undefined],
    );
    await refused(events.send(new PutEventsCommand({ Entries: [] })), 'ValidationException');
  });
});
