import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { invalid } from '../../../../src/sandbox/aws/api-error.js';
import { type Operations, operation } from '../operation.js';
import { readPolicy } from '../policy.js';
import { arnOf, type Desk } from '../state.js';
import { BusName, checkBus, notFound } from './names.js';

const StatementId = z
  .string()
  .min(1)
  .max(64)
  .regex(/^[a-zA-Z0-9-_]+$/);
const ClassicBus = z
  .string()
  .min(1)
  .max(256)
  .regex(/^[.\-_A-Za-z0-9]+$/)
  .default('default');

const busArn = (desk: Desk): string => arnOf(desk, 'events', 'event-bus/default');

export const busOperations: Operations = {
  DescribeEventBus: operation(z.strictObject({ Name: BusName }), (desk, input) => {
    checkBus(desk, input.Name);
    const statements = [...desk.region.busPolicy.values()];
    return {
      Name: 'default',
      Arn: busArn(desk),
      Policy:
        statements.length === 0
          ? undefined
          : JSON.stringify({ Version: '2012-10-17', Statement: statements }),
    };
  }),
  PutPermission: operation(
    z.strictObject({
      EventBusName: ClassicBus,
      Action: z
        .string()
        .min(1)
        .max(64)
        .regex(/^events:[a-zA-Z]+$/)
        .optional(),
      Principal: z
        .string()
        .min(1)
        .max(12)
        .regex(/^(\d{12}|\*)$/)
        .optional(),
      StatementId: StatementId.optional(),
      Condition: z
        .strictObject({
          Type: z.literal('StringEquals'),
          Key: z.literal('aws:PrincipalOrgID'),
          Value: z.string(),
        })
        .optional(),
      Policy: z.string().optional(),
    }),
    (desk, input) => {
      checkBus(desk, input.EventBusName);
      const { Action, Principal, StatementId: Sid, Condition, Policy } = input;
      if (Policy !== undefined) {
        const statements = readPolicy(Policy);
        if (statements === undefined || statements.some(({ Resource }) => Resource !== busArn(desk)))
          throw invalid('Parameter Policy is not valid. Reason: it is not a policy of this event bus.');
        desk.region.busPolicy.clear();
        for (const statement of statements)
          desk.region.busPolicy.set(statement.Sid ?? randomUUID(), statement);
        return {};
      }
      if (Action === undefined || Principal === undefined || Sid === undefined)
        throw invalid('Action, Principal and StatementId must be specified.');
      const { partition } = desk.account;
      desk.region.busPolicy.set(Sid, {
        Sid,
        Effect: 'Allow',
        Principal: Principal === '*' ? '*' : { AWS: `arn:${partition}:iam::${Principal}:root` },
        Action,
        Resource: busArn(desk),
        ...(Condition === undefined
          ? {}
          : { Condition: { [Condition.Type]: { [Condition.Key]: Condition.Value } } }),
      });
      return {};
    },
  ),
  RemovePermission: operation(
    z.strictObject({
      StatementId: StatementId.optional(),
      RemoveAllPermissions: z.boolean().optional(),
      EventBusName: ClassicBus,
    }),
    (desk, input) => {
      checkBus(desk, input.EventBusName);
      if (input.RemoveAllPermissions === true) desk.region.busPolicy.clear();
      else if (!desk.region.busPolicy.delete(input.StatementId ?? ''))
        throw notFound('Statement with the provided id does not exist.');
      return {};
    },
  ),
};
