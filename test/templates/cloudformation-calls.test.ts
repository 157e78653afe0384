import assert from 'node:assert/strict';
import { busStatement, forwardPolicy, invokeTrust, queuePolicy } from '../../src/event-path/documents.js';
import {
  callsPattern,
  DEFAULT_CALLS,
  eventPathNames,
  PLANS_REGION,
  plansPattern,
  RETRY_POLICY,
  RULE_STATES,
  TAG,
} from '../../src/event-path/names.js';
import { evaluate, PLACE, type Stack } from './cloudformation/evaluate.js';
import { readTemplate, type Template, type Values } from './cloudformation/read.js';
import {
  CENTRAL_BUS,
  EVERY_CALLS,
  MEMBER,
  NEEDED,
  OF_MEMBER,
  ONE_ACCOUNT,
  ORGANIZATION,
  SUPPORT_PLANS,
} from './cloudformation/samples.js';
import { inlinePolicies, properties } from './cloudformation/stack.js';
import { eventPatternFaults } from './event-pattern-faults.js';
import { policyFaults } from './policy-faults.js';

const { account } = PLACE;
const THERE = { ...PLACE, region: PLANS_REGION };
const TAGS = [{ Key: TAG.key, Value: TAG.value }];
const OWN_BUS = `arn:aws:events:us-east-1:${account}:event-bus/default`;
const rule = (name: string, region: string = PLACE.region) =>
  `arn:aws:events:${region}:${account}:rule/${name}`;

/** Every rule of a stack, by its name. */
function rules({ resources }: Stack): Readonly<Record<string, Values>> {
  const found = Object.values(resources).filter(({ type }) => type === 'AWS::Events::Rule');
  return Object.fromEntries(found.map((each) => [String(each.properties.Name), each.properties]));
}

