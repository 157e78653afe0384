import assert from 'node:assert/strict';
import { loadAwsServiceSpec } from '@aws-cdk/aws-service-spec';
import type { SpecDatabase } from '@aws-cdk/service-spec-types';
import { MARK } from '../../src/event-path/desired.js';
import {
  busStatement,
  busStatementId,
  invokePolicy,
  invokeTrust,
  queuePolicy,
} from '../../src/event-path/documents.js';
import {
  EVENT_PATTERN,
  EVENTS_PATH,
  eventPathNames,
  KEY_HEADER,
  RETENTION_SECONDS,
  RETRY_POLICY,
  TAG,
} from '../../src/event-path/names.js';
import { evaluate, PLACE } from './cloudformation/evaluate.js';
import { templateFaults } from './cloudformation/faults.js';
import { readTemplate, type Values } from './cloudformation/read.js';
import {
  BOT,
  KEY,
  MEMBER,
  NEEDED,
  ONE_ACCOUNT,
  ORGANIZATION,
  SUPPORT_PLANS,
} from './cloudformation/samples.js';
import { choices, inlinePolicies, properties } from './cloudformation/stack.js';
import { policyFaults, SUPPORT_STATEMENTS } from './policy-faults.js';

const TAGS = [{ Key: TAG.key, Value: TAG.value }];
const { account, region, partition } = PLACE;
const RULE = (name: string) => `arn:aws:events:us-east-1:${account}:rule/${name}`;
const QUEUE = (name: string) => `arn:aws:sqs:us-east-1:${account}:${name}-undelivered`;

