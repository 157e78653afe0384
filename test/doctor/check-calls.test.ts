import assert from 'node:assert/strict';
import { CALL_KINDS, type CallKind, KINDS_BY_DEFAULT } from '../../src/case/calls/call-kind.js';
import { NO_FILE } from '../../src/config/config-file.js';
import { checkAuditKinds } from '../../src/doctor/check-audit-kinds.js';
import { lookAtEventPath } from '../../src/doctor/look-at-event-path.js';
import { OwnIdentity } from '../../src/doctor/own-identity.js';
import { eventPathClients } from '../../src/event-path/clients.js';
import { type CallsWanted, callsPattern, PLANS_REGION } from '../../src/event-path/names.js';
import { ACCOUNT, type ConnectStage, connectStage, KEY, URL_OF_BOT } from '../connect/run-connect.js';
import { listed as listedAccount } from '../support/accounts-room.js';

const ALL_STATE = 'ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS';
const CHANGES = { EVENTS_CALLS: 'changes' };
const NO_CALLERS = /Entries will not say who of you wrote, resolved or opened a case\.$/;
const NO_PLANS = /What is done with the support plan will not be told\.$/;

describe("the doctor on CloudTrail's events", () => {
  let stage: ConnectStage;
  beforeEach(async () => {
    stage = await connectStage({}, {});
  });
  afterEach(() => stage.stop());

  const look = async (
    eventsCalls: CallsWanted | undefined = 'changes',
    region = 'us-east-1',
    listed: readonly string[] = [],
  ) => {
    const [credentials] = stage.aws.credentials;
    assert.ok(credentials !== undefined);
    const clients = eventPathClients({ region, endpoint: stage.aws.url, credentials, maxAttempts: 1 });
    const before = stage.aws.calls.length;
    try {
      const findings = await lookAtEventPath(
        {
          publicUrl: URL_OF_BOT,
          eventApiKeys: [KEY],
          eventsName: 'casethread',
          sweepIntervalSeconds: 300,
          ...(eventsCalls === undefined ? {} : { eventsCalls }),
          file: { ...NO_FILE, accounts: listed.map((id) => listedAccount(id)) },
        },
        clients,
        new OwnIdentity(clients),
      );
      const writes = stage.aws.calls
        .slice(before)
        .filter(({ operation }) => !/^(Describe|Get|List)/.test(operation));
      assert.deepEqual(writes, []);
      return findings;
    } finally {
      clients.close();
    }
  };
  const troubles = async (of = look()) => {
    const found = (await of).filter(({ state }) => state !== 'ok');
    for (const { state, remedy } of found) {
      assert.equal(state, 'warn', 'without CloudTrail the bot works');
      assert.ok(remedy !== null);
    }
    return found.map(({ check, says }) => [check, says] as const);
  };
  const there = () => stage.aws.region(PLANS_REGION);
  const part = <T>(parts: ReadonlyMap<string, T>, name: string): T => {
    const found = parts.get(name);
    assert.ok(found !== undefined, name);
    return found;
  };
  const callsRule = () => part(stage.region.rules, 'casethread-calls');
  const plansRule = () => part(there().rules, 'casethread-plans');
  const role = (name: string) => part(stage.aws.account(ACCOUNT).roles, name);

  it('finds well what connect has made, for writes and for reads', async () => {
    await stage.run();
    const said = async (calls: CallsWanted) =>
      (await look(calls)).slice(-2).map(({ check, state, says }) => `${check} ${state}: ${says}`);
    assert.deepEqual(await said('changes'), [
      'rule of calls ok: It is on in us-east-1, and takes calls that change something.',
      'rule of plans ok: It forwards calls of AWS Support Plans from us-west-2 to us-east-1.',
    ]);
    await stage.run(undefined, { EVENTS_CALLS: 'all' });
    assert.match((await said('all'))[0] ?? '', /ok: .*takes also calls that read\.$/);
    assert.deepEqual(await troubles(look('all')), []);
  });

  const ofCalls = (findings: Awaited<ReturnType<typeof look>>) =>
    findings
      .filter(({ check, state }) => /call|plan|forward/.test(check) || state !== 'ok')
      .map(({ state, says }) => [state, says]);
  const NONE_WANTED = [
    'ok',
    'EVENTS_CALLS is none: CloudTrail is not asked to say who of you wrote or resolved.',
  ];

  it('says in one line that none are wanted, also where it may not look for them', async () => {
    await stage.run(undefined, { EVENTS_CALLS: 'none' });
    assert.deepEqual(ofCalls(await look('none')), [NONE_WANTED]);
    stage.aws.fault('*', {
      kind: 'error',
      name: 'AccessDeniedException',
      status: 400,
      times: 100,
      when: ({ input }) => /casethread-(calls|plans|forward)/.test(JSON.stringify(input)),
    });
    assert.deepEqual(ofCalls(await look('none')), [NONE_WANTED]);
  });

  it('says what is left of calls that are not wanted any more', async () => {
    await stage.run(undefined, { EVENTS_CALLS: 'none' });
    await stage.run(undefined, CHANGES);
    there().rules.clear();
    const [[state, says] = [], ...more] = ofCalls(await look('none'));
    assert.equal(state, 'warn');
    assert.match(
      says ?? '',
      /there still is the rule casethread-calls, the role casethread-forward: calls may come/,
    );
    assert.deepEqual(more, [NONE_WANTED]);
  });

  it('says that reads do not come where connect has not let them, and how they would', async () => {
    await stage.run();
    const findings = (await look('all')).filter(({ state }) => state !== 'ok');
    assert.deepEqual(
      findings.map(({ check, says }) => [check, says]),
      ['rule of calls', 'rule of plans'].map((check) => [
        check,
        'It takes calls that change something alone: those that only read do not come.',
      ]),
    );
    for (const { remedy } of findings) assert.match(remedy ?? '', /^npm run connect -- --calls all puts it/);
    await stage.run(undefined, { EVENTS_CALLS: 'all' });
    for (const { says, remedy } of (await look()).filter(({ state }) => state !== 'ok')) {
      assert.equal(says, 'It takes calls that only read as well: they come, and cost a delivery each.');
      assert.match(remedy ?? '', /^npm run connect -- --calls changes puts it right/);
    }
  });

  for (const [what, message, says, remedy] of [
    [
      'closes it',
      'with an explicit deny in a service control policy',
      /^It cannot be looked at: a policy closes us-west-2 .* what is done with the support plan is not told;/,
      /^Nothing else needs us-west-2\./,
    ],
    [
      'does not know these credentials',
      null,
      /^It cannot be looked at in us-west-2: AWS does not accept these credentials .* the support plan is not told/,
      /has us-west-2 switched on/,
    ],
  ] as const)
    it(`says what is not told where the Region of the plans ${what}`, async () => {
      await stage.run();
      stage.aws.fault('*', {
        kind: 'error',
        name: message === null ? 'UnrecognizedClientException' : 'AccessDeniedException',
        message: `User: x is not authorized to perform: events:DescribeRule ${message}`,
        status: 400,
        times: 100,
        when: ({ input }) => JSON.stringify(input).includes('-plans'),
      });
      const [finding, ...more] = (await look()).filter(({ state }) => state !== 'ok');
      assert.deepEqual([finding?.check, finding?.state, more], ['rule of plans', 'warn', []]);
      assert.match(finding?.says ?? '', says);
      assert.match(finding?.remedy ?? '', remedy);
      // Whoever wants no calls hears nothing of it.
      assert.doesNotMatch(JSON.stringify(await look('none')), /looked at/);
    });

  it('says what of an organization may come', async () => {
    const others = ['444455556666', ACCOUNT];
    const bus = async (calls: CallsWanted) =>
      (await look(calls, undefined, others))
        .filter(({ check }) => check === 'bus policy')
        .map(({ state, says, remedy }) => [state, says.split(': of')[0], remedy?.split(' puts')[0] ?? null]);
    await stage.run();
    assert.deepEqual(await bus('changes'), []);
    const organized = ['--url', URL_OF_BOT, '--organization', 'o-abcdefghij'];
    await stage.run(organized, { EVENTS_CALLS: 'none' });
    assert.deepEqual(await bus('none'), [
      ['ok', "Accounts of o-abcdefghij may send AWS Support's events here.", null],
    ]);
    const remedy = 'npm run connect -- --calls changes --organization o-abcdefghij';
    const lacks =
      'It lets other accounts send events of cases here, and not what CloudTrail records of calls';
    assert.deepEqual(await bus('changes'), [['warn', lacks, remedy]]);
    await stage.run(organized, CHANGES);
    const ok = ['ok', "Accounts of o-abcdefghij may send AWS Support's events and calls here.", null];
    assert.deepEqual(await bus('changes'), [ok]);
    stage.aws.deny('events:DescribeEventBus');
    assert.deepEqual(await bus('changes'), []);
    assert.doesNotMatch(JSON.stringify(await look()), /DescribeEventBus/);
  });

  it('says of a way for cases alone what it lacks, and nothing twice', async () => {
    await stage.run(undefined, { EVENTS_CALLS: 'none' });
    const found = await troubles();
    assert.deepEqual(
      found.map(([check]) => check),
      ['rule of calls', 'rule of plans'],
    );
    assert.match(found[0]?.[1] ?? '', NO_CALLERS);
    assert.match(found[1]?.[1] ?? '', NO_PLANS);
  });

  const document = (statement: object) =>
    JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', ...statement }] });
  const trustOf = (Principal: object) => document({ Principal, Action: 'sts:AssumeRole' });
  const allowing = (Action: string) => document({ Action, Resource: '*' });
  const drifts: [what: string, drift: () => void, check: string, says: RegExp, calls?: CallsWanted][] = [
    [
      'the rule of calls off',
      () => {
        callsRule().state = 'DISABLED';
      },
      'rule of calls',
      /^It is off, should be on\. Entries will not say who/,
    ],
    [
      'the rule of plans gone',
      () => there().rules.clear(),
      'rule of plans',
      /^It is missing\. What is done with the support plan will not be told\.$/,
    ],
    [
      'a rule of plans for writes where reads are wanted',
      () => {
        callsRule().state = ALL_STATE;
        callsRule().pattern = JSON.stringify({
          ...JSON.parse(callsRule().pattern),
          detail: callsPattern('all').detail,
        });
      },
      'rule of plans',
      /^It takes calls that change something alone: those that only read do not come\.$/,
      'all',
    ],
    [
      'a rule of plans for reads where writes are wanted',
      () => {
        plansRule().state = ALL_STATE;
      },
      'rule of plans',
      /^It takes calls that only read as well: they come, and cost a delivery each\.$/,
    ],
    [
      'another pattern',
      () => {
        callsRule().pattern = JSON.stringify({ source: ['aws.ec2'] });
      },
      'rule of calls',
      /^Its pattern is \{"source":\["aws\.ec2"\]\}, not that of npm run connect\. Entries will not say who/,
    ],
    [
      'a pattern by which changes come',
      () => {
        callsRule().pattern = JSON.stringify({ source: ['aws.support'] });
      },
      'rule of calls',
      /^Its pattern is .*, not that of npm run connect\. Some calls may not come, or more than are wanted\.$/,
    ],
    [
      'a rule for all that the bot reads all the time',
      () => {
        callsRule().state = ALL_STATE;
        plansRule().state = ALL_STATE;
      },
      'rule of calls',
      /^It also takes the calls that the bot and the console make all the time/,
      'all',
    ],
    [
      'the target of calls gone',
      () => callsRule().targets.clear(),
      'target of calls',
      /^It is missing\. Entries will not say who/,
    ],
    [
      'a target without a queue',
      () => {
        const target = part(callsRule().targets, 'casethread-calls');
        callsRule().targets.set('casethread-calls', { ...target, DeadLetterConfig: undefined });
      },
      'target of calls',
      /^Its dead-letter queue is missing, should be .* Calls that cannot be delivered at once may be lost\.$/,
    ],
    [
      'the forward role gone',
      () => stage.aws.account(ACCOUNT).roles.delete('casethread-forward'),
      'forward role',
      /^It is missing\. What is done with the support plan/,
    ],
    [
      'a forward role that may not',
      () => role('casethread-forward').policies.clear(),
      'forward policy',
      /^It is missing\. What is done with the support plan/,
    ],
    [
      'a forward role that everything in EventBridge may take',
      () => {
        role('casethread-forward').trust = trustOf({ Service: 'events.amazonaws.com' });
      },
      'forward role',
      /^A matter of security: not EventBridge for the rule of plans alone may take it\. .* come all the same\.$/,
    ],
    [
      'a forward role that EventBridge may not take',
      () => {
        role('casethread-forward').trust = trustOf({ Service: 'lambda.amazonaws.com' });
      },
      'forward role',
      /^It does not let EventBridge .* take it for the rule of plans\. What is done with the support plan/,
    ],
    [
      'a forward role that may put events everywhere',
      () => {
        role('casethread-forward').policies.set('forward', allowing('events:PutEvents'));
      },
      'forward policy',
      /^A matter of security: it allows more than to put events .* come all the same\.$/,
    ],
    [
      'a forward role that may do something else',
      () => {
        role('casethread-forward').policies.set('forward', allowing('events:PutRule'));
      },
      'forward policy',
      /^It does not allow to put events .* What is done with the support plan/,
    ],
    [
      'a role for the rule of cases alone',
      () => {
        role('casethread-events').trust = role('casethread-events').trust.replace(
          /,"[^"]*casethread-calls"/,
          '',
        );
      },
      'role',
      /^EventBridge may not take it for the rule of calls\. Entries will not say who/,
    ],
    [
      'a queue for the rule of cases alone',
      () => {
        const { attributes } = part(stage.region.queues, 'casethread-undelivered');
        attributes.set('Policy', (attributes.get('Policy') ?? '').replace(/,"[^"]*casethread-calls"/, ''));
      },
      'queue policy',
      /^The rule of calls may not put into the queue: calls that cannot be delivered are lost\.$/,
    ],
  ];
  it('says what differs, and what it costs', async () => {
    await stage.run();
    for (const [what, drift, check, says, calls] of drifts) {
      drift();
      const found = (await troubles(look(calls))).filter(
        ([each]) => each !== 'rule of calls' || check === each,
      );
      assert.deepEqual(
        found.map(([each]) => each),
        [check],
        what,
      );
      assert.match(found[0]?.[1] ?? '', says, what);
      await stage.run(undefined, { EVENTS_CALLS: 'changes' });
    }
  });

  it('finds well what was made by hand, whatever the console has called it', async () => {
    await stage.run();
    for (const rule of [callsRule(), plansRule()]) {
      const [target] = [...rule.targets.values()];
      assert.ok(target !== undefined);
      rule.targets.clear();
      rule.targets.set('Id0a1b2c3d', { ...target, Id: 'Id0a1b2c3d' });
    }
    const { roles } = stage.aws.account(ACCOUNT);
    const [target] = [...plansRule().targets.values()];
    assert.ok(target !== undefined);
    const byHand = 'Amazon_EventBridge_Invoke_Event_Bus_123';
    roles.set(byHand, role('casethread-forward'));
    roles.delete('casethread-forward');
    plansRule().targets.set('Id0a1b2c3d', { ...target, RoleArn: `arn:aws:iam::${ACCOUNT}:role/${byHand}` });
    assert.deepEqual(await troubles(), []);
    plansRule().targets.clear();
    assert.deepEqual(
      (await troubles()).map(([check]) => check),
      ['forward role', 'target of plans'],
    );
  });

  it('says that a role has another policy, which connect leaves', async () => {
    await stage.run();
    for (const name of ['casethread-events', 'casethread-forward'])
      role(name).policies.set('admin', allowing('*'));
    await stage.run();
    const found = await troubles();
    assert.deepEqual(
      found.map(([check]) => check),
      ['role policy', 'forward policy'],
    );
    for (const [, says] of found) assert.match(says, /^A matter of security: the role .*: admin\. Whoever/);
    stage.aws.deny('iam:ListRolePolicies');
    assert.deepEqual(await troubles(), []);
  });

  it('says where it could not look, and does not take it for missing', async () => {
    await stage.run();
    stage.aws.fault('DescribeRule', {
      kind: 'error',
      name: 'AccessDeniedException',
      status: 400,
      times: 100,
      when: ({ input }) => input.Name !== 'casethread',
    });
    const found = await troubles();
    assert.deepEqual(found, [
      ['EventBridge', 'Not all could be looked at: these credentials may not call events:DescribeRule.'],
    ]);
  });

  it('says that calls of cases are not recorded where this way is, until that is settled', async () => {
    const there = ['--url', URL_OF_BOT, '--region', 'eu-west-1'];
    await stage.run(there, { EVENTS_CALLS: 'none' });
    const [finding, ...more] = (await look('changes', 'eu-west-1')).filter(({ state }) => state !== 'ok');
    assert.deepEqual([finding?.state, more], ['warn', []]);
    assert.match(
      finding?.says ?? '',
      /records calls of AWS Support in us-east-1, and this way .* in eu-west-1\./,
    );
    assert.match(finding?.remedy ?? '', /and set EVENTS_REGION=us-east-1; or set EVENTS_CALLS=none\.$/);
    assert.deepEqual(await troubles(look('none', 'eu-west-1')), []);
    await stage.run();
    assert.deepEqual(await troubles(look('changes', 'us-east-1')), []);
  });
});

