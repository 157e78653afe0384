import assert from 'node:assert/strict';
import { DEFAULT_CALLS } from '../../src/event-path/names.js';
import { saySame } from '../../src/event-path/same-policy.js';
import { evaluate as evaluateStack, PLACE, type Stack } from './cloudformation/evaluate.js';
import { readTemplate, type Values } from './cloudformation/read.js';
import {
  BOT,
  CENTRAL_BUS,
  EVERY_CALLS,
  KEY,
  MEMBER,
  NEEDED,
  OF_MEMBER,
  ONE_ACCOUNT,
  ORGANIZATION,
  SUPPORT_PLANS,
} from './cloudformation/samples.js';
import { properties } from './cloudformation/stack.js';
import { evaluate, type Plan } from './terraform/evaluate.js';
import { type Module, moduleFiles, providerName, readModule } from './terraform/read.js';

const FOLDER = 'scripts/terraform';
const NEEDED_HERE = { public_url: NEEDED.PublicUrl, event_api_key: KEY };
const OF_MEMBER_HERE = {
  central_bus_arn: CENTRAL_BUS,
  bot_role_arn: BOT,
  external_id: OF_MEMBER.ExternalId,
};
const THERE = { ...PLACE, region: 'us-west-2' };
/** The id of an API destination is AWS's. */
const withoutId = (arn: unknown) => String(arn).replace(/(:api-destination\/[^/]+)\/.*/, '$1');

function json(value: unknown): unknown {
  return JSON.parse(String(value));
}

/** A rule, its target and the role of it, in words that both languages have. */
function inTerraform({ resources }: Plan, rule: string, role: string): unknown {
  const of = (address: string): Values => resources[address] ?? assert.fail(`${address} is not there`);
  const made = of(`aws_cloudwatch_event_rule.${rule}`);
  const target = of(`aws_cloudwatch_event_target.${rule}`);
  const [retry] = target.retry_policy as Values[];
  const [queue] = (target.dead_letter_config ?? []) as Values[];
  const ofRole = of(`aws_iam_role.${role}`);
  const policy = of(`aws_iam_role_policy.${role}`);
  assert.equal(target.rule, made.name);
  assert.equal(policy.role, ofRole.name);
  return {
    name: made.name,
    about: made.description,
    // What the provider takes where nothing is said.
    state: made.state ?? 'ENABLED',
    pattern: json(made.event_pattern),
    tags: made.tags,
    target: target.target_id,
    to: withoutId(target.arn),
    as: target.role_arn,
    retry: [retry?.maximum_retry_attempts, retry?.maximum_event_age_in_seconds],
    queue: queue?.arn ?? null,
    role: ofRole.name,
    aboutRole: ofRole.description,
    trust: json(ofRole.assume_role_policy),
    policies: [[policy.name, json(policy.policy)]],
  };
}

function inCloudFormation(stack: Stack, rule: string, role: string): unknown {
  const made = properties(stack, rule);
  const [target, ...others] = made.Targets as Values[];
  assert.deepEqual(others, []);
  const retry = target?.RetryPolicy as Values;
  const ofRole = properties(stack, role);
  return {
    name: made.Name,
    about: made.Description,
    state: made.State,
    pattern: made.EventPattern,
    tags: Object.fromEntries((made.Tags as Values[]).map(({ Key: key, Value: value }) => [key, value])),
    target: target?.Id,
    to: withoutId(target?.Arn),
    as: target?.RoleArn,
    retry: [retry.MaximumRetryAttempts, retry.MaximumEventAgeInSeconds],
    queue: (target?.DeadLetterConfig as Values | undefined)?.Arn ?? null,
    role: ofRole.RoleName,
    aboutRole: ofRole.Description,
    trust: ofRole.AssumeRolePolicyDocument,
    policies: (ofRole.Policies as Values[]).map((each) => [each.PolicyName, each.PolicyDocument]),
  };
}

function same(one: unknown, other: unknown): void {
  // IAM and EventBridge take one value for a list of one; what differs is shown by the second.
  if (!saySame(one, other)) assert.deepEqual(one, other);
}

describe('Terraform modules, for calls that CloudTrail records', () => {
  let central: Module;
  let member: Module;
  before(async () => {
    central = await readModule(moduleFiles(FOLDER));
    member = await readModule(moduleFiles(`${FOLDER}/organization-member`));
  });

  for (const Calls of EVERY_CALLS) {
    for (const Name of ['casethread', 'second_Bot-2']) {
      it(`make what the CloudFormation templates make: ${Calls}, as ${Name}`, () => {
        const given = { ...NEEDED, Name, Calls, OrganizationId: ORGANIZATION };
        const stack = evaluateStack(readTemplate(ONE_ACCOUNT), given);
        const here = { ...NEEDED_HERE, name: Name, calls: Calls, organization_id: ORGANIZATION };
        const plan = evaluate(central, here);
        same(inTerraform(plan, 'this', 'invoke'), inCloudFormation(stack, 'Rule', 'InvokeRole'));
        same(
          json(plan.resources['aws_sqs_queue_policy.undelivered']?.policy),
          properties(stack, 'UndeliveredQueuePolicy').PolicyDocument,
        );
        const { Statement: statement, StatementId: sid } = properties(stack, 'OrganizationMayForward');
        same(json(plan.resources['aws_cloudwatch_event_bus_policy.organization']?.policy), {
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
        same(inTerraform(plan, 'calls', 'invoke'), inCloudFormation(stack, 'CallsRule', 'InvokeRole'));
        const there = evaluateStack(readTemplate(SUPPORT_PLANS), { Name, Calls }, THERE);
        same(inTerraform(plan, 'plans', 'plans'), inCloudFormation(there, 'Rule', 'ForwardRole'));
      });
    }

    for (const KeepUndelivered of ['no', 'yes']) {
      const queue = KeepUndelivered === 'yes';
      it(`make the same in a member: ${Calls}, ${queue ? 'with' : 'without'} a queue`, () => {
        const given = { ...OF_MEMBER, Calls, KeepUndelivered };
        const stack = evaluateStack(readTemplate(MEMBER), given);
        const plan = evaluate(member, { ...OF_MEMBER_HERE, calls: Calls, keep_undelivered: queue });
        same(inTerraform(plan, 'this', 'forward'), inCloudFormation(stack, 'Rule', 'ForwardRole'));
        if (queue) {
          same(
            json(plan.resources['aws_sqs_queue_policy.undelivered']?.policy),
            properties(stack, 'UndeliveredQueuePolicy').PolicyDocument,
          );
        }
        const forCalls = Object.keys(plan.resources).filter((each) => /\.(calls|plans)$/.test(each));
        assert.equal(forCalls.length, Calls === 'none' ? 0 : 6);
        if (Calls === 'none') return;
        same(inTerraform(plan, 'calls', 'forward'), inCloudFormation(stack, 'CallsRule', 'ForwardRole'));
        const there = evaluateStack(readTemplate(MEMBER), given, THERE);
        same(inTerraform(plan, 'plans', 'plans'), inCloudFormation(there, 'PlansRule', 'PlansRole'));
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