describe('CloudFormation templates', () => {
  let db: SpecDatabase;
  before(async () => {
    db = await loadAwsServiceSpec();
  });

  for (const [name, text] of [
    ['one-account', ONE_ACCOUNT],
    ['organization-member', MEMBER],
    ['support-plans', SUPPORT_PLANS],
  ] as const) {
    it(`${name}: CloudFormation knows all that is in it`, () => {
      assert.deepEqual(templateFaults(db, text), []);
    });
  }

  describe('one-account', () => {
    const template = readTemplate(ONE_ACCOUNT);
    const everyWay = choices(
      ['BotPolicy', 'create', 'leave out'],
      ['DoctorMayLook', 'yes', 'no'],
      ['OrganizationId', '', ORGANIZATION],
      ['Calls', 'none', 'changes', 'all'],
      ['Name', 'casethread', 'second_Bot-2'],
    );

    it('names nothing that is not there, and permits nothing wide, in whatever way it is filled in', () => {
      for (const given of everyWay) {
        const stack = evaluate(template, { ...NEEDED, ...given });
        assert.deepEqual(policyFaults('stack', stack.resources), [], JSON.stringify(given));
      }
    });

    it('makes what connect makes, under the same names', () => {
      for (const name of ['casethread', 'second_Bot-2']) {
        const names = eventPathNames(name);
        const stack = evaluate(template, { ...NEEDED, Name: name, Calls: 'none' });
        assert.deepEqual(Object.keys(stack.resources).sort(), [
          'ApiDestination',
          'BotMay',
          'Connection',
          'InvokeRole',
          'Rule',
          'UndeliveredQueue',
          'UndeliveredQueuePolicy',
        ]);
        const connection = properties(stack, 'Connection');
        assert.deepEqual(
          [connection.Name, connection.Description, connection.AuthorizationType, connection.AuthParameters],
          [
            names.base,
            MARK,
            'API_KEY',
            { ApiKeyAuthParameters: { ApiKeyName: KEY_HEADER, ApiKeyValue: KEY } },
          ],
        );
        const destination = properties(stack, 'ApiDestination');
        assert.equal(destination.Name, names.base);
        assert.equal(destination.InvocationEndpoint, `https://casethread.example.com${EVENTS_PATH}`);
        assert.equal(destination.HttpMethod, 'POST');
        assert.match(String(destination.ConnectionArn), new RegExp(`:connection/${names.base}/`));

        assert.deepEqual(properties(stack, 'UndeliveredQueue'), {
          QueueName: names.queue,
          MessageRetentionPeriod: RETENTION_SECONDS,
          Tags: TAGS,
        });
        assert.deepEqual(
          properties(stack, 'UndeliveredQueuePolicy').PolicyDocument,
          queuePolicy(QUEUE(name), RULE(name)),
        );

        const role = properties(stack, 'InvokeRole');
        assert.equal(role.RoleName, names.role);
        assert.deepEqual(role.Tags, TAGS);
        assert.deepEqual(role.AssumeRolePolicyDocument, invokeTrust(RULE(name), account));
        assert.deepEqual(inlinePolicies(stack, 'InvokeRole'), {
          [names.policy]: invokePolicy({ partition, region, account, destination: name }),
        });
      }
    });

    it('has the rule and the target that connect makes', () => {
      const rule = properties(evaluate(template, NEEDED), 'Rule');
      assert.equal(rule.Name, 'casethread');
      assert.equal(rule.State, 'ENABLED');
      assert.deepEqual(rule.EventPattern, EVENT_PATTERN);
      assert.deepEqual(rule.Tags, TAGS);
      const [target, ...others] = rule.Targets as Values[];
      assert.deepEqual(others, []);
      const { Arn: arn, ...rest } = target ?? {};
      assert.match(String(arn), /:api-destination\/casethread\/[0-9a-f-]{36}$/);
      assert.deepEqual(rest, {
        Id: 'casethread',
        RoleArn: `arn:aws:iam::${account}:role/casethread-events`,
        RetryPolicy: RETRY_POLICY,
        DeadLetterConfig: { Arn: QUEUE('casethread') },
      });
    });

    it('lets the accounts of an organization forward the events of AWS Support, and nothing else', () => {
      const stack = evaluate(template, { ...NEEDED, OrganizationId: ORGANIZATION, Calls: 'none' });
      const { Sid: sid, ...statement } = busStatement({
        ...PLACE,
        base: 'casethread',
        organization: ORGANIZATION,
      });
      const policy = properties(stack, 'OrganizationMayForward');
      assert.equal(policy.StatementId, busStatementId('casethread'));
      assert.equal(policy.StatementId, sid);
      assert.deepEqual(policy.Statement, statement);
      assert.equal(stack.outputs.CentralBusArn, `arn:aws:events:us-east-1:${account}:event-bus/default`);
      assert.ok(!('CentralBusArn' in evaluate(template, NEEDED).outputs));
    });

    it('permits the bot what its permissions say, and more only where it is asked for', () => {
      const statements = (given: Readonly<Record<string, string>>) => {
        const policy = properties(evaluate(template, { ...NEEDED, ...given }), 'BotMay');
        assert.equal(policy.ManagedPolicyName, 'casethread');
        return (policy.PolicyDocument as { Statement: Values[] }).Statement;
      };
      assert.deepEqual(statements({ DoctorMayLook: 'no' }), SUPPORT_STATEMENTS);
      assert.deepEqual(
        statements({ DoctorMayLook: 'no', OrganizationId: ORGANIZATION }).slice(SUPPORT_STATEMENTS.length),
        [
          {
            Sid: 'CasethreadActsInMembers',
            Effect: 'Allow',
            Action: 'sts:AssumeRole',
            Resource: 'arn:aws:iam::*:role/casethread',
            Condition: { StringEquals: { 'aws:ResourceOrgID': ORGANIZATION } },
          },
        ],
      );
      const forDoctor = statements({}).slice(SUPPORT_STATEMENTS.length);
      assert.deepEqual(
        forDoctor.map(({ Sid: sid }) => sid),
        ['CasethreadLooksAtTheWayOfTheEvents', 'CasethreadLooksForTrails'],
      );
      for (const action of forDoctor.flatMap(({ Action: actions }) => actions as string[])) {
        assert.match(action, /:(Describe|Get|List)/);
      }
    });

    it('attaches the policy to the role of the bot, where one is named', () => {
      assert.ok(!('Roles' in properties(evaluate(template, NEEDED), 'BotMay')));
      const stack = evaluate(template, { ...NEEDED, BotRoleName: 'casethread-bot' });
      assert.deepEqual(properties(stack, 'BotMay').Roles, ['casethread-bot']);
      assert.throws(
        () => evaluate(template, { ...NEEDED, BotPolicy: 'leave out', BotRoleName: 'casethread-bot' }),
        /nothing to attach/,
      );
    });

    it('tells what goes into .env and CONFIG_FILE', () => {
      const { outputs } = evaluate(template, NEEDED);
      assert.equal(
        outputs.Environment,
        'PUBLIC_URL=https://casethread.example.com EVENTS_REGION=us-east-1 EVENTS_NAME=casethread EVENTS_CALLS=changes',
      );
      assert.equal(outputs.Account, `- {id: "${account}"}`);
      assert.equal(outputs.BotPolicyArn, `arn:aws:iam::${account}:policy/casethread`);
      assert.ok(!JSON.stringify(outputs).includes(KEY));
    });

    it('comes up in no Region to which no event comes', () => {
      assert.throws(() => evaluate(template, NEEDED, { ...PLACE, region: 'eu-central-1' }), /us-east-1/);
    });

    const refused: [parameter: string, value: string, sentence: RegExp][] = [
      ['PublicUrl', 'http://casethread.example.com', /begins with https/],
      ['PublicUrl', 'https://casethread.example.com/', /without a slash/],
      ['PublicUrl', 'https://casethread.example.com/aws/events', /without a path/],
      ['EventApiKey', 'too-short', /16 to 512/],
      ['EventApiKey', `${KEY},${KEY}`, /new one alone/],
      ['EventApiKey', `${KEY}:${KEY}`, /colon/],
      ['EventApiKey', `${KEY} `, /space/],
      ['OrganizationId', 'ou-abcd-12345678', /begins with o-/],
      ['BotRoleName', BOT, /not its ARN/],
      ['Name', 'a'.repeat(41), /1 to 40/],
      ['Name', 'case.thread', /letters, digits/],
      ['Name', 'casethread-calls', /ends neither with -calls nor with -plans/],
      ['DoctorMayLook', 'true', /one of yes, no/],
    ];
    for (const [parameter, value, sentence] of refused) {
      it(`refuses ${parameter}: ${value}`, () => {
        assert.throws(() => evaluate(template, { ...NEEDED, [parameter]: value }), sentence);
      });
    }
  });
});
