import assert from 'node:assert/strict';
import {
  CALLS_SOURCES,
  callsPattern,
  PLANS_REGION,
  plansPattern,
  READ_ALL_THE_TIME,
} from '../../src/event-path/names.js';
import { openEventDoor } from '../ingress/event-door.js';
import { trailOf } from '../world/aws-control/cloudtrail.js';
import { ROOT, record, session, wrapped } from '../world/cloudtrail.js';
import { ACCOUNT, type ConnectStage, connectStage, KEY, type Ran, URL_OF_BOT } from './run-connect.js';

const ALL_STATE = 'ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS';
const URL = ['--url', URL_OF_BOT];
const ORGANIZED = [...URL, '--organization', 'o-abcdefghij'];
const ALL = { EVENTS_CALLS: 'all' };
const NONE = { EVENTS_CALLS: 'none' };

/** The line of a part. */
function line(ran: Ran, part: string): string {
  const found = ran.text.split('\n').find((each) => each.trim().startsWith(`${part}  `));
  assert.ok(found !== undefined, `${part} in:\n${ran.text}`);
  return found.trim().replace(/ {2,}/g, ' | ');
}

describe('npm run connect, for calls that CloudTrail records', () => {
  let stage: ConnectStage;
  beforeEach(async () => {
    // As it is where nobody has set anything.
    stage = await connectStage({}, {});
  });
  afterEach(() => stage.stop());

  const there = () => stage.aws.region(PLANS_REGION);
  const roles = () => stage.aws.account(ACCOUNT).roles;
  const part = <T>(parts: ReadonlyMap<string, T>, name: string): T => {
    const found = parts.get(name);
    assert.ok(found !== undefined, `${name} among ${[...parts.keys()].join(', ')}`);
    return found;
  };
  const callsRule = () => part(stage.region.rules, 'casethread-calls');
  const plansRule = () => part(there().rules, 'casethread-plans');
  const putTrail = (more: Parameters<typeof trailOf>[2] = {}, region = 'us-east-1') => {
    const trail = trailOf(stage.aws.desk(region), 'of-the-tests', more);
    stage.aws.region(region).trails.set(trail.name, trail);
    return trail;
  };

  it('makes a rule beside that for cases, and one that forwards what is done with plans', async () => {
    const ran = await stage.run();
    assert.equal(ran.code, 0, ran.text);
    assert.match(
      line(ran, 'rule of calls'),
      /casethread-calls \| created: takes AWS API Call via CloudTrail: calls that change something$/,
    );
    assert.match(line(ran, 'rule of plans'), /casethread-plans \| created: takes calls .* in us-west-2$/);
    assert.match(line(ran, 'forward role'), /casethread-forward \| created: only EventBridge may take it/);
    assert.match(
      line(ran, 'forward policy'),
      /may put events on the default bus in us-east-1, and do nothing/,
    );
    assert.match(line(ran, 'target of plans'), /sends to the default bus in us-east-1$/);

    assert.equal(callsRule().state, 'ENABLED');
    assert.deepEqual(JSON.parse(callsRule().pattern), callsPattern('changes'));
    assert.equal(plansRule().state, 'ENABLED');
    assert.deepEqual(JSON.parse(plansRule().pattern), plansPattern());
    const own = part(part(stage.region.rules, 'casethread').targets, 'casethread');
    assert.deepEqual([...callsRule().targets.values()], [{ ...own, Id: 'casethread-calls' }]);
    assert.deepEqual(
      [...plansRule().targets.values()],
      [
        {
          Id: 'casethread-plans',
          Arn: 'arn:aws:events:us-east-1:111122223333:event-bus/default',
          RoleArn: 'arn:aws:iam::111122223333:role/casethread-forward',
          RetryPolicy: { MaximumRetryAttempts: 185, MaximumEventAgeInSeconds: 86_400 },
        },
      ],
    );
    for (const { tags } of [callsRule(), plansRule(), part(roles(), 'casethread-forward')])
      assert.equal(tags.get('casethread'), 'event-path');
    assert.ok(!ran.text.includes(KEY));
  });

  it('changes nothing the second time, and says beforehand what it would do', async () => {
    const dry = await stage.run([...URL, '--dry-run']);
    assert.deepEqual(dry.writes, []);
    const done = await stage.run();
    const said = (text: string) => text.match(/(?<=created: ).*$/gm);
    assert.equal(said(done.text)?.length, 14);
    assert.deepEqual(said(dry.text), said(done.text));
    const again = await stage.run();
    assert.deepEqual(again.writes, []);
    assert.equal(again.text.match(/as it should be$/gm)?.length, 14, again.text);
    assert.match(again.text, /Everything is as it should be; nothing was changed\./);
  });

  describe('and EventBridge then', () => {
    const plans = (eventName: string, readOnly: boolean) =>
      wrapped(
        record(eventName, '', Date.now(), {
          eventSource: 'supportplans.amazonaws.com',
          awsRegion: PLANS_REGION,
          requestParameters: null,
          responseElements: null,
          readOnly,
        }),
      );
    const reading = (eventName: string, change = {}) =>
      wrapped(record(eventName, 'case-111122223333-en-2026-1', Date.now(), { readOnly: true, ...change }));
    /** What the bot has heard of. */
    const heard = async (settings: Record<string, string>) => {
      const door = await openEventDoor({ keys: [KEY] });
      stage.aws.setOrigin('casethread.example.com', `http://127.0.0.1:${door.port}`);
      try {
        const ran = await stage.run(URL, settings);
        assert.equal(ran.code, 0, ran.text);
        const events = [
          wrapped(record('ResolveCase', 'case-111122223333-en-2026-1', Date.now(), session('JaneDoe'))),
          reading('DescribeCases'),
          reading('DescribeTrustedAdvisorChecks'),
          reading('DescribeCases', ROOT),
          reading('DescribeCommunications', { errorCode: 'AccessDenied' }),
          plans('StartSupportPlanUpdate', false),
          plans('GetSupportPlan', true),
        ];
        for (const event of events)
          stage.aws.emit({ ...event, account: ACCOUNT, region: String(event.region) });
        await stage.aws.idle();
        assert.equal(stage.region.queues.get('casethread-undelivered')?.messages.length, 0);
        return (await door.calls()).map(({ name }) => name).sort();
      } finally {
        await door.close();
      }
    };

    it('tells the bot of what changes something, also with plans', async () => {
      assert.deepEqual(await heard({}), ['ResolveCase', 'StartSupportPlanUpdate']);
    });

    it('tells it of reads as well where that is asked for; of cases, of those by root and those that failed', async () => {
      assert.deepEqual(await heard(ALL), [
        'DescribeCases',
        'DescribeCommunications',
        'DescribeTrustedAdvisorChecks',
        'GetSupportPlan',
        'ResolveCase',
        'StartSupportPlanUpdate',
      ]);
    });

    it('tells it of none where none are asked for', async () => {
      assert.deepEqual(await heard(NONE), []);
    });
  });

  it('changes from writes to reads and back, in place', async () => {
    await stage.run();
    const all = await stage.run(URL, ALL);
    assert.deepEqual(all.writes, ['PutRule', 'PutRule']);
    assert.match(
      line(all, 'rule of calls'),
      /changed: pattern is .*; it is ENABLED, will be ENABLED_WITH_ALL/,
    );
    assert.equal(callsRule().state, ALL_STATE);
    assert.equal(plansRule().state, ALL_STATE);
    assert.deepEqual(JSON.parse(callsRule().pattern).detail.$or[0].eventName[0]['anything-but'], [
      ...READ_ALL_THE_TIME,
    ]);
    assert.equal(callsRule().targets.size, 1);
    assert.deepEqual((await stage.run(URL, ALL)).writes, []);
    assert.deepEqual((await stage.run()).writes, ['PutRule', 'PutRule']);
    assert.equal(callsRule().state, 'ENABLED');
  });

  it('completes what was laid for cases alone', async () => {
    await stage.run(URL, NONE);
    const ran = await stage.run();
    assert.equal(ran.code, 0, ran.text);
    assert.match(
      line(ran, 'queue policy'),
      /changed: not both rules may put into the queue, will be allowed/,
    );
    assert.match(line(ran, 'role'), /changed: EventBridge may not take it for the rule of calls, will be/);
    assert.match(line(ran, 'rule'), /as it should be$/);
    assert.deepEqual(ran.writes, [
      'SetQueueAttributes',
      'PutRule',
      'UpdateAssumeRolePolicy',
      'PutTargets',
      'PutRule',
      'CreateRole',
      'PutRolePolicy',
      'PutTargets',
    ]);
    assert.deepEqual((await stage.run()).writes, []);
  });

  describe('where none are wanted any more', () => {
    it('takes away what it made for them, says so, and leaves the rest as it was before', async () => {
      await stage.run();
      const dry = await stage.run([...URL, '--dry-run'], NONE);
      assert.deepEqual(dry.writes, []);
      assert.match(line(dry, 'rule of calls'), /would be removed: EVENTS_CALLS is none$/);
      assert.match(dry.text, /Nothing was changed \(--dry-run\)/);

      const ran = await stage.run(URL, NONE);
      assert.equal(ran.code, 0, ran.text);
      for (const each of ['rule of calls', 'target of calls', 'rule of plans', 'forward role'])
        assert.match(line(ran, each), /removed: EVENTS_CALLS is none$/);
      assert.deepEqual([...stage.region.rules.keys()], ['casethread']);
      assert.equal(there().rules.size, 0);
      assert.deepEqual([...roles().keys()], ['casethread-events']);
      assert.ok(!part(roles(), 'casethread-events').trust.includes('casethread-calls'));
      const again = await stage.run(URL, NONE);
      assert.deepEqual(again.writes, []);
      assert.match(again.text, /Everything is as it should be/);
    });

    it('leaves alone what does not carry its tag, and what others hang on it', async () => {
      await stage.run();
      callsRule().tags.clear();
      plansRule().targets.set('theirs', {
        Id: 'theirs',
        Arn: 'arn:aws:events:eu-west-1:111122223333:event-bus/default',
        RoleArn: 'arn:aws:iam::111122223333:role/casethread-forward',
      });
      const ran = await stage.run(URL, NONE);
      assert.equal(ran.code, 0, ran.text);
      assert.match(line(ran, 'rule of calls'), /stays: .*the tag casethread=event-path is missing$/);
      assert.match(line(ran, 'rule of plans'), /stays: it has other targets: arn:aws:events:eu-west-1/);
      assert.match(line(ran, 'forward role'), /stays: the target theirs of the rule uses it$/);
      assert.equal(callsRule().targets.size, 1);
      assert.deepEqual([...plansRule().targets.keys()], ['theirs']);
    });

    it('does not need to look where it may not', async () => {
      stage.aws.fault('DescribeRule', {
        kind: 'error',
        name: 'AccessDeniedException',
        status: 400,
        times: 100,
        when: ({ input }) => input.Name !== 'casethread',
      });
      const ran = await stage.run(URL, NONE);
      assert.equal(ran.code, 0, ran.text);
      assert.match(
        ran.text,
        /Whether rules for CloudTrail's events are left from before could not be looked at/,
      );
    });
  });

  it('takes all of it away with --remove', async () => {
    await stage.run(URL, ALL);
    const dry = await stage.run(['--remove', '--dry-run']);
    assert.deepEqual(dry.writes, []);
    assert.match(line(dry, 'target of plans'), /would be removed$/);
    // Whatever is set now.
    const ran = await stage.run(['--remove'], NONE);
    assert.equal(ran.code, 0, ran.text);
    assert.match(ran.text, /Nothing of the way of the events is left\.$/);
    assert.equal(stage.region.rules.size + there().rules.size + roles().size, 0);
    const again = await stage.run(['--remove']);
    assert.deepEqual(again.writes, []);
    assert.doesNotMatch(again.text, /rule of calls/);
  });

  describe('where somebody has changed something', () => {
    const change = <T extends object>(map: Map<string, T>, name: string, as: Partial<T>) =>
      map.set(name, { ...part(map, name), ...as });
    const drifts: [what: string, drift: () => void, part: string, says: RegExp, writes: string[]][] = [
      [
        'the rule of calls off',
        () => {
          callsRule().state = 'DISABLED';
        },
        'rule of calls',
        /it is off, will be on$/,
        ['PutRule'],
      ],
      [
        'the rule of plans also for reads',
        () => {
          plansRule().state = ALL_STATE;
        },
        'rule of plans',
        /it is ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS, will be ENABLED$/,
        ['PutRule'],
      ],
      [
        'the pattern',
        () => {
          callsRule().pattern = JSON.stringify({ source: ['aws.support'] });
        },
        'rule of calls',
        /pattern is \{"source":\["aws\.support"\]\}, will be/,
        ['PutRule'],
      ],
      ['a tag', () => plansRule().tags.clear(), 'rule of plans', /the tag .* is missing/, ['TagResource']],
      [
        'the rule of plans gone',
        () => there().rules.clear(),
        'rule of plans',
        /created/,
        ['PutRule', 'PutTargets'],
      ],
      ['a target gone', () => callsRule().targets.clear(), 'target of calls', /created/, ['PutTargets']],
      [
        'a queue less',
        () => change(callsRule().targets, 'casethread-calls', { DeadLetterConfig: undefined }),
        'target of calls',
        /its dead-letter queue is missing/,
        ['PutTargets'],
      ],
      [
        'another bus',
        () =>
          change(plansRule().targets, 'casethread-plans', {
            Arn: 'arn:aws:events:eu-west-1:111122223333:event-bus/default',
          }),
        'target of plans',
        /it sends to arn:aws:events:eu-west-1.*, will to arn:aws:events:us-east-1/,
        ['PutTargets'],
      ],
      [
        'a forward role that others may take',
        () => {
          const role = part(roles(), 'casethread-forward');
          role.trust = role.trust.replace('ArnLike', 'ArnEquals').replace('casethread-plans', '*');
        },
        'forward role',
        /others may take it/,
        ['UpdateAssumeRolePolicy'],
      ],
      [
        'a forward role that may more',
        () =>
          part(roles(), 'casethread-forward').policies.set(
            'forward',
            JSON.stringify({
              Version: '2012-10-17',
              Statement: { Effect: 'Allow', Action: 'events:*', Resource: '*' },
            }),
          ),
        'forward policy',
        /it allows something else than to put events on the bus/,
        ['PutRolePolicy'],
      ],
    ];
    it('repairs it and says so', async () => {
      await stage.run();
      for (const [what, drift, name, says, writes] of drifts) {
        drift();
        const ran = await stage.run();
        assert.equal(ran.code, 0, ran.text);
        assert.match(line(ran, name), says, what);
        assert.deepEqual(ran.writes, writes, what);
      }
      assert.deepEqual((await stage.run()).writes, []);
    });

    it('leaves alone what has our names and is not ours', async () => {
      await stage.run();
      callsRule().tags.clear();
      callsRule().pattern = JSON.stringify({ source: ['aws.ec2'] });
      plansRule().tags.clear();
      plansRule().pattern = JSON.stringify({ source: ['aws.supportplans', 'aws.health'] });
      const role = part(roles(), 'casethread-forward');
      role.tags.clear();
      role.trust = role.trust.replace('events.amazonaws.com', 'lambda.amazonaws.com');
      const ran = await stage.run(URL, ALL);
      assert.equal(ran.code, 1);
      assert.deepEqual(ran.writes, []);
      assert.match(
        ran.text,
        /rule of calls casethread-calls already .*: it does not take events of aws\.support\./,
      );
      assert.match(ran.text, /rule of plans casethread-plans already .*: it takes events of aws\.health\./);
      assert.match(
        ran.text,
        /forward role casethread-forward already .*: others than EventBridge may take it\./,
      );
      const removed = await stage.run(['--remove']);
      assert.match(line(removed, 'rule of plans'), /stays: does not look like Casethread's/);
      assert.ok(roles().has('casethread-forward'));
    });

    it('leaves what a stack has made to the stack', async () => {
      await stage.run();
      callsRule().tags.set('aws:cloudformation:stack-name', 'theirs');
      const ran = await stage.run(URL, ALL);
      assert.match(ran.text, /belongs to the CloudFormation stack theirs\. Nothing was changed\./);
      assert.deepEqual(ran.writes, []);
    });
  });

  it('goes on wherever it was killed', async () => {
    // Each run gets one change further, and never learns that it was made.
    const writes: string[] = [];
    for (let runs = 0; runs < 30; runs += 1) {
      let done = 0;
      stage.aws.fault('*', {
        kind: 'hangup-after',
        when: ({ operation }) => !/^(Describe|Get|List)/.test(operation) && ++done === 1,
      });
      const ran = await stage.run(ORGANIZED);
      stage.aws.clearFaults();
      if (ran.code === 0) break;
      assert.match(ran.text, / {2}failed$/m);
      writes.push(...ran.writes);
    }
    assert.deepEqual(writes.slice(4), [
      'PutRule',
      'PutRule',
      'CreateRole',
      'PutRolePolicy',
      'PutTargets',
      'PutTargets',
      'PutRule',
      'CreateRole',
      'PutRolePolicy',
      'PutTargets',
      'PutPermission',
    ]);
    assert.deepEqual((await stage.run(ORGANIZED)).writes, []);
    assert.equal(callsRule().targets.size, 1);
    assert.equal(plansRule().targets.size, 1);
  }).timeout(30_000);

  it('says in which Region what may not be done, and goes on from there', async () => {
    stage.aws.fault('PutRule', {
      kind: 'error',
      name: 'AccessDeniedException',
      message:
        'User: arn:aws:iam::111122223333:user/operator is not authorized to perform: events:PutRule on resource: arn:aws:events:us-west-2:111122223333:rule/casethread-plans because no identity-based policy allows the events:PutRule action',
      status: 400,
      when: ({ input }) => input.Name === 'casethread-plans',
    });
    const ran = await stage.run();
    assert.equal(ran.code, 1);
    assert.match(
      ran.text,
      /may not do events:PutRule on arn:aws:events:us-west-2:\d+:rule\/casethread-plans\./,
    );
    assert.equal(callsRule().targets.size, 1, 'what comes before is done');
    assert.equal((await stage.run()).code, 0);
  });

  it('does without plans where a policy of the organization closes their Region', async () => {
    for (const operation of ['DescribeRule', 'ListTargetsByRule']) {
      stage.aws.fault(operation, {
        kind: 'error',
        name: 'AccessDeniedException',
        message:
          'User: x is not authorized to perform: events:DescribeRule on resource: arn:aws:events:us-west-2:111122223333:rule/casethread-plans with an explicit deny in a service control policy',
        status: 400,
        times: 100,
        when: ({ input }) => Object.values(input).includes('casethread-plans'),
      });
    }
    putTrail();
    const ran = await stage.run();
    assert.equal(ran.code, 0, ran.text);
    assert.match(
      ran.text,
      /explicitly\. So nothing is forwarded from us-west-2, and what is done with the support plan/,
    );
    assert.equal(callsRule().targets.size, 1);
    assert.equal(there().rules.size, 0);
    assert.ok(!roles().has('casethread-forward'));
    assert.deepEqual((await stage.run()).writes, []);
  });

  it('forwards nothing to where it is, and says where calls of cases are recorded', async () => {
    const ran = await stage.run([...URL, '--region', PLANS_REGION]);
    assert.equal(ran.code, 0, ran.text);
    assert.deepEqual([...there().rules.keys()], ['casethread', 'casethread-calls']);
    assert.equal(stage.region.rules.size, 0);
    assert.doesNotMatch(ran.text, /rule of plans/);
    assert.match(ran.text, /CloudTrail records calls of AWS Support in us-east-1: .*--region us-east-1/);
  });

  it('keeps the ways of three Regions apart', async () => {
    const regions = ['us-east-1', 'eu-west-1', 'us-west-2'];
    for (const region of regions) assert.equal((await stage.run([...URL, '--region', region])).code, 0);
    for (const region of regions)
      assert.deepEqual((await stage.run([...URL, '--region', region])).writes, [], region);
    assert.deepEqual([...there().rules.keys()].sort(), [
      'casethread',
      'casethread-calls',
      'casethread-plans',
      'casethread-plans-eu-west-1',
    ]);
    const removed = await stage.run(['--remove', '--region', 'eu-west-1']);
    assert.match(removed.text, /Nothing of the way of the events is left\.$/);
    assert.deepEqual((await stage.run()).writes, []);
  });

  it("lets an organization's accounts send what AWS says of calls, and nothing else", async () => {
    const condition = () =>
      (part(stage.region.busPolicy, 'casethread-organization') as { Condition: unknown }).Condition;
    await stage.run(ORGANIZED, NONE);
    const ran = await stage.run(ORGANIZED);
    assert.match(
      line(ran, 'bus policy'),
      /will be: accounts of o-abcdefghij may send AWS Support's events and calls here$/,
    );
    assert.deepEqual(condition(), {
      'ForAllValues:StringEquals': { 'events:source': CALLS_SOURCES },
      StringEquals: {
        'aws:PrincipalOrgID': 'o-abcdefghij',
        'events:detail-type': ['Support Case Update', 'AWS API Call via CloudTrail'],
      },
    });
    await stage.run(ORGANIZED, NONE);
    assert.deepEqual(condition(), {
      'ForAllValues:StringEquals': { 'events:source': 'aws.support' },
      StringEquals: { 'aws:PrincipalOrgID': 'o-abcdefghij', 'events:detail-type': 'Support Case Update' },
    });
  });

  describe('on the trail', () => {
    const says: [
      what: string,
      trail: () => void,
      settings: Record<string, string>,
      sentence: RegExp | null,
    ][] = [
      ['none', () => undefined, {}, /No trail of CloudTrail is at work .*nothing else is needed\.$/m],
      ['none, and no wish for calls', () => undefined, NONE, null],
      ['one of all', () => putTrail(), ALL, null],
      [
        'one of writes, where reads are wanted',
        () => putTrail({ readWriteType: 'WriteOnly' }),
        ALL,
        /record no management events that read: of EVENTS_CALLS=all, what changes something comes alone\./,
      ],
      [
        'one of a single Region',
        () => putTrail({ isMultiRegion: false }),
        {},
        /do not record all wanted calls in us-west-2: what is done with the support plan will not be told/,
      ],
      [
        'one that may not be looked at',
        () => stage.aws.deny('cloudtrail:DescribeTrails'),
        {},
        /could not be looked at \(cloudtrail:DescribeTrails\)/,
      ],
    ];
    for (const [what, trail, settings, sentence] of says) {
      it(`says what it costs, and creates none: ${what}`, async () => {
        trail();
        const ran = await stage.run(URL, settings);
        assert.equal(ran.code, 0, ran.text);
        if (sentence === null) assert.doesNotMatch(ran.text, /[Tt]rail(s|) (of|is)/);
        else assert.match(ran.text, sentence);
      });
    }
  });
});
