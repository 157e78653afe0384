import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { EVENT_PATTERN, eventPathNames } from '../../src/event-path/names.js';
import { evaluate as evaluateStack } from './cloudformation/evaluate.js';
import { readTemplate, type Values } from './cloudformation/read.js';
import {
  BOT,
  CENTRAL_BUS,
  KEY,
  MEMBER,
  NEEDED,
  OF_MEMBER,
  ONE_ACCOUNT,
  ORGANIZATION,
} from './cloudformation/samples.js';
import { inlinePolicies, properties } from './cloudformation/stack.js';
import { policyFaults } from './policy-faults.js';
import { ruleInCloudFormation, ruleInTerraform } from './rule-in-both.js';
import { evaluate, PLACE } from './terraform/evaluate.js';
import { moduleFaults } from './terraform/faults.js';
import { planned } from './terraform/planned.js';
import type { Module } from './terraform/read.js';
import { FOLDER, NEEDED_HERE, OF_MEMBER_HERE, readModules } from './terraform/samples.js';

describe('Terraform modules', () => {
  let central: Module;
  let member: Module;
  before(async () => {
    ({ central, member } = await readModules());
  });

  it('are such as Terraform and its provider take, as far as can be told without them', () => {
    assert.deepEqual(moduleFaults(central), []);
    assert.deepEqual(moduleFaults(member), []);
  });

  it('are written as terraform fmt writes them', function () {
    const { error, status, stdout } = spawnSync('terraform', ['fmt', '-check', '-recursive', FOLDER], {
      encoding: 'utf8',
      env: { PATH: process.env.PATH, CHECKPOINT_DISABLE: '1' },
    });
    // Terraform is not installed here.
    if (error !== undefined) this.skip();
    assert.equal(status, 0, stdout);
  });

  for (const name of ['casethread', 'second_Bot-2']) {
    it(`make what the CloudFormation template makes, as ${name}`, () => {
      const stack = evaluateStack(readTemplate(ONE_ACCOUNT), {
        ...NEEDED,
        Name: name,
        OrganizationId: ORGANIZATION,
      });
      const plan = evaluate(central, { ...NEEDED_HERE, name, organization_id: ORGANIZATION });
      const names = eventPathNames(name);
      const of = (address: string) => planned(plan, address);
      assert.equal(Object.keys(plan.resources).length, 16);

      const connection = of('aws_cloudwatch_event_connection.this');
      const { Name, Description, AuthorizationType } = properties(stack, 'Connection');
      assert.deepEqual(
        [connection.name, connection.description, connection.authorization_type],
        [Name, Description, AuthorizationType],
      );
      assert.deepEqual(connection.auth_parameters, [{ api_key: [{ key: 'X-Api-Key', value: KEY }] }]);
      const destination = of('aws_cloudwatch_event_api_destination.this');
      const there = properties(stack, 'ApiDestination');
      assert.deepEqual(
        [destination.name, destination.description, destination.invocation_endpoint, destination.http_method],
        [there.Name, there.Description, there.InvocationEndpoint, there.HttpMethod],
      );

      const queue = of('aws_sqs_queue.undelivered');
      assert.equal(queue.name, names.queue);
      assert.equal(
        queue.message_retention_seconds,
        properties(stack, 'UndeliveredQueue').MessageRetentionPeriod,
      );
      assert.deepEqual(
        of('aws_sqs_queue_policy.undelivered').policy,
        properties(stack, 'UndeliveredQueuePolicy').PolicyDocument,
      );

      assert.deepEqual(
        ruleInTerraform(plan, 'this', 'invoke'),
        ruleInCloudFormation(stack, 'Rule', 'InvokeRole'),
      );
      assert.equal(of('aws_iam_role.invoke').name, names.role);
      assert.equal(of('aws_cloudwatch_event_rule.this').name, names.base);
      assert.deepEqual(of('aws_cloudwatch_event_rule.this').event_pattern, EVENT_PATTERN);
      assert.match(
        String(of('aws_cloudwatch_event_target.this').arn),
        new RegExp(`:api-destination/${name}/`),
      );

      assert.equal(of('aws_iam_policy.bot').name, properties(stack, 'BotMay').ManagedPolicyName);
      assert.deepEqual(of('aws_iam_policy.bot').policy, properties(stack, 'BotMay').PolicyDocument);
      const { Statement: statement, StatementId: sid } = properties(stack, 'OrganizationMayForward');
      assert.deepEqual(of('aws_cloudwatch_event_bus_policy.organization').policy, {
        Version: '2012-10-17',
        Statement: [{ Sid: sid, ...(statement as Values) }],
      });
      assert.equal(plan.outputs.central_bus_arn, stack.outputs.CentralBusArn);
      assert.equal(plan.outputs.account, stack.outputs.Account);
    });
  }

  it('tag what can be tagged', () => {
    const plans = [
      evaluate(central, NEEDED_HERE),
      evaluate(member, { ...OF_MEMBER_HERE, keep_undelivered: true }),
    ];
    for (const [address, block] of plans.flatMap((plan) => Object.entries(plan.resources))) {
      if (!/^aws_(cloudwatch_event_rule|sqs_queue|iam_role|iam_policy)\./.test(address)) continue;
      assert.deepEqual(block.tags, { casethread: 'event-path' }, address);
    }
  });

  it('permit nothing wide, and nothing that was not asked for', () => {
    const plan = evaluate(central, { ...NEEDED_HERE, create_bot_policy: false });
    assert.ok(!Object.keys(plan.resources).some((address) => /bus_policy|aws_iam_policy/.test(address)));
    assert.equal(plan.outputs.central_bus_arn, null);
    for (const given of [{}, { organization_id: ORGANIZATION }, { doctor_may_look: false }]) {
      const { resources } = evaluate(central, { ...NEEDED_HERE, ...given });
      for (const address of Object.keys(resources)) {
        assert.deepEqual(policyFaults(address, planned({ resources }, address)), []);
      }
    }
  });

  it('keep the statements that the event bus has already, where they are told', () => {
    const mine = { Sid: 'mine', Effect: 'Allow' };
    const plan = evaluate(central, {
      ...NEEDED_HERE,
      organization_id: ORGANIZATION,
      other_bus_statements: [JSON.stringify(mine)],
    });
    const { policy } = planned(plan, 'aws_cloudwatch_event_bus_policy.organization');
    assert.deepEqual((policy as { Statement: unknown[] }).Statement[1], mine);
  });

  it('attach the policy to the role of the bot, where one is named', () => {
    const plan = evaluate(central, { ...NEEDED_HERE, bot_role_name: 'casethread-bot' });
    assert.deepEqual(planned(plan, 'aws_iam_role_policy_attachment.bot'), {
      role: 'casethread-bot',
      policy_arn: `arn:aws:iam::${PLACE.account}:policy/casethread`,
    });
  });

  for (const keep of [false, true]) {
    it(`make of a member what the CloudFormation template makes, ${keep ? 'with' : 'without'} a queue`, () => {
      const given = { ...OF_MEMBER, KeepUndelivered: keep ? 'yes' : 'no' };
      const stack = evaluateStack(readTemplate(MEMBER), given);
      const plan = evaluate(member, { ...OF_MEMBER_HERE, keep_undelivered: keep });
      const of = (address: string) => planned(plan, address);
      assert.deepEqual(
        ruleInTerraform(plan, 'this', 'forward'),
        ruleInCloudFormation(stack, 'Rule', 'ForwardRole'),
      );
      assert.equal(of('aws_cloudwatch_event_target.this').arn, CENTRAL_BUS);
      const role = properties(stack, 'BotRole');
      const { name, assume_role_policy: trust } = of('aws_iam_role.bot');
      assert.deepEqual([name, trust], [role.RoleName, role.AssumeRolePolicyDocument]);
      const { name: policy, policy: document } = of('aws_iam_role_policy.bot');
      assert.deepEqual({ [String(policy)]: document }, inlinePolicies(stack, 'BotRole'));
      assert.equal('aws_sqs_queue.undelivered' in plan.resources, keep);
      if (keep) {
        assert.deepEqual(
          of('aws_sqs_queue_policy.undelivered').policy,
          properties(stack, 'UndeliveredQueuePolicy').PolicyDocument,
        );
      }
      assert.equal(plan.outputs.account, stack.outputs.Account);
    });
  }

  it('come up in no Region to which no event comes, and not as a member in the central account', () => {
    const elsewhere = { ...PLACE, region: 'eu-central-1' };
    assert.throws(() => evaluate(central, NEEDED_HERE, elsewhere), /us-east-1/);
    assert.throws(() => evaluate(member, OF_MEMBER_HERE, elsewhere), /us-east-1/);
    const there = { ...PLACE, account: '999988887777' };
    assert.throws(() => evaluate(member, OF_MEMBER_HERE, there), /This is the central account/);
  });

  const refused: [name: string, value: unknown, sentence: RegExp][] = [
    ['public_url', 'http://casethread.example.com', /begins with https/],
    ['public_url', 'https://casethread.example.com/', /without a slash/],
    ['event_api_key', 'too-short', /16 to 512/],
    ['event_api_key', `${KEY},${KEY}`, /new one alone/],
    ['organization_id', 'ou-abcd-12345678', /begins with o-/],
    ['bot_role_name', BOT, /not its ARN/],
    ['name', 'case.thread', /letters, digits/],
    ['name', 'casethread-calls', /ends neither with -calls nor with -plans/],
  ];
  for (const [name, value, sentence] of refused) {
    it(`refuse ${name}: ${String(value)}`, () => {
      assert.throws(() => evaluate(central, { ...NEEDED_HERE, [name]: value }), sentence);
    });
  }
  const refusedOfMember: typeof refused = [
    ['central_bus_arn', 'arn:aws:events:eu-west-1:999988887777:event-bus/default', /us-east-1/],
    ['bot_role_arn', 'arn:aws:iam::999988887777:root', /root/],
    ['external_id', 'short', /16 to 1224/],
    ['external_id', 'x'.repeat(1_225), /16 to 1224/],
  ];
  for (const [name, value, sentence] of refusedOfMember) {
    it(`refuse ${name} of a member: ${String(value).slice(0, 60)}`, () => {
      assert.throws(() => evaluate(member, { ...OF_MEMBER_HERE, [name]: value }), sentence);
    });
  }
});
