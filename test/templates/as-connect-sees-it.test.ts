import assert from 'node:assert/strict';
import { desired } from '../../src/event-path/desired.js';
import type { WholeEventPath } from '../../src/event-path/event-path.js';
import { planChanges } from '../../src/event-path/plan-changes.js';
import { evaluate, PLACE, type Stack } from './cloudformation/evaluate.js';
import { readTemplate, type Values } from './cloudformation/read.js';
import { KEY, NEEDED, ONE_ACCOUNT, ORGANIZATION } from './cloudformation/samples.js';
import { inlinePolicies, properties } from './cloudformation/stack.js';

/** What connect would read at AWS after a stack was created. */
function asSeen(stack: Stack, base: string): WholeEventPath {
  const arn = (service: string, rest: string) =>
    `arn:aws:${service}:${service === 'iam' ? '' : PLACE.region}:${PLACE.account}:${rest}`;
  const tagged = (id: string) =>
    JSON.stringify(properties(stack, id).Tags) ===
    JSON.stringify([{ Key: 'casethread', Value: 'event-path' }]);
  const connection = properties(stack, 'Connection');
  const { ApiKeyAuthParameters: auth } = connection.AuthParameters as Readonly<Record<string, Values>>;
  const destination = properties(stack, 'ApiDestination');
  const queue = properties(stack, 'UndeliveredQueue');
  const rule = properties(stack, 'Rule');
  const role = properties(stack, 'InvokeRole');
  const [target = {}] = rule.Targets as Values[];
  const retry = target.RetryPolicy as Readonly<Record<string, number>>;
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
    rule: {
      arn: arn('events', `rule/${String(rule.Name)}`),
      on: rule.State === 'ENABLED',
      pattern: rule.EventPattern,
      schedule: null,
      description: String(rule.Description),
      managedBy: null,
      tagged: tagged('Rule'),
      stack: null,
    },
    targets: [
      {
        id: String(target.Id),
        arn: String(target.Arn),
        roleArn: String(target.RoleArn),
        deadLetterArn: String((target.DeadLetterConfig as Values).Arn),
        retry: {
          attempts: retry.MaximumRetryAttempts ?? null,
          ageSeconds: retry.MaximumEventAgeInSeconds ?? null,
        },
        transformed: 'InputTransformer' in target,
        adds: 'HttpParameters' in target,
      },
    ],
    role: {
      arn: arn('iam', `role/${String(role.RoleName)}`),
      trust: role.AssumeRolePolicyDocument,
      tagged: tagged('InvokeRole'),
      stack: null,
    },
    rolePolicy: { document: inlinePolicies(stack, 'InvokeRole').invoke },
    // CloudFormation calls the statement by its id.
    busPolicy: bus === undefined ? [] : [{ Sid: `${base}-organization`, ...(bus.Statement as Values) }],
  };
}

describe('What the template makes, as npm run connect sees it', () => {
  for (const base of ['casethread', 'second_Bot-2']) {
    for (const organization of [null, ORGANIZATION]) {
      it(`leaves only the fingerprint of the key to be done: ${base}, ${organization ?? 'no organization'}`, () => {
        const stack = evaluate(readTemplate(ONE_ACCOUNT), {
          ...NEEDED,
          Name: base,
          OrganizationId: organization ?? '',
          Calls: 'none',
        });
        const wanted = desired({ ...PLACE, base }, { publicUrl: NEEDED.PublicUrl, key: KEY, organization });
        const changes = planChanges(wanted, asSeen(stack, base));
        assert.deepEqual(
          changes.map(({ part, verb }) => [part, verb]),
          [['connection', 'change']],
        );
      });
    }
  }

  it('is found to differ where it does', () => {
    const stack = evaluate(readTemplate(ONE_ACCOUNT.replace(/: 185\b/, ': 18').replace('POST', 'PUT')), {
      ...NEEDED,
      Calls: 'none',
    });
    const wanted = desired(
      { ...PLACE, base: 'casethread' },
      { publicUrl: NEEDED.PublicUrl, key: KEY, organization: null },
    );
    const parts = planChanges(wanted, asSeen(stack, 'casethread')).map(({ part }) => part);
    assert.deepEqual(parts, ['connection', 'API destination', 'target']);
  });
});
