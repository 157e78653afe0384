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
const CHANGES = { EVENTS_CALLS: 'changes' };
const ALL = { EVENTS_CALLS: 'all' };
const READS = ['DescribeRule', 'ListTargetsByRule'] as const;
type ApiCall = (typeof READS)[number] | 'PutRule' | 'RemoveTargets' | 'DeleteRule';
const NONE = { EVENTS_CALLS: 'none' };

/** The line of a part. */
function line(ran: Ran, part: string): string {
  const found = ran.text.split('\n').find((each) => each.trim().startsWith(`${part}  `));
  assert.ok(found !== undefined, `${part} in:\n${ran.text}`);
  return found.trim().replace(/ {2,}/g, ' | ');
}

describe('npm run connect, for calls that CloudTrail records', () => {
  let stage: ConnectStage;
  before(async () => {
    // As it is where nobody has set anything.
    stage = await connectStage({}, {});
  });
  afterEach(() => stage.clear());
  after(() => stage.stop());

  const there = () => stage.aws.region(PLANS_REGION);
  const roles = () => stage.aws.account(ACCOUNT).roles;
  const part = <T>(parts: ReadonlyMap<string, T>, name: string): T => {
    const found = parts.get(name);
    assert.ok(found !== undefined, `${name} among ${[...parts.keys()].join(', ')}`);
    return found;
  };
  const callsRule = () => part(stage.region.rules, 'casethread-calls');
  const plansRule = () => part(there().rules, 'casethread-plans');
  /** What a version left that knew no calls. */
  const layAsBefore = async (args = URL) => {
    await stage.lay(args, NONE);
    part(stage.region.rules, 'casethread').tags.delete('casethread:calls');
  };
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
    await stage.lay();
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
    assert.deepEqual((await stage.run(URL, CHANGES)).writes, ['PutRule', 'PutRule']);
    assert.equal(callsRule().state, 'ENABLED');
  });

  it('keeps what is there where nobody says which are to come', async () => {
    await stage.lay(URL, ALL);
    const all = await stage.run([...URL, '--adopt']);
    assert.deepEqual(all.writes, ['UpdateConnection'], 'another key, and nothing else');
    assert.match(all.text, /Neither --calls nor EVENTS_CALLS says .* it stays as it is \(all\)\./);
    callsRule().state = 'DISABLED';
    await stage.run(URL, { EVENTS_CALLS: '' });
    assert.equal(callsRule().state, ALL_STATE);

    await stage.lay(URL, NONE);
    const none = await stage.run();
    assert.deepEqual(none.writes, []);
    assert.match(none.text, /it stays as it is \(none\)\./);
    assert.deepEqual([...stage.region.rules.keys()], ['casethread']);

    await stage.run([...URL, '--calls', 'changes'], NONE);
    assert.equal(callsRule().state, 'ENABLED', 'the option beats the variable');
    stage.region.rules.delete('casethread-calls');
    await stage.run();
    assert.equal(callsRule().state, 'ENABLED', 'somebody else has removed it');
  });

  it('takes no other word for what is to come', async () => {
    const before = stage.aws.calls.length;
    for (const word of ['reads', '']) {
      const ran = await stage.run([...URL, '--calls', word]);
      assert.equal(ran.code, 1);
      assert.match(ran.text, /none, changes(,| or) all/);
    }
    assert.equal(stage.aws.calls.length, before);
  });

  it('completes what was laid for cases alone', async () => {
    await layAsBefore();
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
      await stage.lay();
      const dry = await stage.run([...URL, '--dry-run'], NONE);
      assert.deepEqual(dry.writes, []);
      assert.match(line(dry, 'rule of calls'), /would be removed: no calls are wanted$/);
      assert.match(dry.text, /Nothing was changed \(--dry-run\)/);

      const ran = await stage.run(URL, NONE);
      assert.equal(ran.code, 0, ran.text);
      for (const each of ['rule of calls', 'target of calls', 'rule of plans', 'forward role'])
        assert.match(line(ran, each), /removed: no calls are wanted$/);
      assert.deepEqual([...stage.region.rules.keys()], ['casethread']);
      assert.equal(there().rules.size, 0);
      assert.deepEqual([...roles().keys()], ['casethread-events']);
      assert.ok(!part(roles(), 'casethread-events').trust.includes('casethread-calls'));
      const again = await stage.run(URL, NONE);
      assert.deepEqual(again.writes, []);
      assert.match(again.text, /Everything is as it should be/);
    });

    it('leaves alone what does not carry its tag, and what others hang on it', async () => {
      await stage.lay();
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

    it('lets the rest go on as long as a rule stays, and never calls that as it should be', async () => {
      await stage.lay();
      callsRule().tags.clear();
      const [first, second] = [await stage.run(URL, NONE), await stage.run(URL, NONE)];
      const names = (text: string | undefined) => text?.includes('rule/casethread-calls');
      assert.ok(names(part(roles(), 'casethread-events').trust));
      assert.ok(names(part(stage.region.queues, 'casethread-undelivered').attributes.get('Policy')));
      assert.deepEqual([first.code, second.code, second.writes], [0, 0, []]);
      assert.doesNotMatch(second.text, /Everything is as it should be/);
      assert.match(second.text, /What is not as it was asked for is named above\./);
    });

    const denyLooking = () =>
      stage.aws.fault('DescribeRule', {
        kind: 'error',
        name: 'AccessDeniedException',
        status: 400,
        times: 100,
        when: ({ input }) => input.Name !== 'casethread',
      });

    it('does not need to look where it may not', async () => {
      denyLooking();
      const ran = await stage.run(URL, NONE);
      assert.equal(ran.code, 0, ran.text);
      assert.match(
        ran.text,
        /Whether rules for CloudTrail's events are left from before could not be looked at/,
      );
      assert.ok(!part(roles(), 'casethread-events').trust.includes('casethread-calls'));
    });

    it('takes nothing from a rule that may be there', async () => {
      await stage.lay();
      denyLooking();
      const ran = await stage.run(URL, NONE);
      assert.deepEqual(ran.writes, ['DeleteRolePolicy', 'DeleteRole', 'TagResource'], 'what only forwards');
      assert.ok(part(roles(), 'casethread-events').trust.includes('casethread-calls'));
    });
  });

  it('takes all of it away with --remove', async () => {
    await stage.lay(URL, ALL);
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
    type Drift = [what: string, drift: () => void, part: string, says: RegExp, writes: string[]];
    /** In one run each, in the order of the parts. */
    const drifts: Drift[][] = [
      [
        [
          'the rule of calls off',
          () => {
            callsRule().state = 'DISABLED';
          },
          'rule of calls',
          /it is off, will be on$/,
          ['PutRule'],
        ],
        ['a target gone', () => callsRule().targets.clear(), 'target of calls', /created/, ['PutTargets']],
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
      ],
      [
        [
          'the pattern',
          () => {
            callsRule().pattern = JSON.stringify({ source: ['aws.support'] });
          },
          'rule of calls',
          /pattern is \{"source":\["aws\.support"\]\}, will be/,
          ['PutRule'],
        ],
        [
          'a queue less',
          () => change(callsRule().targets, 'casethread-calls', { DeadLetterConfig: undefined }),
          'target of calls',
          /its dead-letter queue is missing/,
          ['PutTargets'],
        ],
        ['a tag', () => plansRule().tags.clear(), 'rule of plans', /the tag .* is missing/, ['TagResource']],
      ],
      [
        [
          'the rule of plans gone',
          () => there().rules.clear(),
          'rule of plans',
          /created/,
          ['PutRule', 'PutTargets'],
        ],
      ],
    ];
    it('repairs it and says so', async () => {
      await stage.lay();
      for (const together of drifts) {
        for (const [, drift] of together) drift();
        const ran = await stage.run();
        assert.equal(ran.code, 0, ran.text);
        for (const [what, , name, says] of together) assert.match(line(ran, name), says, what);
        assert.deepEqual(
          ran.writes,
          together.flatMap(([, , , , writes]) => writes),
        );
      }
      assert.deepEqual((await stage.run()).writes, []);
    });

    it('leaves alone what has our names and is not ours', async () => {
      await stage.lay();
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

    it('takes no rule of another bot, whose name meets its own', async () => {
      const OTHER = { EVENT_API_KEY: 'another-key-of-the-tests-0123', EVENTS_NAME: 'casethread-calls' };
      const elsewhere = ['--url', 'https://other.example.com'];
      const refused = await stage.run(elsewhere, OTHER);
      assert.equal(refused.code, 1);
      assert.match(refused.text, /casethread-calls is what the rule of calls of a bot called casethread has/);
      await stage.lay();
      const taken = await stage.run(elsewhere, OTHER);
      assert.match(
        taken.text,
        /a rule casethread-calls already .*: it is the rule of calls of another bot\./,
      );
      const removed = await stage.run(['--remove'], OTHER);
      assert.match(line(removed, 'rule'), /stays: does not look like .*: it is the rule of calls of another/);
      assert.deepEqual([...refused.writes, ...taken.writes, ...removed.writes], []);
      assert.deepEqual((await stage.run()).writes, []);
    });

    it('takes no rule of cases for its rule of calls', async () => {
      await stage.run(URL, { ...NONE, EVENTS_NAME: 'other' });
      // As one who has chosen that name before there were calls.
      const made = part(stage.region.rules, 'other');
      stage.region.rules.set('casethread-calls', { ...made, name: 'casethread-calls' });
      const ran = await stage.run();
      assert.match(
        ran.text,
        /rule of calls casethread-calls already .*: it is the rule of cases of another bot/,
      );
      assert.deepEqual(ran.writes, []);
    });

    it('leaves what a stack has made to the stack', async () => {
      await stage.lay();
      callsRule().tags.set('aws:cloudformation:stack-name', 'theirs');
      const ran = await stage.run(URL, ALL);
      assert.match(ran.text, /belongs to the CloudFormation stack theirs\. Nothing was changed\./);
      assert.deepEqual(ran.writes, []);
    });
  });

  it('goes on wherever it was killed', async () => {
    await layAsBefore(ORGANIZED);
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
    assert.deepEqual(writes, [
      'SetQueueAttributes',
      'PutRule',
      'UpdateAssumeRolePolicy',
      'PutTargets',
      'PutPermission',
      'PutRule',
      'CreateRole',
      'PutRolePolicy',
      'PutTargets',
    ]);
    assert.deepEqual((await stage.run(ORGANIZED)).writes, []);
    assert.equal(callsRule().targets.size, 1);
    assert.equal(plansRule().targets.size, 1);
  });

  describe('where the Region of the plans is out of reach', () => {
    const because = (reason: string) => (call: ApiCall) =>
      ({
        kind: 'error',
        name: 'AccessDeniedException',
        message: `User: x is not authorized to perform: events:${call} on resource: arn:aws:events:us-west-2:111122223333:rule/casethread-plans ${reason}`,
        status: 400,
      }) as const;
    const SCP = because('with an explicit deny in a service control policy');
    const close = (how: (call: ApiCall) => object, calls: readonly ApiCall[] = READS) => {
      for (const operation of calls)
        stage.aws.fault(operation, {
          ...(how(operation) as ReturnType<typeof SCP>),
          times: 100,
          when: ({ input }) => Object.values(input).includes('casethread-plans'),
        });
    };
    const isWhole = () => {
      assert.equal(callsRule().targets.size, 1);
      assert.equal(part(stage.region.rules, 'casethread').targets.size, 1);
      assert.ok(stage.region.busPolicy.has('casethread-organization'));
    };

    const forGood = [
      'with an explicit deny in a service control policy',
      'because no service control policy allows the events:X action',
    ];
    for (const reason of forGood) {
      it(`does without plans, for good: ${reason}`, async () => {
        await layAsBefore(ORGANIZED);
        close(because(reason));
        putTrail();
        const ran = await stage.run(ORGANIZED);
        assert.equal(ran.code, 0, ran.text);
        assert.match(ran.text, /A policy forbids .* So nothing new is forwarded from us-west-2, and what/);
        isWhole();
        assert.equal(there().rules.size, 0);
        assert.ok(!roles().has('casethread-forward'));
        const again = await stage.run();
        assert.deepEqual(again.writes, []);
        assert.doesNotMatch(again.text, /Everything is as it should be/);
      });
    }

    const forNow: [what: string, how: (call: ApiCall) => object, says: RegExp][] = [
      ['no way there', () => ({ kind: 'hangup-before' }), /AWS gave no answer/],
      [
        'credentials that are not known there',
        () => ({ kind: 'error', name: 'UnrecognizedClientException', status: 400 }),
        /does not accept these credentials in us-west-2/,
      ],
      [
        'a permission that is missing',
        because('because no identity-based policy allows it'),
        /may not do events:\w+ on arn:aws:events:us-west-2/,
      ],
    ];
    for (const [what, how, says] of forNow) {
      it(`makes all else, and says so with its exit code: ${what}`, async () => {
        await layAsBefore(ORGANIZED);
        close(how);
        const ran = await stage.run(ORGANIZED);
        assert.equal(ran.code, 1);
        assert.match(ran.text, says);
        assert.match(ran.text, /All else works without it\. .* Then run it again\.$/m);
        isWhole();
        stage.aws.clearFaults();
        assert.equal((await stage.run()).code, 0);
        assert.equal(plansRule().targets.size, 1);
      });
    }

    it('makes all else where it may look, and not write', async () => {
      await layAsBefore();
      close(because('because no identity-based policy allows it'), ['PutRule']);
      const ran = await stage.run(ORGANIZED);
      assert.equal(ran.code, 1);
      assert.match(line(ran, 'rule of plans'), /failed$/);
      assert.match(
        ran.text,
        /may not do events:PutRule on arn:aws:events:us-west-2:\d+:rule\/casethread-plans\./,
      );
      isWhole();
      stage.aws.clearFaults();
      close(SCP, ['PutRule']);
      assert.equal((await stage.run()).code, 0, 'it may stay like that');
      stage.aws.clearFaults();
      assert.equal((await stage.run()).code, 0);
      assert.deepEqual((await stage.run()).writes, []);
    });

    it('takes away all that it can where none are wanted any more', async () => {
      await stage.lay();
      close(SCP);
      const ran = await stage.run(URL, NONE);
      assert.equal(ran.code, 0, ran.text);
      assert.deepEqual([...stage.region.rules.keys()], ['casethread']);
      assert.deepEqual([...roles().keys()], ['casethread-events']);
      assert.match(ran.text, /are left from before could not be looked at\. A policy forbids/);
      assert.deepEqual([...there().rules.keys()], ['casethread-plans']);
    });

    it('takes away all that it can with --remove, and says what is left', async () => {
      await stage.lay();
      close(SCP);
      const ran = await stage.run(['--remove']);
      assert.equal(ran.code, 0, ran.text);
      assert.equal(stage.region.rules.size + roles().size, 0);
      assert.match(ran.text, /could not be looked at, and stays\. A policy forbids/);
      assert.match(ran.text, /What stays is named above\. Everything else is removed\.$/);
    });

    it('takes away all else with --remove where it may look, and not delete', async () => {
      await stage.lay();
      close(because('because no identity-based policy allows it'), ['RemoveTargets', 'DeleteRule']);
      const ran = await stage.run(['--remove']);
      assert.equal(ran.code, 1);
      assert.match(line(ran, 'rule of plans'), /failed$/);
      assert.match(ran.text, /Not all could be removed\. .*events:RemoveTargets .* Then run it again\./);
      assert.equal(stage.region.rules.size + roles().size, 0);
      stage.aws.clearFaults();
      assert.equal((await stage.run(['--remove'])).code, 0);
      assert.equal(there().rules.size, 0);
    });
  });

  it('says what gets on with the permissions that were enough before', async () => {
    await layAsBefore();
    for (const operation of ['DescribeRule', 'ListTargetsByRule', 'GetRole', 'GetRolePolicy'])
      stage.aws.fault(operation, {
        kind: 'error',
        name: 'AccessDeniedException',
        status: 400,
        times: 100,
        when: ({ input }) => /casethread-(calls|plans|forward)/.test(JSON.stringify(input)),
      });
    for (const args of [URL, ['--remove']]) {
      const ran = await stage.run(args);
      assert.equal(ran.code, 1);
      assert.deepEqual(ran.writes, []);
      assert.match(ran.text, /events:DescribeRule[\s\S]*iam:GetRole[\s\S]*Or do without .*EVENTS_CALLS=none/);
      assert.equal((await stage.run([...args, '--dry-run'], NONE)).code, 0);
    }
  });

  it('makes rules for calls only where they are recorded, and says so in one line', async () => {
    const before = stage.aws.calls.length;
    for (const region of ['us-west-2', 'eu-west-1']) {
      const ran = await stage.run([...URL, '--region', region]);
      assert.equal(ran.code, 0, ran.text);
      assert.doesNotMatch(ran.text, /^ {2}\S+ of (calls|plans)/m);
      assert.match(ran.text, /CloudTrail records calls of AWS Support in us-east-1: .*--region us-east-1/);
      assert.doesNotMatch(ran.text, /trail of CloudTrail/);
      assert.deepEqual([...stage.aws.region(region).rules.keys()], ['casethread']);
    }
    assert.doesNotMatch(JSON.stringify(stage.aws.calls.slice(before)), /casethread-(calls|plans|forward)/);
  });

  it('keeps the ways of two Regions apart', async () => {
    const regions = ['us-east-1', 'us-west-2'];
    await stage.lay();
    assert.equal((await stage.run([...URL, '--region', 'us-west-2'])).code, 0);
    for (const region of regions)
      assert.deepEqual((await stage.run([...URL, '--region', region])).writes, [], region);
    assert.deepEqual([...there().rules.keys()].sort(), ['casethread', 'casethread-plans']);
    const removed = await stage.run(['--remove', '--region', 'us-west-2']);
    assert.match(removed.text, /Nothing of the way of the events is left\.$/);
    assert.deepEqual((await stage.run()).writes, []);
  });

  it("lets an organization's accounts send what AWS says of calls, and nothing else", async () => {
    const condition = () =>
      (part(stage.region.busPolicy, 'casethread-organization') as { Condition: unknown }).Condition;
    await stage.lay(ORGANIZED, NONE);
    const ran = await stage.run(ORGANIZED, CHANGES);
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

  it('lets them send calls also where nobody names the organization again', async () => {
    const allowed = () => JSON.stringify(part(stage.region.busPolicy, 'casethread-organization'));
    await layAsBefore(ORGANIZED);
    const ran = await stage.run();
    assert.equal(ran.code, 0, ran.text);
    assert.match(line(ran, 'bus policy'), /changed: .* accounts of o-abcdefghij may send .* and calls here$/);
    assert.ok(allowed().includes('AWS API Call via CloudTrail'));
    assert.deepEqual((await stage.run()).writes, []);
    await stage.run(URL, NONE);
    assert.ok(!allowed().includes('CloudTrail'));
  });

  it('opens the bus to nobody by itself, and says where it could not look', async () => {
    await stage.lay();
    assert.equal(stage.region.busPolicy.size, 0);
    stage.aws.deny('events:DescribeEventBus');
    const ran = await stage.run();
    assert.equal(ran.code, 0, ran.text);
    assert.match(ran.text, /an organization may send .* could not be looked at \(events:DescribeEventBus\)/);
    assert.doesNotMatch(ran.text, /Everything is as it should be/);
    assert.equal((await stage.run(ORGANIZED)).code, 1);
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
        /record no management events that read: of all wanted calls, what changes something comes alone\./,
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
        await stage.lay();
        trail();
        const ran = await stage.run(URL, settings);
        assert.equal(ran.code, 0, ran.text);
        if (sentence === null) assert.doesNotMatch(ran.text, /[Tt]rail(s|) (of|is)/);
        else assert.match(ran.text, sentence);
      });
    }
  });
});