describe('CloudFormation templates, for calls that CloudTrail records', () => {
  const central = readTemplate(ONE_ACCOUNT);
  const member = readTemplate(MEMBER);
  const plans = readTemplate(SUPPORT_PLANS);
  const taken = ['changes', 'all'] as const;

  it('offer what EVENTS_CALLS may be, and take the same when nothing is said', () => {
    const offered = ({ Parameters = {} }: Template) => Parameters.Calls?.AllowedValues;
    assert.deepEqual(offered(central), EVERY_CALLS);
    assert.deepEqual(offered(member), EVERY_CALLS);
    assert.deepEqual(offered(plans), taken);
    for (const template of [central, member, plans]) {
      assert.equal(template.Parameters?.Calls?.Default, DEFAULT_CALLS);
    }
  });

  it('have event patterns that EventBridge takes', () => {
    for (const Calls of EVERY_CALLS) {
      const stacks = [evaluate(central, { ...NEEDED, Calls }), evaluate(member, { ...OF_MEMBER, Calls })];
      if (Calls !== 'none') stacks.push(evaluate(plans, { Calls }, THERE));
      for (const [name, { EventPattern: pattern }] of stacks.flatMap((each) => Object.entries(rules(each)))) {
        assert.deepEqual(eventPatternFaults(name, pattern), [], Calls);
      }
    }
  });

  for (const name of ['casethread', 'second_Bot-2']) {
    const names = eventPathNames(name);

    for (const Calls of taken) {
      it(`have a second rule beside that for cases: ${name}, ${Calls}`, () => {
        const stack = evaluate(central, { ...NEEDED, Name: name, Calls });
        const found = rules(stack);
        assert.deepEqual(Object.keys(found).sort(), [names.base, names.calls]);
        const { Description: _about, Targets: targets, ...calls } = found[names.calls] ?? {};
        assert.deepEqual(calls, {
          Name: names.calls,
          State: RULE_STATES[Calls],
          EventPattern: callsPattern(Calls),
          Tags: TAGS,
        });
        // The same API destination, role, queue and patience.
        const [target] = properties(stack, 'Rule').Targets as Values[];
        assert.deepEqual(targets, [{ ...target, Id: names.calls }]);
        assert.deepEqual((targets as Values[])[0]?.RetryPolicy, RETRY_POLICY);

        const both = [rule(names.base), rule(names.calls)];
        assert.deepEqual(
          properties(stack, 'InvokeRole').AssumeRolePolicyDocument,
          invokeTrust(both, account),
        );
        assert.deepEqual(
          properties(stack, 'UndeliveredQueuePolicy').PolicyDocument,
          queuePolicy(`arn:aws:sqs:us-east-1:${account}:${names.queue}`, both),
        );
        assert.equal(stack.outputs.CallsRuleArn, rule(names.calls));
      });

      it(`forward changes of the support plan from their Region: ${name}, ${Calls}`, () => {
        const stack = evaluate(plans, { Name: name, Calls }, THERE);
        assert.deepEqual(Object.keys(stack.resources).sort(), ['ForwardRole', 'Rule']);
        const { Description: _about, ...found } = properties(stack, 'Rule');
        assert.deepEqual(found, {
          Name: names.plans,
          State: RULE_STATES[Calls],
          EventPattern: plansPattern(),
          Targets: [
            {
              Id: names.plans,
              Arn: OWN_BUS,
              RoleArn: `arn:aws:iam::${account}:role/${names.forwardRole}`,
              RetryPolicy: RETRY_POLICY,
            },
          ],
          Tags: TAGS,
        });
        const role = properties(stack, 'ForwardRole');
        assert.equal(role.RoleName, names.forwardRole);
        assert.deepEqual(role.Tags, TAGS);
        assert.deepEqual(
          role.AssumeRolePolicyDocument,
          invokeTrust(rule(names.plans, PLANS_REGION), account),
        );
        assert.deepEqual(inlinePolicies(stack, 'ForwardRole'), {
          [names.forwardPolicy]: forwardPolicy(OWN_BUS),
        });
        assert.deepEqual(policyFaults('stack', stack.resources), []);
      });
    }
  }

  it('say how the second stack is made, with the names and calls of the first', () => {
    const given = { Name: 'second_Bot-2', Calls: 'all' };
    const { outputs } = evaluate(central, { ...NEEDED, ...given });
    const command = String(outputs.SupportPlans);
    assert.match(
      command,
      /^aws cloudformation deploy --region us-west-2 [^\n]* --capabilities CAPABILITY_NAMED_IAM /,
    );
    assert.match(command, / --template-file scripts\/cloudformation\/support-plans\.yaml /);
    const [, parameters = ''] = / --parameter-overrides (.*)$/.exec(command) ?? [];
    assert.deepEqual(Object.fromEntries(parameters.split(' ').map((each) => each.split('='))), given);
    evaluate(plans, given, THERE);
  });

  it('make nothing for calls where none are wanted', () => {
    const { resources, outputs } = evaluate(central, { ...NEEDED, Calls: 'none' });
    assert.ok(!('CallsRule' in resources));
    assert.deepEqual(
      Object.keys(outputs).filter((name) => /Calls|Plans/.test(name)),
      [],
    );
    const home = evaluate(member, { ...OF_MEMBER, Calls: 'none' });
    assert.deepEqual(Object.keys(home.resources).sort(), ['BotRole', 'ForwardRole', 'Nothing', 'Rule']);
    const there = evaluate(member, { ...OF_MEMBER, Calls: 'none' }, THERE);
    assert.deepEqual(Object.keys(there.resources), ['Nothing']);
  });

  it('let the accounts of an organization forward calls, too, and nothing else', () => {
    for (const Calls of taken) {
      const stack = evaluate(central, { ...NEEDED, OrganizationId: ORGANIZATION, Calls });
      const place = { ...PLACE, base: 'casethread', organization: ORGANIZATION };
      const { Sid: _sid, ...statement } = busStatement({ ...place, calls: true });
      assert.deepEqual(properties(stack, 'OrganizationMayForward').Statement, statement);
    }
  });

  it('let the doctor look at all of it', () => {
    const { PolicyDocument: document } = properties(evaluate(central, NEEDED), 'BotMay');
    const { Statement: statements } = document as { Statement: { Sid: string; Resource: unknown }[] };
    const seen = statements.find(({ Sid: sid }) => sid === 'CasethreadLooksAtTheWayOfTheEvents')?.Resource;
    const names = eventPathNames();
    for (const resource of [
      rule(names.base),
      rule(names.calls),
      rule(names.plans, PLANS_REGION),
      OWN_BUS,
      `arn:aws:iam::${account}:role/${names.role}`,
      `arn:aws:iam::${account}:role/${names.forwardRole}`,
    ]) {
      assert.ok((seen as string[]).includes(resource), resource);
    }
    // A trail that records only what changes something lets no reads come.
    const looks = statements.find(({ Sid: sid }) => sid === 'CasethreadLooksForTrails');
    assert.ok(JSON.stringify(looks).includes('cloudtrail:GetEventSelectors'));
  });

  describe('in a member of an organization', () => {
    const names = eventPathNames();
    for (const Calls of taken) {
      for (const KeepUndelivered of ['no', 'yes']) {
        it(`go the way of its cases: ${Calls}, ${KeepUndelivered === 'yes' ? 'with' : 'without'} a queue`, () => {
          const stack = evaluate(member, { ...OF_MEMBER, Calls, KeepUndelivered });
          const found = rules(stack);
          assert.deepEqual(Object.keys(found).sort(), [names.base, names.calls]);
          const { State: state, EventPattern: pattern, Targets: targets } = found[names.calls] ?? {};
          assert.deepEqual([state, pattern], [RULE_STATES[Calls], callsPattern(Calls)]);
          const [target] = properties(stack, 'Rule').Targets as Values[];
          assert.deepEqual(targets, [{ ...target, Id: names.calls }]);
          const both = [rule(names.base), rule(names.calls)];
          assert.deepEqual(
            properties(stack, 'ForwardRole').AssumeRolePolicyDocument,
            invokeTrust(both, account),
          );
          if (KeepUndelivered === 'no') return;
          assert.deepEqual(
            properties(stack, 'UndeliveredQueuePolicy').PolicyDocument,
            queuePolicy(`arn:aws:sqs:us-east-1:${account}:${names.queue}`, both),
          );
        });
      }

      it(`go from the Region of the plans straight to the central account: ${Calls}`, () => {
        const stack = evaluate(member, { ...OF_MEMBER, Calls, KeepUndelivered: 'yes' }, THERE);
        assert.deepEqual(Object.keys(stack.resources).sort(), ['Nothing', 'PlansRole', 'PlansRule']);
        const { State: state, EventPattern: pattern, Targets: targets } = properties(stack, 'PlansRule');
        assert.deepEqual([state, pattern], [RULE_STATES[Calls], plansPattern()]);
        assert.deepEqual(targets, [
          {
            Id: names.plans,
            Arn: CENTRAL_BUS,
            RoleArn: `arn:aws:iam::${account}:role/${names.forwardRole}`,
            RetryPolicy: RETRY_POLICY,
          },
        ]);
        const role = properties(stack, 'PlansRole');
        assert.deepEqual(
          role.AssumeRolePolicyDocument,
          invokeTrust(rule(names.plans, PLANS_REGION), account),
        );
        assert.deepEqual(inlinePolicies(stack, 'PlansRole'), {
          [names.forwardPolicy]: forwardPolicy(CENTRAL_BUS),
        });
      });
    }

    // A StackSet makes a stack in each of the two; roles are not of a Region.
    it('make no role in both Regions', () => {
      const roles = [PLACE, THERE].flatMap((place) =>
        Object.values(evaluate(member, OF_MEMBER, place).resources)
          .filter(({ type }) => type === 'AWS::IAM::Role')
          .map(({ properties: role }) => String(role.RoleName)),
      );
      assert.deepEqual(roles.sort(), ['casethread', 'casethread-events', 'casethread-forward']);
    });
  });

  it('take no name that is a rule of another bot', () => {
    const { calls, plans: ofPlans } = eventPathNames();
    for (const part of [calls, ofPlans]) {
      assert.throws(() => evaluate(central, { ...NEEDED, Name: part }), /ends neither with/);
      assert.throws(() => evaluate(member, { ...OF_MEMBER, Name: part }), /ends neither with/);
      assert.throws(() => evaluate(plans, { Name: part }, THERE), /ends neither with/);
    }
    evaluate(central, { ...NEEDED, Name: 'calls-of-b' });
  });

  it('come up in no Region in which nothing is recorded', () => {
    assert.throws(() => evaluate(plans, {}, PLACE), /us-west-2 \(Oregon\)/);
    assert.throws(() => evaluate(plans, { Calls: 'none' }, THERE), /one of changes, all/);
    assert.throws(() => evaluate(central, { ...NEEDED, Calls: 'reads' }), /one of none, changes, all/);
  });
});

