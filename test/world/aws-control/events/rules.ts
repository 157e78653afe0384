import { z } from 'zod';
import { ApiError, invalid } from '../../../../src/sandbox/aws/api-error.js';
import { type Operations, operation } from '../operation.js';
import { arnOf, type Desk } from '../state.js';
import { Arn, BusName, checkBus, Description, Name, notFound, Tags } from './names.js';
import { readPattern } from './pattern.js';
import type { Target } from './targets.js';

/** All that a rule may be; with the last, it also takes CloudTrail's events of calls that only read. */
const State = z.enum(['ENABLED', 'DISABLED', 'ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS']);

export interface Rule {
  readonly name: string;
  readonly arn: string;
  pattern: string;
  state: z.output<typeof State>;
  description: string | undefined;
  roleArn: string | undefined;
  readonly targets: Map<string, Target>;
  readonly tags: Map<string, string>;
}

export function ruleNamed(desk: Desk, name: string, bus: string): Rule {
  checkBus(desk, bus);
  const rule = desk.region.rules.get(name);
  if (rule === undefined) throw notFound(`Rule ${name} does not exist on EventBus default.`);
  return rule;
}

const RuleOnBus = z.strictObject({ Name, EventBusName: BusName });

export const ruleOperations: Operations = {
  PutRule: operation(
    z.strictObject({
      Name,
      EventPattern: z.string().max(4096).optional(),
      State: State.default('ENABLED'),
      Description,
      RoleArn: Arn.optional(),
      Tags: Tags.optional(),
      EventBusName: BusName,
    }),
    (desk, input) => {
      checkBus(desk, input.EventBusName);
      if (input.EventPattern === undefined)
        throw invalid('Parameter(s) EventPattern or ScheduleExpression must be specified.');
      readPattern(input.EventPattern);
      const existing = desk.region.rules.get(input.Name);
      // What is left out is not kept; the tags of a rule that is there are left alone.
      const rule: Rule = {
        name: input.Name,
        arn: arnOf(desk, 'events', `rule/${input.Name}`),
        pattern: input.EventPattern,
        state: input.State,
        description: input.Description,
        roleArn: input.RoleArn,
        targets: existing?.targets ?? new Map(),
        tags: existing?.tags ?? new Map((input.Tags ?? []).map(({ Key, Value }) => [Key, Value])),
      };
      desk.region.rules.set(rule.name, rule);
      return { RuleArn: rule.arn };
    },
    (_desk, input) => [
      ...(input.Tags === undefined ? [] : ['events:TagResource']),
      ...(input.RoleArn === undefined ? [] : ['iam:PassRole']),
    ],
  ),
  DescribeRule: operation(RuleOnBus, (desk, input) => {
    const rule = ruleNamed(desk, input.Name, input.EventBusName);
    return {
      Name: rule.name,
      Arn: rule.arn,
      EventPattern: rule.pattern,
      State: rule.state,
      Description: rule.description,
      RoleArn: rule.roleArn,
      EventBusName: 'default',
      CreatedBy: desk.account.id,
    };
  }),
  EnableRule: operation(RuleOnBus, (desk, input) => {
    ruleNamed(desk, input.Name, input.EventBusName).state = 'ENABLED';
    return {};
  }),
  DisableRule: operation(RuleOnBus, (desk, input) => {
    ruleNamed(desk, input.Name, input.EventBusName).state = 'DISABLED';
    return {};
  }),
  DeleteRule: operation(
    z.strictObject({ Name, EventBusName: BusName, Force: z.boolean().optional() }),
    (desk, input) => {
      checkBus(desk, input.EventBusName);
      const rule = desk.region.rules.get(input.Name);
      // A rule that is not there is deleted without a word.
      if (rule !== undefined && rule.targets.size > 0)
        throw new ApiError('ValidationException', "Rule can't be deleted since it has targets.");
      desk.region.rules.delete(input.Name);
      return {};
    },
  ),
};
