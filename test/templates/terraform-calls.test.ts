import assert from 'node:assert/strict';
import { DEFAULT_CALLS } from '../../src/event-path/names.js';
import { saySame } from '../../src/event-path/same-policy.js';
import { evaluate as evaluateStack, PLACE } from './cloudformation/evaluate.js';
import { readTemplate, type Values } from './cloudformation/read.js';
import {
  EVERY_CALLS,
  MEMBER,
  NEEDED,
  OF_MEMBER,
  ONE_ACCOUNT,
  ORGANIZATION,
  SUPPORT_PLANS,
} from './cloudformation/samples.js';
import { properties } from './cloudformation/stack.js';
import { ruleInCloudFormation, ruleInTerraform } from './rule-in-both.js';
import { evaluate } from './terraform/evaluate.js';
import { planned } from './terraform/planned.js';
import { type Module, providerName } from './terraform/read.js';
import { NEEDED_HERE, OF_MEMBER_HERE, readModules } from './terraform/samples.js';

const THERE = { ...PLACE, region: 'us-west-2' };
function same(one: unknown, other: unknown): void {
  // IAM and EventBridge take one value for a list of one; what differs is shown by the second.
  if (!saySame(one, other)) assert.deepEqual(one, other);
}

describe('Terraform modules, for calls that CloudTrail records', () => {
  let central: Module;
  let member: Module;
  before(async () => {
    ({ central, member } = await readModules());
  });

  for (const Calls of EVERY_CALLS) {
    for (const Name of ['casethread', 'second_Bot-2']) {
      it(`make what the CloudFormation templates make: ${Calls}, as ${Name}`, () => {
        const given = { ...NEEDED, Name, Calls, OrganizationId: ORGANIZATION };
        const stack = evaluateStack(readTemplate(ONE_ACCOUNT), given);
        const here = { ...NEEDED_HERE, name: Name, calls: Calls, organization_id: ORGANIZATION };
        const plan = evaluate(central, here);
        same(ruleInTerraform(plan, 'this', 'invoke'), ruleInCloudFormation(stack, 'Rule', 'InvokeRole'));
        same(
          planned(plan, 'aws_sqs_queue_policy.undelivered').policy,
          properties(stack, 'UndeliveredQueuePolicy').PolicyDocument,
        );
        const { Statement: statement, StatementId: sid } = properties(stack, 'OrganizationMayForward');
        same(planned(plan, 'aws_cloudwatch_event_bus_policy.organization').policy, {
          Version: '2012-10-17',
          Statement: [{ Sid: sid, ...(statement as Values) }],
        });
        const told = Object.entries(plan.outputs.environment as Values).map(
          ([key, value]) => `${key}=${value}`,
        );
        assert.deepEqual(told.sort(), String(stack.outputs.Environment).split(' ').sort());
        const forCalls = Object.keys(plan.resources).filter((each) => /\.(calls|plans)$/.test(each));
        assert.equal(forCalls.length, Calls === 'none' ? 0 : 6);
        if (Calls === 'none') return;
        same(
          ruleInTerraform(plan, 'calls', 'invoke'),
          ruleInCloudFormation(stack, 'CallsRule', 'InvokeRole'),
        );
        const there = evaluateStack(readTemplate(SUPPORT_PLANS), { Name, Calls }, THERE);
        same(ruleInTerraform(plan, 'plans', 'plans'), ruleInCloudFormation(there, 'Rule', 'ForwardRole'));
      });
    }

    for (const KeepUndelivered of ['no', 'yes']) {
      const queue = KeepUndelivered === 'yes';
      it(`make the same in a member: ${Calls}, ${queue ? 'with' : 'without'} a queue`, () => {
        const given = { ...OF_MEMBER, Calls, KeepUndelivered };
        const stack = evaluateStack(readTemplate(MEMBER), given);
        const plan = evaluate(member, { ...OF_MEMBER_HERE, calls: Calls, keep_undelivered: queue });
        same(ruleInTerraform(plan, 'this', 'forward'), ruleInCloudFormation(stack, 'Rule', 'ForwardRole'));
        if (queue) {
          same(
            planned(plan, 'aws_sqs_queue_policy.undelivered').policy,
            properties(stack, 'UndeliveredQueuePolicy').PolicyDocument,
          );
        }
        const forCalls = Object.keys(plan.resources).filter((each) => /\.(calls|plans)$/.test(each));
        assert.equal(forCalls.length, Calls === 'none' ? 0 : 6);
        if (Calls === 'none') return;
        same(
          ruleInTerraform(plan, 'calls', 'forward'),
          ruleInCloudFormation(stack, 'CallsRule', 'ForwardRole'),
        );
        const there = evaluateStack(readTemplate(MEMBER), given, THERE);
        same(ruleInTerraform(plan, 'plans', 'plans'), ruleInCloudFormation(there, 'PlansRule', 'PlansRole'));
      });
    }
  }

  it('make in us-west-2 the rule for plans and its target, and nothing else', () => {
    for (const { resources } of [central, member]) {
      const there = Object.keys(resources).filter((each) => providerName(resources[each]?.provider) !== '');
      assert.deepEqual(there.sort(), [
        'aws_cloudwatch_event_rule.plans',
        'aws_cloudwatch_event_target.plans',
      ]);
    }
  });

  it('take what EVENTS_CALLS may be, and the same when nothing is said', () => {
    for (const [module, given] of [
      [central, NEEDED_HERE],
      [member, OF_MEMBER_HERE],
    ] as const) {
      assert.equal(module.variables.calls?.default, DEFAULT_CALLS);
      assert.throws(() => evaluate(module, { ...given, calls: 'reads' }), /none, changes or all/);
    }
  });

  it('leave out what is for plans where it is not wanted, also without a provider for its Region', () => {
    for (const [module, given] of [
      [central, NEEDED_HERE],
      [member, OF_MEMBER_HERE],
    ] as const) {
      const whole = Object.keys(evaluate(module, given).resources);
      const { resources } = evaluate(module, { ...given, plans: false }, PLACE, { 'aws.us_west_2': {} });
      assert.deepEqual(
        whole.filter((each) => !(each in resources)).sort(),
        ['cloudwatch_event_rule', 'cloudwatch_event_target', 'iam_role', 'iam_role_policy'].map(
          (type) => `aws_${type}.plans`,
        ),
      );
    }
  });

  it('refuse a second provider for another Region or account, where they use it', () => {
    for (const [module, given] of [
      [central, NEEDED_HERE],
      [member, OF_MEMBER_HERE],
    ] as const) {
      const here = { 'aws.us_west_2': {} };
      assert.throws(
        () => evaluate(module, given, PLACE, here),
        /as aws\.us_west_2, a provider for us-west-2/,
      );
      const others = { 'aws.us_west_2': { region: 'us-west-2', account: '444455556666' } };
      assert.throws(() => evaluate(module, given, PLACE, others), /belongs to another account/);
      evaluate(module, { ...given, calls: 'none' }, PLACE, here);
    }
  });
});
