import assert from 'node:assert/strict';
import { CALL_KINDS, type CallKind, KINDS_BY_DEFAULT } from '../../src/case/calls/call-kind.js';
import { checkAuditKinds } from '../../src/doctor/check-audit-kinds.js';
import { lookAtEventPath } from '../../src/doctor/look-at-event-path.js';
import { OwnIdentity } from '../../src/doctor/own-identity.js';
import { eventPathClients } from '../../src/event-path/clients.js';
import { type CallsWanted, PLANS_REGION } from '../../src/event-path/names.js';
import { ACCOUNT, type ConnectStage, connectStage, KEY, URL_OF_BOT } from '../connect/run-connect.js';

const ALL_STATE = 'ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS';
const NO_CALLERS = /Entries will not say who of you wrote, resolved or opened a case\.$/;
const NO_PLANS = /What is done with the support plan will not be told\.$/;

describe("the doctor on CloudTrail's events", () => {
  let stage: ConnectStage;
  beforeEach(async () => {
    stage = await connectStage({}, {});
  });
  afterEach(() => stage.stop());

  const look = async (eventsCalls: CallsWanted | undefined = 'changes', region = 'us-east-1') => {
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

  it('says in one line that none are wanted, and asks AWS nothing for it', async () => {
    await stage.run(undefined, { EVENTS_CALLS: 'none' });
    const before = stage.aws.calls.length;
    const findings = await look('none');
    assert.deepEqual(
      findings.filter(({ check }) => /call|plan|forward/.test(check)).map(({ state, says }) => [state, says]),
      [['ok', 'EVENTS_CALLS is none: CloudTrail is not asked to say who of you wrote or resolved.']],
    );
    assert.doesNotMatch(JSON.stringify(stage.aws.calls.slice(before)), /casethread-(calls|plans|forward)/);
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
          detail: { eventName: [{ 'anything-but': ['DescribeCases'] }] },
        });
      },
      'rule of plans',
      /^It is ENABLED, should be ENABLED_WITH_ALL\w+\. Calls that only read do not come\.$/,
      'all',
    ],
    [
      'a rule of plans for reads where writes are wanted',
      () => {
        plansRule().state = ALL_STATE;
      },
      'rule of plans',
      /^It is ENABLED_WITH_ALL\w+, should be ENABLED\. Calls that only read come as well, and cost a delivery each\.$/,
    ],
    [
      'another pattern',
      () => {
        callsRule().pattern = JSON.stringify({ source: ['aws.ec2'] });
      },
      'rule of calls',
      /^Pattern is \{"source":\["aws\.ec2"\]\}, should be .* Entries will not say who/,
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
      await stage.run();
    }
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

  it('says that calls of cases are not recorded where this way is', async () => {
    await stage.run(['--url', URL_OF_BOT, '--region', 'eu-west-1']);
    const found = await troubles(look('changes', 'eu-west-1'));
    assert.equal(found.length, 1);
    assert.match(
      found[0]?.[1] ?? '',
      /records calls of AWS Support in us-east-1, and this way .* in eu-west-1\./,
    );
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
