import assert from 'node:assert/strict';
import { putMessage } from '../world/aws-control/sqs/queue.js';
import { ACCOUNT, type ConnectStage, connectStage, KEY, URL_OF_BOT } from './run-connect.js';

/** All calls that change something, with the permission that each takes, in the order of a fresh account. */
const STEPS: readonly [operation: string, action: string][] = [
  ['CreateConnection', 'events:CreateConnection'],
  ['CreateApiDestination', 'events:CreateApiDestination'],
  ['CreateQueue', 'sqs:CreateQueue'],
  ['SetQueueAttributes', 'sqs:SetQueueAttributes'],
  ['PutRule', 'events:PutRule'],
  ['CreateRole', 'iam:CreateRole'],
  ['PutRolePolicy', 'iam:PutRolePolicy'],
  ['PutTargets', 'events:PutTargets'],
  ['PutPermission', 'events:PutPermission'],
];
const ORGANIZED = ['--url', URL_OF_BOT, '--organization', 'o-abcdefghij'];

describe('npm run connect, when AWS does not do it', () => {
  let stage: ConnectStage;
  beforeEach(async () => {
    stage = await connectStage();
  });
  afterEach(() => stage.stop());

  const isComplete = async () => {
    const again = await stage.run(ORGANIZED);
    assert.equal(again.code, 0, again.text);
    assert.deepEqual((await stage.run(ORGANIZED)).writes, []);
    assert.equal(stage.region.rules.get('casethread')?.targets.size, 1);
    assert.equal(stage.region.connections.get('casethread')?.keyValue, KEY);
  };

  for (const [operation, action] of STEPS) {
    it(`says that ${action} is not allowed, where it stopped, and goes on from there`, async () => {
      stage.aws.deny(action);
      const ran = await stage.run(ORGANIZED);
      assert.equal(ran.code, 1);
      assert.match(ran.text, / {2}failed$/m);
      assert.ok(ran.text.includes(`These credentials may not do ${action} on `), ran.text);
      assert.match(ran.text, /Then run it again: it goes on from here\.$/);
      assert.ok(!ran.text.includes(KEY));
      stage.aws.deny();
      await isComplete();
    });

    it(`is killed before and after ${operation}, and goes on from there`, async () => {
      for (const kind of ['hangup-before', 'hangup-after'] as const) {
        const fault = stage.aws.fault(operation, { kind });
        const ran = await stage.run(ORGANIZED);
        assert.equal(fault.hits, 1, ran.text);
        assert.equal(ran.code, 1, ran.text);
        assert.match(ran.text, /AWS gave no answer \(\w+:\w+\)\./);
      }
      await isComplete();
    });

    it(`does ${operation} again when its answer is lost, and that does no harm`, async () => {
      stage.repeatCalls();
      const fault = stage.aws.fault(operation, { kind: 'hangup-after' });
      const ran = await stage.run(ORGANIZED);
      assert.equal(ran.code, 0, ran.text);
      assert.equal(fault.hits, 1);
      assert.deepEqual((await stage.run(ORGANIZED)).writes, []);
    });
  }

  it('names each permission to read that is missing, at once, and writes nothing', async () => {
    stage.aws.deny('events:DescribeRule', 'sqs:GetQueueUrl', 'iam:GetRole');
    const ran = await stage.run();
    assert.equal(ran.code, 1);
    for (const action of ['events:DescribeRule', 'sqs:GetQueueUrl', 'iam:GetRole'])
      assert.ok(ran.text.includes(`may not do ${action} on`), ran.text);
    assert.deepEqual(ran.writes, []);
  });

  it('names the permission behind the call: the role is passed, the secret is made', async () => {
    stage.aws.deny('iam:PassRole');
    assert.match(
      (await stage.run()).text,
      /These credentials may not do iam:PassRole on the rule casethread\./,
    );
    const other = await connectStage({ deny: ['iam:CreateServiceLinkedRole'] });
    assert.match(
      (await other.run()).text,
      /may not do iam:CreateServiceLinkedRole on the connection casethread\./,
    );
    await other.stop();
  });

  it('says that a connection never became AUTHORIZED, with the reason', async () => {
    Object.assign(stage.aws.behaviour, { authorizes: 'DEAUTHORIZED', stateReason: 'The secret is gone' });
    const ran = await stage.run();
    assert.equal(ran.code, 1);
    assert.match(
      ran.text,
      /The connection casethread did not become AUTHORIZED: it is DEAUTHORIZED\. AWS says: The secret is gone\./,
    );
    assert.deepEqual(ran.writes, ['CreateConnection']);
    stage.aws.behaviour.authorizes = 'AUTHORIZED';
    await isComplete();
  });

  const NOT_YET: [operation: string, name: string][] = [
    ['CreateApiDestination', 'ResourceNotFoundException'],
    ['SetQueueAttributes', 'QueueDoesNotExist'],
    ['PutRolePolicy', 'NoSuchEntity'],
    ['PutTargets', 'ResourceNotFoundException'],
  ];
  for (const [operation, name] of NOT_YET) {
    it(`waits where ${operation} does not know yet what was made a moment ago, and not for ever`, async () => {
      const fault = stage.aws.fault(operation, { kind: 'error', name, status: 400, times: 3 });
      const ran = await stage.run(ORGANIZED);
      assert.equal(ran.code, 0, ran.text);
      assert.equal(fault.hits, 3);
      await stage.run(['--remove']);
      stage.aws.fault(operation, { kind: 'error', name, status: 400, times: 1000 });
      const never = await stage.run(ORGANIZED);
      assert.equal(never.code, 1);
      assert.ok(never.text.includes(`(${name}`), never.text);
    });
  }

  it('waits for a role that IAM does not show yet when the rule is to get it', async () => {
    const fault = stage.aws.fault('GetRole', { kind: 'error', name: 'NoSuchEntity', status: 404, times: 3 });
    const ran = await stage.run();
    assert.equal(ran.code, 0, ran.text);
    assert.equal(fault.hits, 3);
  });

  it('gives a connection a minute, and takes it up the next time', async () => {
    stage.aws.behaviour.authorizingPolls = Number.POSITIVE_INFINITY;
    const ran = await stage.run();
    assert.match(ran.text, /did not become AUTHORIZED: it is AUTHORIZING\. AWS gives no reason\./);
    const connection = stage.region.connections.get('casethread');
    assert.ok(connection !== undefined);
    connection.pollsLeft = 3;
    const again = await stage.run();
    assert.equal(again.code, 0, again.text);
    assert.match(again.text, /connection +casethread +waited for: it is AUTHORIZING/);
    assert.ok(!again.writes.includes('UpdateConnection'));
  });

  it('waits for a connection of that name that is being deleted', async () => {
    await stage.run();
    stage.aws.behaviour.deletingPolls = 4;
    await stage.run(['--remove']);
    const ran = await stage.run();
    assert.equal(ran.code, 0, ran.text);
    assert.equal(stage.region.connections.get('casethread')?.state, 'AUTHORIZED');
  });

  it('waits until the name of a queue is free again', async () => {
    await stage.run();
    await stage.run(['--remove']);
    const fault = stage.aws.fault('CreateQueue', { kind: 'error', name: 'QueueDeletedRecently', times: 3 });
    const ran = await stage.run();
    assert.equal(ran.code, 0, ran.text);
    assert.equal(fault.hits, 3);
  });

  const SENTENCES: [
    what: string,
    operation: string,
    error: { name: string; message?: string },
    says: RegExp,
  ][] = [
    [
      'the policy of the queue is refused',
      'SetQueueAttributes',
      { name: 'InvalidAttributeValue', message: 'Invalid value for the parameter Policy.' },
      /AWS refused sqs:SetQueueAttributes for the policy of the queue casethread-undelivered: Invalid value for the parameter Policy\. \(InvalidAttributeValue\)/,
    ],
    [
      'there are too many rules',
      'PutRule',
      {
        name: 'LimitExceededException',
        message: 'The requested resource exceeds the maximum number allowed',
      },
      /as many as AWS allows.*maximum number allowed\.\n.*Service Quotas/,
    ],
    [
      'somebody else works on the same rule all the time',
      'PutRule',
      { name: 'ConcurrentModificationException' },
      /Somebody else changes the rule casethread at the same moment\./,
    ],
    [
      'AWS limits calls, again and again',
      'PutRule',
      { name: 'ThrottlingException', message: 'Rate exceeded' },
      /AWS limits calls at the moment \(events:PutRule\)\.\nWait a minute\. Then run it again/,
    ],
    [
      'a policy of the organization forbids it',
      'CreateRole',
      {
        name: 'AccessDenied',
        message:
          'User: arn:aws:iam::111122223333:user/operator is not authorized to perform: iam:CreateRole on resource: arn:aws:iam::111122223333:role/casethread-events with an explicit deny in a service control policy',
      },
      /A policy forbids these credentials iam:CreateRole on arn:aws:iam::111122223333:role\/casethread-events, explicitly\.\n.*\(SCP\)/,
    ],
    [
      'the role is never known',
      'PutTargets',
      {
        name: 'ValidationException',
        message: "Provided role 'x' cannot be assumed by principal 'events.amazonaws.com'.",
      },
      /EventBridge cannot take the role yet\./,
    ],
  ];
  for (const [what, operation, error, says] of SENTENCES) {
    it(`says so, and goes on the next time: ${what}`, async () => {
      stage.aws.fault(operation, { kind: 'error', status: 400, times: 1000, ...error });
      const ran = await stage.run();
      assert.equal(ran.code, 1);
      assert.match(ran.text, says);
      stage.aws.clearFaults();
      await isComplete();
    });
  }

  it('gets through when AWS limits a call, has an error of its own, or is changed by another, once', async () => {
    stage.repeatCalls();
    stage.aws.fault('PutRule', { kind: 'throttle' });
    stage.aws.fault('CreateRole', { kind: 'status', status: 503 });
    stage.aws.fault('PutTargets', { kind: 'error', name: 'ConcurrentModificationException', status: 400 });
    assert.equal((await stage.run()).code, 0);
    await isComplete();
  });

  it('does not print the key, also when AWS repeats it', async () => {
    const old = 'the-old-key-of-the-tests';
    const message = `1 validation error detected: Value '${KEY}' (not ${old}) failed to satisfy constraint`;
    stage.aws.fault('CreateConnection', { kind: 'error', name: 'ValidationException', status: 400, message });
    const ran = await stage.run(undefined, { EVENT_API_KEY: `${KEY}, ${old}` });
    assert.equal(ran.code, 1);
    assert.match(ran.text, /Value '\(EVENT_API_KEY\)' \(not \(EVENT_API_KEY\)\) failed/);
  });

  it('says that credentials have expired, or are wrong', async () => {
    const [credentials] = stage.aws.credentials;
    assert.ok(credentials !== undefined);
    credentials.expired = true;
    const ran = await stage.run();
    assert.equal(ran.code, 1);
    assert.match(ran.text, /The AWS credentials have expired\.\nSign in again/);
    credentials.expired = false;
    stage.aws.fault('GetCallerIdentity', { kind: 'error', name: 'InvalidClientTokenId', status: 403 });
    assert.match(
      (await stage.run()).text,
      /AWS does not accept these credentials in us-east-1 \(InvalidClientTokenId\)/,
    );
  });

  it('refuses Regions in which no event would ever come, before it calls AWS', async () => {
    const says: [region: string, sentence: RegExp][] = [
      ['eu-central-1', /AWS Support sends no events in eu-central-1.*Choose us-east-1/],
      ['cn-north-1', /sends no events in China.*the sweep/],
      ['us-gov-west-1', /no API destinations in GovCloud.*the sweep/],
    ];
    for (const [region, sentence] of says) {
      const ran = await stage.run(['--url', URL_OF_BOT, '--region', region]);
      assert.equal(ran.code, 1);
      assert.match(ran.text, sentence);
    }
    assert.equal(stage.aws.calls.length, 0);
  });

  it('says what is wrong with what was typed or set', async () => {
    const says: [args: string[], environment: Record<string, string>, sentence: RegExp][] = [
      [[], {}, /Where is the bot reached\? Say it with --url/],
      [['--url', 'http://casethread.example.com'], {}, /PUBLIC_URL\n.*not https:\/\//s],
      [
        ['--url', URL_OF_BOT],
        { EVENT_API_KEY: '' },
        /Nothing was done\. One setting needs.*EVENT_API_KEY\n.*missing/s,
      ],
      ...['localhost', '10.0.0.1', '192.168.1.1:8443', '[::1]', 'bot', 'bot.internal'].map(
        (host): [string[], Record<string, string>, RegExp] => [
          ['--url', `https://${host}`],
          {},
          /EventBridge comes from the internet, and does not reach https:/,
        ],
      ),
      [['--url', URL_OF_BOT, '--name', 'x'.repeat(41)], {}, /EVENTS_NAME\n.*1 to 40/s],
      [['--url', URL_OF_BOT, '--organization', 'ou-abc'], {}, /not the id of an organization/],
      [['--remove', '--test'], {}, /--remove and --test do not go together/],
      [['--dry-run', '--test'], {}, /--dry-run and --test do not go together/],
      [['--adopt', '--test'], {}, /--adopt and --test do not go together/],
      [['--force'], {}, /--force goes with --remove/],
      [['--delete'], {}, /Unknown option '--delete'\.\nnpm run connect -- --help/],
    ];
    for (const [args, environment, sentence] of says) {
      const ran = await stage.run(args, environment);
      assert.equal(ran.code, 1, args.join(' '));
      assert.match(ran.text, sentence);
    }
    assert.equal(stage.aws.calls.length, 0);
    const help = await stage.run(['--help'], { EVENT_API_KEY: '' });
    assert.equal(help.code, 0);
    assert.match(help.text, /--dry-run/);
  });

  it('does nothing when npm has taken the options for itself, and says how to write them', async () => {
    const byNpm = { npm_lifecycle_event: 'connect', npm_config_dry_run: 'true', npm_config_profile: 'true' };
    const ran = await stage.run(['--url', URL_OF_BOT], byNpm);
    assert.equal(ran.code, 1);
    assert.match(ran.text, /^npm has taken --profile, --dry-run for itself: .*Nothing was done\./);
    assert.match(ran.text, /^Write npm run connect -- --profile … --dry-run\./m);
    assert.equal(stage.aws.calls.length, 0);
    const given = await stage.run(['--url', URL_OF_BOT, '--dry-run', '--profile=default'], byNpm);
    assert.equal(given.code, 0, given.text);
    assert.equal(
      (await stage.run(['--url', URL_OF_BOT], { npm_config_dry_run: 'true' })).code,
      0,
      'not by npm',
    );
  });

  describe('--remove', () => {
    it('takes away all, last made first, and nothing is left', async () => {
      await stage.run(ORGANIZED);
      const ran = await stage.run(['--remove'], { EVENT_API_KEY: '' });
      assert.equal(ran.code, 0, ran.text);
      assert.deepEqual(ran.writes, [
        'RemovePermission',
        'RemoveTargets',
        'DeleteRolePolicy',
        'DeleteRole',
        'DeleteRule',
        'DeleteApiDestination',
        'DeleteConnection',
        'DeleteQueue',
      ]);
      assert.match(ran.text, /Nothing of the way of the events is left\.$/);
      const { connections, destinations, queues, rules, busPolicy } = stage.region;
      for (const all of [
        connections,
        destinations,
        queues,
        rules,
        busPolicy,
        stage.aws.account(ACCOUNT).roles,
      ])
        assert.equal(all.size, 0);
      const again = await stage.run(['--remove']);
      assert.equal(again.code, 0, again.text);
      assert.deepEqual(again.writes, []);
    });

    it('only says what it would remove, with --dry-run', async () => {
      await stage.run(ORGANIZED);
      const ran = await stage.run(['--remove', '--dry-run']);
      assert.deepEqual(ran.writes, []);
      assert.equal(ran.text.match(/would be removed$/gm)?.length, 8, ran.text);
    });

    it('keeps a queue that holds events, says how many, and removes it with --force', async () => {
      await stage.run();
      // The bot is nowhere: what is sent goes to the queue.
      for (let n = 0; n < 2; n += 1)
        stage.aws.emit({
          account: ACCOUNT,
          region: 'us-east-1',
          source: 'aws.support',
          'detail-type': 'Support Case Update',
        });
      await stage.aws.idle();
      const ran = await stage.run(['--remove']);
      assert.equal(ran.code, 0, ran.text);
      assert.match(
        ran.text,
        /queue +casethread-undelivered +stays: it holds 2 events that were not delivered/,
      );
      assert.equal(stage.region.rules.size, 0);
      const forced = await stage.run(['--remove', '--force']);
      assert.deepEqual(forced.writes, ['DeleteQueue']);
    });

    it('keeps the queue when an event falls into it while the rest is taken away', async () => {
      await stage.run();
      const queue = stage.region.queues.get('casethread-undelivered');
      assert.ok(queue !== undefined);
      const held = stage.aws.fault('DeleteConnection', { kind: 'hold-before' });
      const running = stage.run(['--remove']);
      await held.reached;
      putMessage(stage.aws.desk(), queue, '{}', {});
      held.release();
      const ran = await running;
      assert.match(
        ran.text,
        /queue +casethread-undelivered +stays: it holds one event that was not delivered/,
      );
      assert.equal(queue.messages.length, 1);
      assert.ok(
        (queue.messages[0]?.visibleAt ?? Number.POSITIVE_INFINITY) <= Date.now(),
        'anybody may have it',
      );
      assert.ok(!ran.text.includes('is gone with it'));
    });

    it('notices an event that AWS does not count yet', async () => {
      await stage.run();
      const queue = stage.region.queues.get('casethread-undelivered');
      assert.ok(queue !== undefined);
      const waits = stage.aws.fault('ReceiveMessage', { kind: 'hold-before' });
      const running = stage.run(['--remove']);
      await waits.reached;
      putMessage(stage.aws.desk(), queue, '{}', {});
      waits.release();
      assert.match((await running).text, /queue +casethread-undelivered +stays: it holds one event/);
    });

    it('leaves what is not ours, and what others use', async () => {
      await stage.run();
      const rule = stage.region.rules.get('casethread');
      const target = rule?.targets.get('casethread');
      assert.ok(target !== undefined);
      rule?.targets.set('other', { Id: 'other', Arn: 'arn:aws:sns:us-east-1:111122223333:other' });
      const role = stage.aws.account(ACCOUNT).roles.get('casethread-events');
      role?.policies.set('more', '{"Version":"2012-10-17","Statement":[]}');
      const queue = stage.region.queues.get('casethread-undelivered');
      queue?.tags.clear();
      queue?.attributes.set(
        'Policy',
        (queue.attributes.get('Policy') ?? '').replace('events.amazonaws', 'sns.amazonaws'),
      );
      const ran = await stage.run(['--remove']);
      assert.equal(ran.code, 0, ran.text);
      assert.match(ran.text, /rule +casethread +stays: it has other targets: arn:/);
      assert.match(ran.text, /role +casethread-events +stays: somebody has given it more policies/);
      assert.match(
        ran.text,
        /queue +casethread-undelivered +stays: .*others than EventBridge may put into it/,
      );
      assert.deepEqual([...(rule?.targets.keys() ?? [])], ['other']);
      assert.match(ran.text, /What stays is named above\./);
    });

    it('leaves a queue of the same name that nothing tells to be ours', async () => {
      await stage.run();
      const queue = stage.region.queues.get('casethread-undelivered');
      await stage.run(['--remove']);
      assert.ok(queue !== undefined);
      queue.tags.clear();
      queue.attributes.delete('Policy');
      stage.region.queues.set('casethread-undelivered', queue);
      const ran = await stage.run(['--remove']);
      assert.match(ran.text, /queue +casethread-undelivered +stays: .*neither the tag nor a policy/);
      assert.deepEqual(ran.writes, []);
    });

    it('leaves what another target of the rule uses', async () => {
      await stage.run();
      const { rules, destinations, connections, queues } = stage.region;
      const rule = rules.get('casethread');
      const target = rule?.targets.get('casethread');
      assert.ok(target !== undefined);
      rule?.targets.set('other', { ...target, Id: 'other' });
      const ran = await stage.run(['--remove']);
      assert.deepEqual(ran.writes, ['RemoveTargets']);
      assert.equal(ran.text.match(/stays: the target other of the rule uses it$/gm)?.length, 5, ran.text);
      assert.deepEqual([destinations.size, connections.size, queues.size], [1, 1, 1]);
      assert.ok(stage.aws.account(ACCOUNT).roles.get('casethread-events')?.policies.has('invoke'));
    });

    it('leaves all parts of a stack of CloudFormation, also those that carry none of its tags', async () => {
      for (const tagged of ['rule', 'queue', 'role']) {
        const other = await connectStage();
        await other.run(ORGANIZED);
        const tags = {
          rule: other.region.rules.get('casethread')?.tags,
          queue: other.region.queues.get('casethread-undelivered')?.tags,
          role: other.aws.account(ACCOUNT).roles.get('casethread-events')?.tags,
        }[tagged];
        tags?.set('aws:cloudformation:stack-name', 'support');
        const ran = await other.run(['--remove']);
        assert.equal(ran.code, 1);
        assert.match(
          ran.text,
          /belongs to the CloudFormation stack support\. Nothing was changed\.\nDelete that stack/,
        );
        assert.deepEqual(ran.writes, []);
        await other.stop();
      }
    });

    it('leaves a role that the way of another Region uses', async () => {
      await stage.run();
      const role = stage.aws.account(ACCOUNT).roles.get('casethread-events');
      assert.ok(role !== undefined);
      role.trust = role.trust.replace('us-east-1', 'us-west-2');
      const ran = await stage.run(['--remove']);
      assert.match(ran.text, /role +casethread-events +stays: .* the way of the events in us-west-2 uses it/);
      assert.ok(role.policies.has('invoke'));
    });

    it('goes on where it was stopped', async () => {
      await stage.run(ORGANIZED);
      for (const operation of [
        'RemovePermission',
        'RemoveTargets',
        'DeleteRolePolicy',
        'DeleteRole',
        'DeleteRule',
      ]) {
        for (const kind of ['hangup-before', 'hangup-after'] as const) {
          stage.aws.fault(operation, { kind });
          assert.equal((await stage.run(['--remove'])).code, 1);
        }
      }
      stage.aws.deny('events:DeleteApiDestination');
      const ran = await stage.run(['--remove']);
      assert.equal(ran.code, 1);
      assert.match(ran.text, /may not do events:DeleteApiDestination on the API destination casethread\./);
      stage.aws.deny();
      const again = await stage.run(['--remove']);
      assert.equal(again.code, 0, again.text);
      assert.match(again.text, /Nothing of the way of the events is left\.$/);
    });
  });
});