describe('the doctor on what the audit channel is to show', () => {
  const look = (kinds: readonly CallKind[], calls: CallsWanted | undefined) =>
    checkAuditKinds({ channel: 'C0123456789', kinds }, calls).map(({ state, says }) => `${state}: ${says}`);

  it('names the kinds that EVENTS_CALLS does not let come', () => {
    const [all, ...more] = look(CALL_KINDS, 'changes');
    assert.deepEqual(more, []);
    assert.match(
      all ?? '',
      /^warn: .* of plan-reads, trusted-advisor-reads, support-app-reads, other-reads \(audit\.kinds of CONFIG_FILE\)/,
    );
    assert.match(look(['plan-changes', 'plan-reads'], 'changes')[0] ?? '', /: of plan-reads \(/);
    assert.match(look(KINDS_BY_DEFAULT, 'none')[0] ?? '', /^warn: EVENTS_CALLS is none, .* shows nothing\.$/);
  });

  it('says nothing where they come, or where nobody knows', () => {
    for (const calls of ['changes', 'all', undefined] as const)
      assert.deepEqual(look(KINDS_BY_DEFAULT, calls), []);
    assert.deepEqual(look(CALL_KINDS, 'all'), []);
    assert.deepEqual(checkAuditKinds(null, 'none'), []);
  });
});
