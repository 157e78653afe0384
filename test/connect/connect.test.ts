import assert from 'node:assert/strict';
import { ACCOUNT, type ConnectStage, connectStage, KEY, type Ran, URL_OF_BOT } from './run-connect.js';

const FRESH = [
  'CreateConnection',
  'CreateApiDestination',
  'CreateQueue',
  'SetQueueAttributes',
  'PutRule',
  'CreateRole',
  'PutRolePolicy',
  'PutTargets',
];

/** The line of a part. */
function line(ran: Ran, part: string): string {
  const found = ran.text.split('\n').find((each) => each.trim().startsWith(`${part}  `));
  assert.ok(found !== undefined, `${part} in:\n${ran.text}`);
  return found.trim().replace(/ {2,}/g, ' | ');
}

describe('npm run connect', () => {
  let stage: ConnectStage;
  beforeEach(async () => {
    stage = await connectStage();
  });
  afterEach(() => stage.stop());

  describe('in an account without anything', () => {
    it('creates all, tagged or marked, and says who and where', async () => {
      const ran = await stage.run();
      assert.equal(ran.code, 0, ran.text);
      assert.deepEqual(ran.writes, FRESH);
      assert.match(
        ran.text,
        /^Account 111122223333, Region us-east-1, as arn:aws:iam::111122223333:user\/operator$/m,
      );
      assert.match(
        line(ran, 'connection'),
        /^connection \| casethread \| created: .*fingerprint [0-9a-f]{12}/,
      );
      assert.match(
        line(ran, 'API destination'),
        /created: POST to https:\/\/casethread\.example\.com\/aws\/events$/,
      );
      assert.match(
        ran.text,
        /AWS Support's events go to https:\/\/casethread\.example\.com\/aws\/events from now on\./,
      );
      assert.ok(!ran.text.includes(KEY), 'the key is never shown');

      const { region } = stage;
      const connection = region.connections.get('casethread');
      assert.equal(connection?.keyName, 'X-Api-Key');
      assert.equal(connection?.keyValue, KEY);
      assert.match(connection?.description ?? '', /^Casethread [0-9a-f]{12}$/);
      assert.equal(region.rules.get('casethread')?.tags.get('casethread'), 'event-path');
      assert.equal(region.queues.get('casethread-undelivered')?.tags.get('casethread'), 'event-path');
      assert.equal(
        stage.aws.account(ACCOUNT).roles.get('casethread-events')?.tags.get('casethread'),
        'event-path',
      );
      assert.deepEqual(region.rules.get('casethread')?.targets.get('casethread'), {
        Id: 'casethread',
        Arn: region.destinations.get('casethread')?.arn,
        RoleArn: 'arn:aws:iam::111122223333:role/casethread-events',
        RetryPolicy: { MaximumRetryAttempts: 185, MaximumEventAgeInSeconds: 86_400 },
        DeadLetterConfig: { Arn: 'arn:aws:sqs:us-east-1:111122223333:casethread-undelivered' },
      });
    });

    it('changes nothing the second time', async () => {
      await stage.run();
      const ran = await stage.run();
      assert.equal(ran.code, 0, ran.text);
      assert.deepEqual(ran.writes, []);
      assert.equal(ran.text.match(/as it should be$/gm)?.length, 8, ran.text);
      assert.match(ran.text, /Everything is as it should be; nothing was changed\./);
    });

    it('does nothing with --dry-run, and says what it would do', async () => {
      const ran = await stage.run(['--url', URL_OF_BOT, '--dry-run']);
      assert.equal(ran.code, 0, ran.text);
      assert.deepEqual(ran.writes, []);
      assert.equal(ran.text.match(/would be created: /g)?.length, 8, ran.text);
      assert.match(ran.text, /Nothing was changed \(--dry-run\)\./);
      const done = await stage.run();
      const said = (text: string) => text.match(/(?<=created: ).*$/gm);
      assert.deepEqual(said(ran.text), said(done.text));
    });

    it('takes another name, another Region and PUBLIC_URL from the environment', async () => {
      const ran = await stage.run([], {
        PUBLIC_URL: 'https://other.example.com',
        EVENTS_NAME: 'second',
        EVENTS_REGION: 'eu-west-1',
      });
      assert.equal(ran.code, 0, ran.text);
      assert.deepEqual([...stage.aws.region('eu-west-1').rules.keys()], ['second']);
      assert.equal(stage.region.rules.size, 0);
      assert.deepEqual([...stage.aws.account(ACCOUNT).roles.keys()], ['second-events-eu-west-1']);
    });

    it('keeps the ways of two Regions apart, also when one of them is removed', async () => {
      const second = ['--url', URL_OF_BOT, '--region', 'us-west-2'];
      await stage.run();
      const other = await stage.run(second);
      assert.equal(other.code, 0, other.text);
      assert.deepEqual(other.writes, FRESH);
      assert.deepEqual((await stage.run()).writes, []);
      assert.deepEqual((await stage.run(second)).writes, []);
      const removed = await stage.run(['--remove', '--region', 'us-west-2']);
      assert.match(removed.text, /Nothing of the way of the events is left\.$/);
      assert.deepEqual((await stage.run()).writes, []);
    });

    it('takes the first of two keys, and notices a new one', async () => {
      await stage.run();
      const ran = await stage.run(undefined, { EVENT_API_KEY: `the-new-key-of-the-tests,${KEY}` });
      assert.deepEqual(ran.writes, ['UpdateConnection']);
      assert.match(
        line(ran, 'connection'),
        /changed: its key is another one \(fingerprint \w+\), will be that of/,
      );
      assert.equal(stage.region.connections.get('casethread')?.keyValue, 'the-new-key-of-the-tests');
      assert.ok(!ran.text.includes('the-new-key') && !ran.text.includes(KEY));
    });

    it('waits for a role that EventBridge does not know yet', async () => {
      stage.aws.behaviour.freshRoleCalls = 3;
      const ran = await stage.run();
      assert.equal(ran.code, 0, ran.text);
      assert.equal(stage.aws.callsOf('PutTargets').length, 4);
    });

    it('says that the bot would refuse an account that AWS_ACCOUNTS does not name', async () => {
      const ran = await stage.run(undefined, { AWS_ACCOUNTS: '444455556666' });
      assert.match(ran.text, /AWS_ACCOUNTS does not name 111122223333: the bot would refuse its events\./);
    });
  });

  describe('for an organization', () => {
    const ORGANIZED = ['--url', URL_OF_BOT, '--organization', 'o-abcdefghij'];

    it('lets its accounts send events of AWS Support alone, and keeps what else the bus allows', async () => {
      stage.region.busPolicy.set('theirs', {
        Sid: 'theirs',
        Effect: 'Allow',
        Principal: { AWS: 'arn:aws:iam::444455556666:root' },
        Action: 'events:PutEvents',
        Resource: 'arn:aws:events:us-east-1:111122223333:event-bus/default',
      });
      const ran = await stage.run(ORGANIZED);
      assert.equal(ran.code, 0, ran.text);
      assert.match(
        line(ran, 'bus policy'),
        /created: accounts of o-abcdefghij may send AWS Support's events here$/,
      );
      assert.deepEqual([...stage.region.busPolicy.keys()], ['theirs', 'casethread-organization']);
      assert.deepEqual(
        (stage.region.busPolicy.get('casethread-organization') as { Condition: unknown }).Condition,
        {
          'ForAllValues:StringEquals': { 'events:source': 'aws.support' },
          StringEquals: { 'aws:PrincipalOrgID': 'o-abcdefghij', 'events:detail-type': 'Support Case Update' },
        },
      );
      assert.deepEqual((await stage.run(ORGANIZED)).writes, []);
    });

    it('changes the organization, and leaves the statement alone where none is named', async () => {
      await stage.run(ORGANIZED);
      const other = await stage.run(['--url', URL_OF_BOT, '--organization', 'o-zyxwvutsrq']);
      assert.deepEqual(other.writes, ['PutPermission']);
      assert.match(line(other, 'bus policy'), /changed: .*will be: accounts of o-zyxwvutsrq/);
      assert.deepEqual((await stage.run()).writes, []);
      assert.equal(stage.region.busPolicy.size, 1);
    });
  });

  describe('where somebody has changed something', () => {
    beforeEach(async () => {
      await stage.run();
    });
    const rule = () => {
      const found = stage.region.rules.get('casethread');
      assert.ok(found !== undefined);
      return found;
    };
    const change = <T extends object>(map: Map<string, T>, name: string, as: Partial<T>) => {
      const found = map.get(name);
      assert.ok(found !== undefined);
      map.set(name, { ...found, ...as });
    };

    const drifts: [what: string, drift: () => void, part: string, says: RegExp, writes: string[]][] = [
      [
        'the rule off',
        () => {
          rule().state = 'DISABLED';
        },
        'rule',
        /it is off, will be on/,
        ['PutRule'],
      ],
      [
        'the pattern',
        () => {
          rule().pattern = JSON.stringify({ source: ['aws.support'] });
        },
        'rule',
        /pattern is \{"source":\["aws\.support"\]\}, will be/,
        ['PutRule'],
      ],
      [
        "the rule's tag",
        () => rule().tags.clear(),
        'rule',
        /the tag casethread=event-path is missing/,
        ['TagResource'],
      ],
      [
        "the target's queue",
        () => change(rule().targets, 'casethread', { DeadLetterConfig: undefined }),
        'target',
        /its dead-letter queue is missing, will be arn:aws:sqs/,
        ['PutTargets'],
      ],
      [
        'fewer retries',
        () => change(rule().targets, 'casethread', { RetryPolicy: { MaximumRetryAttempts: 2 } }),
        'target',
        /it is tried 2 times within 86400 s, will be 185 times/,
        ['PutTargets'],
      ],
      [
        'another key at the target',
        () =>
          change(rule().targets, 'casethread', {
            HttpParameters: { HeaderParameters: { 'X-Api-Key': 'x' } },
          }),
        'target',
        /it adds headers or a query of its own/,
        ['PutTargets'],
      ],
      ['the target', () => rule().targets.clear(), 'target', /created/, ['PutTargets']],
      [
        'the method',
        () => {
          const destination = stage.region.destinations.get('casethread');
          if (destination !== undefined) destination.method = 'PUT';
        },
        'API destination',
        /method is PUT, will be POST/,
        ['UpdateApiDestination'],
      ],
      [
        'the retention',
        () =>
          stage.region.queues
            .get('casethread-undelivered')
            ?.attributes.set('MessageRetentionPeriod', '345600'),
        'queue',
        /it keeps events for 4 days, will for 14 days/,
        ['SetQueueAttributes'],
      ],
      [
        "the queue's policy",
        () => stage.region.queues.get('casethread-undelivered')?.attributes.delete('Policy'),
        'queue policy',
        /created/,
        ['SetQueueAttributes'],
      ],
      [
        "the role's policy",
        () => stage.aws.account(ACCOUNT).roles.get('casethread-events')?.policies.clear(),
        'role policy',
        /created/,
        ['PutRolePolicy'],
      ],
      [
        'who may take the role',
        () => {
          const role = stage.aws.account(ACCOUNT).roles.get('casethread-events');
          if (role !== undefined)
            role.trust = role.trust.replace('events.amazonaws.com', 'ec2.amazonaws.com');
        },
        'role',
        /will be EventBridge for this rule alone/,
        ['UpdateAssumeRolePolicy'],
      ],
      [
        'the connection unusable',
        () => {
          const connection = stage.region.connections.get('casethread');
          if (connection !== undefined) connection.state = 'DEAUTHORIZED';
        },
        'connection',
        /it is DEAUTHORIZED, will be authorized anew/,
        ['UpdateConnection'],
      ],
      [
        'the connection gone',
        () => stage.region.connections.clear(),
        'API destination',
        /its connection is gone, will be the new one/,
        ['CreateConnection', 'UpdateApiDestination'],
      ],
      [
        'the API destination gone',
        () => stage.region.destinations.clear(),
        'target',
        /its API destination is gone, will be the new one/,
        ['CreateApiDestination', 'PutTargets'],
      ],
    ];
    for (const [what, drift, part, says, writes] of drifts) {
      it(`repairs it and says so: ${what}`, async () => {
        drift();
        const ran = await stage.run();
        assert.equal(ran.code, 0, ran.text);
        assert.match(line(ran, part), says);
        assert.deepEqual(ran.writes, writes);
        assert.deepEqual((await stage.run()).writes, []);
      });
    }

    it('keeps what else the queue allows, and other targets', async () => {
      const queue = stage.region.queues.get('casethread-undelivered');
      const [ours] = JSON.parse(queue?.attributes.get('Policy') ?? '{}').Statement;
      const theirs = { ...ours, Sid: 'theirs', Principal: { AWS: 'arn:aws:iam::111122223333:role/ops' } };
      queue?.attributes.set('Policy', JSON.stringify({ Version: '2012-10-17', Statement: [theirs] }));
      const target = rule().targets.get('casethread');
      assert.ok(target !== undefined);
      rule().targets.set('other', { ...target, Id: 'other' });
      const ran = await stage.run();
      assert.deepEqual(ran.writes, ['SetQueueAttributes']);
      const { Statement } = JSON.parse(queue?.attributes.get('Policy') ?? '{}');
      assert.deepEqual(Statement, [theirs, ours]);
      assert.match(ran.text, /The rule also sends to arn:\S+ \(target other\)\. That stays as it is\./);
      assert.ok(rule().targets.has('other'));
    });

    it("keeps the head of the queue's policy, and what others allow under our name", async () => {
      const queue = stage.region.queues.get('casethread-undelivered');
      const [ours] = JSON.parse(queue?.attributes.get('Policy') ?? '{}').Statement;
      const theirs = { ...ours, Principal: { AWS: 'arn:aws:iam::111122223333:role/ops' } };
      const before = { ...ours, Condition: { ArnEquals: { 'aws:SourceArn': `${ours.Resource}-of-before` } } };
      const head = { Version: '2008-10-17', Id: '__default_policy_ID' };
      for (const [there, others] of [
        [theirs, 1],
        [before, 0],
      ]) {
        queue?.attributes.set('Policy', JSON.stringify({ ...head, Statement: [there] }));
        const ran = await stage.run();
        assert.deepEqual(ran.writes, ['SetQueueAttributes']);
        const { Statement, ...kept } = JSON.parse(queue?.attributes.get('Policy') ?? '{}');
        assert.deepEqual(kept, head);
        const { Sid: _, ...unnamed } = theirs;
        assert.deepEqual(Statement, others === 1 ? [unnamed, ours] : [ours]);
        assert.deepEqual((await stage.run()).writes, []);
      }
    });

    it('sends the key once more with --adopt: that somebody has changed it cannot be seen', async () => {
      change(stage.region.connections, 'casethread', { keyValue: 'changed-in-the-console' });
      assert.deepEqual((await stage.run()).writes, []);
      const ran = await stage.run(['--url', URL_OF_BOT, '--adopt']);
      assert.equal(ran.code, 0, ran.text);
      assert.match(line(ran, 'connection'), /changed: it gets the key of EVENT_API_KEY once more$/);
      assert.equal(stage.region.connections.get('casethread')?.keyValue, KEY);
    });

    it('moves to another host with the same key', async () => {
      const ran = await stage.run(['--url', 'https://new.example.com']);
      assert.deepEqual(ran.writes, ['UpdateApiDestination']);
      assert.match(
        line(ran, 'API destination'),
        /changed: endpoint is https:\/\/casethread\.example\.com\/aws\/events, will be https:\/\/new\.example\.com\/aws\/events$/,
      );
    });

    it('shows the same with --dry-run, and changes nothing', async () => {
      rule().state = 'DISABLED';
      const ran = await stage.run(['--url', URL_OF_BOT, '--dry-run']);
      assert.match(line(ran, 'rule'), /would be changed: it is off, will be on$/);
      assert.deepEqual(ran.writes, []);
    });
  });

  describe('where something has our names', () => {
    it("does not take another bot's way over, unless told to", async () => {
      await stage.run();
      const other = ['--url', 'https://other.example.com'];
      const key = { EVENT_API_KEY: 'the-key-of-another-bot' };
      const ran = await stage.run(other, key);
      assert.equal(ran.code, 1);
      assert.deepEqual(ran.writes, []);
      assert.match(
        ran.text,
        /There is an API destination casethread already .* with another key, perhaps to another bot/,
      );
      assert.match(
        ran.text,
        /Choose another name \(EVENTS_NAME or --name\), or have it taken over with --adopt\.$/,
      );
      const adopted = await stage.run([...other, '--adopt'], key);
      assert.equal(adopted.code, 0, adopted.text);
      assert.deepEqual(adopted.writes, ['UpdateConnection', 'UpdateApiDestination']);
    });

    it('takes over what was made by hand as the README says, without tags', async () => {
      await stage.run();
      const { region } = stage;
      const connection = region.connections.get('casethread');
      const destination = region.destinations.get('casethread');
      const rule = region.rules.get('casethread');
      const role = stage.aws.account(ACCOUNT).roles.get('casethread-events');
      const queue = region.queues.get('casethread-undelivered');
      assert.ok(connection && destination && rule && role && queue);
      connection.description = undefined;
      destination.description = undefined;
      rule.pattern = '{"source":["aws.support"],"detail-type":["Support Case Update"]}';
      for (const { tags } of [rule, role, queue]) tags.clear();
      queue.attributes.set(
        'Policy',
        (queue.attributes.get('Policy') ?? '').replace('"Sid":"CasethreadUndelivered",', ''),
      );

      const ran = await stage.run();
      assert.equal(ran.code, 0, ran.text);
      assert.deepEqual(ran.writes, [
        'UpdateConnection',
        'UpdateApiDestination',
        'TagQueue',
        'PutRule',
        'TagResource',
        'TagRole',
      ]);
      assert.deepEqual((await stage.run()).writes, []);
    });

    const strangers: [what: string, make: () => void, says: RegExp][] = [
      [
        'a rule of others',
        () => {
          const rule = stage.region.rules.get('casethread');
          rule?.tags.clear();
          if (rule !== undefined) rule.pattern = '{"source":["aws.ec2"]}';
        },
        /a rule casethread already .*: it does not take events of aws\.support\./,
      ],
      [
        'a role of others',
        () => {
          const role = stage.aws.account(ACCOUNT).roles.get('casethread-events');
          role?.tags.clear();
          if (role !== undefined)
            role.trust = role.trust.replace('events.amazonaws.com', 'ec2.amazonaws.com');
        },
        /a role casethread-events already .*: others than EventBridge may take it\./,
      ],
      [
        'the role of another Region',
        () => {
          const role = stage.aws.account(ACCOUNT).roles.get('casethread-events');
          if (role !== undefined) role.trust = role.trust.replace('us-east-1', 'us-west-2');
        },
        /a role casethread-events already .*: the way of the events in us-west-2 uses it\./,
      ],
      [
        'a connection of others',
        () => {
          const connection = stage.region.connections.get('casethread');
          if (connection !== undefined)
            Object.assign(connection, { description: 'ours', keyName: 'Authorization' });
        },
        /a connection casethread already .*: it sends its key in Authorization\./,
      ],
    ];
    it('leaves alone what a stack of CloudFormation has made, and offers not to take it over', async () => {
      await stage.run();
      stage.region.queues.get('casethread-undelivered')?.tags.set('aws:cloudformation:stack-name', 'support');
      const ran = await stage.run();
      assert.equal(ran.code, 1);
      assert.match(
        ran.text,
        /belongs to the CloudFormation stack support\. Nothing was changed\.\nUpdate that stack/,
      );
      assert.ok(!ran.text.includes('--adopt'), ran.text);
      assert.deepEqual(ran.writes, []);
    });

    for (const [what, make, says] of strangers) {
      it(`leaves it alone: ${what}`, async () => {
        await stage.run();
        make();
        const ran = await stage.run();
        assert.equal(ran.code, 1);
        assert.match(ran.text, says);
        assert.match(ran.text, /Nothing was changed\./);
        assert.deepEqual(ran.writes, []);
      });
    }
  });
});