describe('checks of event patterns', () => {
  const wrong: [what: string, pattern: unknown, fault: RegExp][] = [
    ['an empty part', { source: ['aws.support'], detail: {} }, /detail is empty/],
    ['an empty list', { source: [] }, /source is empty/],
    ['text that is no list', { source: 'aws.support' }, /source is no list/],
    ['what no event has', { sources: ['aws.support'] }, /no event has sources/],
    ['a filter that is none', { source: [{ 'any-but': ['aws.ec2'] }] }, /filter any-but/],
    ['an empty filter', { source: [{ 'anything-but': [] }] }, /anything-but is empty/],
    ['two filters in one', { source: [{ 'anything-but': ['a'], prefix: 'b' }] }, /two filters/],
    ['a value that is left out', { source: [null] }, /is no text: null/],
    [
      'an alternative to nothing',
      { detail: { $or: [{ errorCode: ['a'] }] } },
      /\$or is no list of two or more/,
    ],
    [
      'an alternative without a field',
      { detail: { $or: [{ exists: [true] }, { errorCode: ['a'] }] } },
      /\$or\[0\] has the filter exists in place of a field/,
    ],
    [
      'an empty alternative',
      { detail: { $or: [{ type: { of: [] } }, {}] } },
      /of is empty\n.*\$or\[1\] is empty/,
    ],
    [
      'what exists in words',
      { detail: { errorCode: [{ exists: 'true' }] } },
      /exists is neither true nor false/,
    ],
    ['too many characters', { source: ['x'.repeat(2_048)] }, /more than 2048/],
  ];
  for (const [what, pattern, fault] of wrong) {
    it(`find ${what}`, () => {
      assert.match(eventPatternFaults('rule', pattern).join('\n'), fault);
    });
  }
});
