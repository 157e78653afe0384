import assert from 'node:assert/strict';
import { invokeTrust, queuePolicy } from '../../src/event-path/documents.js';
import { eventPathNames, RETENTION_SECONDS, RETRY_POLICY, TAG } from '../../src/event-path/names.js';
import { evaluate, PLACE } from './cloudformation/evaluate.js';
import { readTemplate, type Values } from './cloudformation/read.js';
import { BOT, CENTRAL_BUS, MEMBER, OF_MEMBER } from './cloudformation/samples.js';
import { choices, inlinePolicies, properties } from './cloudformation/stack.js';
import { policyFaults, SUPPORT_STATEMENTS } from './policy-faults.js';

const { account } = PLACE;
const TAGS = [{ Key: TAG.key, Value: TAG.value }];
const RULE = `arn:aws:events:us-east-1:${account}:rule/casethread`;
const QUEUE = `arn:aws:sqs:us-east-1:${account}:casethread-undelivered`;

describe('CloudFormation template organization-member', () => {
  const template = readTemplate(MEMBER);

  it('names nothing that is not there, and permits nothing wide, in whatever way it is filled in', () => {
    const own = `arn:aws:events:us-east-1:${account}:event-bus/default`;
    for (const given of choices(
      ['KeepUndelivered', 'yes', 'no'],
      ['DoctorMayLook', 'yes', 'no'],
      ['CentralBusArn', CENTRAL_BUS, own],
      ['Calls', 'none', 'changes', 'all'],
    )) {
      for (const region of ['us-east-1', 'us-west-2']) {
        const stack = evaluate(template, { ...OF_MEMBER, ...given }, { ...PLACE, region });
        assert.deepEqual(policyFaults('stack', stack.resources), [], JSON.stringify(given));
      }
    }
  });

  it('forwards the events of AWS Support to the central account', () => {
    const stack = evaluate(template, { ...OF_MEMBER, Calls: 'none' });
    const rule = properties(stack, 'Rule');
    assert.equal(rule.Name, 'casethread');
    assert.deepEqual(rule.EventPattern, {
      source: ['aws.support'],
      'detail-type': ['Support Case Update'],
    });
    assert.deepEqual(rule.Targets, [
      {
        Id: 'casethread',
        Arn: CENTRAL_BUS,
        RoleArn: `arn:aws:iam::${account}:role/casethread-events`,
        RetryPolicy: RETRY_POLICY,
      },
    ]);
    const role = properties(stack, 'ForwardRole');
    assert.equal(role.RoleName, eventPathNames().role);
    assert.deepEqual(role.AssumeRolePolicyDocument, invokeTrust(RULE, account));
    assert.deepEqual(inlinePolicies(stack, 'ForwardRole'), {
      forward: {
        Version: '2012-10-17',
        Statement: [{ Effect: 'Allow', Action: 'events:PutEvents', Resource: CENTRAL_BUS }],
      },
    });
  });

  it('keeps what could not be forwarded, where that is wished for', () => {
    const stack = evaluate(template, { ...OF_MEMBER, KeepUndelivered: 'yes', Calls: 'none' });
    const [target] = properties(stack, 'Rule').Targets as Values[];
    assert.deepEqual(target?.DeadLetterConfig, { Arn: QUEUE });
    assert.equal(properties(stack, 'UndeliveredQueue').QueueName, eventPathNames().queue);
    assert.equal(properties(stack, 'UndeliveredQueue').MessageRetentionPeriod, RETENTION_SECONDS);
    assert.deepEqual(properties(stack, 'UndeliveredQueuePolicy').PolicyDocument, queuePolicy(QUEUE, RULE));
  });

  it('lets the bot, and nobody else, assume a role that may do what the bot does', () => {
    const stack = evaluate(template, { ...OF_MEMBER, DoctorMayLook: 'no' });
    const role = properties(stack, 'BotRole');
    assert.equal(role.RoleName, 'casethread');
    assert.deepEqual(role.Tags, TAGS);
    assert.deepEqual(role.AssumeRolePolicyDocument, {
      Version: '2012-10-17',
      Statement: [
        {
          Effect: 'Allow',
          Principal: { AWS: BOT },
          Action: 'sts:AssumeRole',
          Condition: { StringEquals: { 'sts:ExternalId': OF_MEMBER.ExternalId } },
        },
      ],
    });
    assert.deepEqual(inlinePolicies(stack, 'BotRole'), {
      support: { Version: '2012-10-17', Statement: SUPPORT_STATEMENTS },
    });
    assert.equal(
      stack.outputs.Account,
      `- {id: "${account}", role: "arn:aws:iam::${account}:role/casethread"}`,
    );
  });

  it('makes nothing in the central account, whose names and event bus are taken', () => {
    for (const region of ['us-east-1', 'us-west-2']) {
      const place = { ...PLACE, account: '999988887777', region };
      const { resources, outputs } = evaluate(template, OF_MEMBER, place);
      assert.deepEqual(Object.keys(resources), ['Nothing']);
      assert.deepEqual(outputs, {});
    }
  });

  const refused: [parameter: string, value: string, sentence: RegExp][] = [
    ['CentralBusArn', 'arn:aws:events:eu-west-1:999988887777:event-bus/default', /us-east-1/],
    ['CentralBusArn', 'arn:aws:events:us-east-1:999988887777:event-bus/mine', /default event bus/],
    ['BotRoleArn', 'arn:aws:sts::999988887777:assumed-role/casethread-bot/i-0', /not of a session/],
    ['BotRoleArn', 'arn:aws:iam::999988887777:root', /root/],
    ['BotRoleArn', '*', /ARN of an IAM role/],
    ['ExternalId', 'short', /16 to 1224/],
  ];
  for (const [parameter, value, sentence] of refused) {
    it(`refuses ${parameter}: ${value}`, () => {
      assert.throws(() => evaluate(template, { ...OF_MEMBER, [parameter]: value }), sentence);
    });
  }

  it('comes up in no other Region', () => {
    assert.throws(() => evaluate(template, OF_MEMBER, { ...PLACE, region: 'eu-west-1' }), /no other Region/);
  });
});
