import assert from 'node:assert/strict';
import { desired } from '../../src/event-path/desired.js';
import { NO_CALLS, type Rule, type Target, type WholeEventPath } from '../../src/event-path/event-path.js';
import { eventPathNames, PLANS_REGION } from '../../src/event-path/names.js';
import { planChanges } from '../../src/event-path/plan-changes.js';
import { evaluate, PLACE, type Stack } from './cloudformation/evaluate.js';
import { readTemplate, type Values } from './cloudformation/read.js';
import {
  EVERY_CALLS,
  KEY,
  NEEDED,
  ONE_ACCOUNT,
  ORGANIZATION,
  SUPPORT_PLANS,
} from './cloudformation/samples.js';
import { inlinePolicies, properties } from './cloudformation/stack.js';

const THERE = { ...PLACE, region: PLANS_REGION };

const arn = (service: string, rest: string, region: string = PLACE.region) =>
  `arn:aws:${service}:${service === 'iam' ? '' : region}:${PLACE.account}:${rest}`;

function isTagged({ Tags: tags }: Values): boolean {
  return JSON.stringify(tags) === JSON.stringify([{ Key: 'casethread', Value: 'event-path' }]);
}

function ruleSeen(rule: Values, region: string = PLACE.region): Rule {
  return {
    arn: arn('events', `rule/${String(rule.Name)}`, region),
    on: rule.State !== 'DISABLED',
    state: String(rule.State),
    pattern: rule.EventPattern,
    schedule: null,
    description: String(rule.Description),
    managedBy: null,
    tagged: isTagged(rule),
    stack: null,
  };
}

function targetsSeen({ Targets: targets }: Values): Target[] {
  return (targets as Values[]).map((target) => {
    const retry = target.RetryPolicy as Readonly<Record<string, number>>;
    const queue = target.DeadLetterConfig as Values | undefined;
    return {
      id: String(target.Id),
      arn: String(target.Arn),
      roleArn: String(target.RoleArn),
      deadLetterArn: queue === undefined ? null : String(queue.Arn),
      retry: {
        attempts: retry.MaximumRetryAttempts ?? null,
        ageSeconds: retry.MaximumEventAgeInSeconds ?? null,
      },
      transformed: 'InputTransformer' in target,
      adds: 'HttpParameters' in target,
    };
  });
}

function roleSeen(role: Values) {
  return {
    arn: arn('iam', `role/${String(role.RoleName)}`),
    trust: role.AssumeRolePolicyDocument,
    tagged: isTagged(role),
    stack: null,
  };
}

/** What the two stacks make for calls that CloudTrail records, by the names by which connect looks for it. */
function callsSeen(stack: Stack, plans: Stack, base: string) {
  const names = eventPathNames(base);
  const calls = properties(stack, 'CallsRule');
  const rule = properties(plans, 'Rule');
  const role = properties(plans, 'ForwardRole');
  assert.deepEqual([calls.Name, rule.Name, role.RoleName], [names.calls, names.plans, names.forwardRole]);
  return {
    callsRule: ruleSeen(calls),
    callsTargets: targetsSeen(calls),
    plansRule: ruleSeen(rule, PLANS_REGION),
    plansTargets: targetsSeen(rule),
    forwardRole: roleSeen(role),
    forwardPolicy: { document: inlinePolicies(plans, 'ForwardRole')[names.forwardPolicy] },
  };
}

/**
 * What connect would read at AWS after the stacks were created.
 *
 * @param plans that of support-plans.yaml; null without calls.
 */
function asSeen(stack: Stack, plans: Stack | null, base: string): WholeEventPath {
  const tagged = (id: string) => isTagged(properties(stack, id));
  const connection = properties(stack, 'Connection');
  const { ApiKeyAuthParameters: auth } = connection.AuthParameters as Readonly<Record<string, Values>>;
  const destination = properties(stack, 'ApiDestination');
  const queue = properties(stack, 'UndeliveredQueue');
  const rule = properties(stack, 'Rule');
  const [target = {}] = rule.Targets as Values[];
  const bus = stack.resources.OrganizationMayForward?.properties;
  return {
    connection: {
      arn: String(destination.ConnectionArn),
      state: 'AUTHORIZED',
      stateReason: null,
      authorization: String(connection.AuthorizationType),
      header: String(auth?.ApiKeyName),
      description: String(connection.Description),
    },
    destination: {
      arn: String(target.Arn),
      state: 'ACTIVE',
      endpoint: String(destination.InvocationEndpoint),
      method: String(destination.HttpMethod),
      connectionArn: String(destination.ConnectionArn),
      description: String(destination.Description),
    },
    queue: {
      url: `https://sqs/${String(queue.QueueName)}`,
      arn: arn('sqs', String(queue.QueueName)),
      retentionSeconds: Number(queue.MessageRetentionPeriod),
      messages: 0,
      policy: (properties(stack, 'UndeliveredQueuePolicy').PolicyDocument as { Statement: unknown[] })
        .Statement,
      tagged: tagged('UndeliveredQueue'),
      stack: null,
    },
    rule: ruleSeen(rule),
    targets: targetsSeen(rule),
    role: roleSeen(properties(stack, 'InvokeRole')),
    rolePolicy: { document: inlinePolicies(stack, 'InvokeRole').invoke },
    ...(plans === null ? NO_CALLS : callsSeen(stack, plans, base)),
    // CloudFormation calls the statement by its id.
    busPolicy: bus === undefined ? [] : [{ Sid: `${base}-organization`, ...(bus.Statement as Values) }],
  };
}

const published = { publicUrl: NEEDED.PublicUrl, key: KEY };

describe('What the templates make, as npm run connect sees it', () => {
  for (const Name of ['casethread', 'second_Bot-2']) {
    for (const organization of [null, ORGANIZATION]) {
      for (const Calls of EVERY_CALLS) {
        const which = `${Name}, ${organization ?? 'no organization'}, calls: ${Calls}`;
        it(`leaves only the fingerprint of the key to be done: ${which}`, () => {
          const given = { ...NEEDED, Name, Calls, OrganizationId: organization ?? '' };
          const stack = evaluate(readTemplate(ONE_ACCOUNT), given);
          const plans =
            Calls === 'none' ? null : evaluate(readTemplate(SUPPORT_PLANS), { Name, Calls }, THERE);
          const wanted = desired({ ...PLACE, base: Name }, { ...published, organization, calls: Calls });
          const changes = planChanges(wanted, asSeen(stack, plans, Name));
          assert.deepEqual(
            changes.map(({ part, verb }) => [part, verb]),
            [['connection', 'change']],
          );
        });
      }
    }
  }

  it('is found to differ where it does', () => {
    const text = ONE_ACCOUNT.replace(/: 185\b/, ': 18').replace('POST', 'PUT');
    const stack = evaluate(readTemplate(text.replace('aws.supportapp', 'aws.supportapps')), NEEDED);
    const other = SUPPORT_PLANS.replace('events:us-east-1:', 'events:eu-west-1:');
    const plans = evaluate(readTemplate(other), { Calls: 'all' }, THERE);
    const wanted = desired({ ...PLACE, base: 'casethread' }, { ...published, organization: null });
    const parts = planChanges(wanted, asSeen(stack, plans, 'casethread')).map(({ part }) => part);
    assert.deepEqual(parts, [
      'connection',
      'API destination',
      'rule of calls',
      'target',
      'rule of plans',
      'target of plans',
    ]);
  });
});
