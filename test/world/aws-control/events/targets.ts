import { z } from 'zod';
import { ApiError, invalid } from '../../../../src/sandbox/aws/api-error.js';
import { type Operations, operation } from '../operation.js';
import { allows, readPolicy } from '../policy.js';
import type { Desk } from '../state.js';
import { Arn, BusName, Name } from './names.js';
import { type Rule, ruleNamed } from './rules.js';

const TargetShape = z.strictObject({
  Id: Name,
  Arn,
  RoleArn: Arn.optional(),
  HttpParameters: z
    .strictObject({
      PathParameterValues: z.array(z.string()).optional(),
      HeaderParameters: z.record(z.string().max(512), z.string().max(512)).optional(),
      QueryStringParameters: z.record(z.string().max(512), z.string().max(512)).optional(),
    })
    .optional(),
  DeadLetterConfig: z.strictObject({ Arn: Arn.optional() }).optional(),
  RetryPolicy: z
    .strictObject({
      MaximumRetryAttempts: z.number().int().min(0).max(185).optional(),
      MaximumEventAgeInSeconds: z.number().int().min(60).max(86_400).optional(),
    })
    .optional(),
});

/** As PutTargets takes it: an API destination or an event bus, without a transformed input. */
export type Target = z.output<typeof TargetShape>;

/** 5 targets a rule (facts 4 "Quotas"). */
const MOST_TARGETS = 5;

export const targetOperations: Operations = {
  PutTargets: operation(
    z.strictObject({ Rule: Name, EventBusName: BusName, Targets: z.array(TargetShape).min(1).max(100) }),
    (desk, input) => {
      const rule = ruleNamed(desk, input.Rule, input.EventBusName);
      for (const target of input.Targets) check(desk, rule, target);
      const ids = new Set([...rule.targets.keys(), ...input.Targets.map(({ Id }) => Id)]);
      if (ids.size > MOST_TARGETS)
        throw new ApiError(
          'LimitExceededException',
          `The requested resource exceeds the maximum number allowed. ${MOST_TARGETS} targets a rule.`,
        );
      const failed = input.Targets.filter((target) => !isThere(desk, target));
      for (const target of input.Targets) if (!failed.includes(target)) rule.targets.set(target.Id, target);
      return {
        FailedEntryCount: failed.length,
        FailedEntries: failed.map(({ Id, Arn: arn }) => ({
          TargetId: Id,
          ErrorCode: 'ResourceNotFoundException',
          ErrorMessage: `Target ${arn} does not exist.`,
        })),
      };
    },
    () => ['iam:PassRole'],
  ),
  ListTargetsByRule: operation(
    z.strictObject({
      Rule: Name,
      EventBusName: BusName,
      NextToken: z.string().min(1).max(2048).optional(),
      Limit: z.number().int().min(1).max(100).optional(),
    }),
    (desk, input) => ({ Targets: [...ruleNamed(desk, input.Rule, input.EventBusName).targets.values()] }),
  ),
  RemoveTargets: operation(
    z.strictObject({
      Rule: Name,
      EventBusName: BusName,
      Ids: z.array(Name).min(1).max(100),
      Force: z.boolean().optional(),
    }),
    (desk, input) => {
      const rule = ruleNamed(desk, input.Rule, input.EventBusName);
      for (const id of input.Ids) rule.targets.delete(id);
      return { FailedEntryCount: 0, FailedEntries: [] };
    },
  ),
};

const BUS = /^arn:[\w-]+:events:([\w-]+):(\d{12}):event-bus\/([/.\-_A-Za-z0-9]+)$/;

/** Of a bus as a target: where it is; null of any other target. */
export function busAt(arn: string): { region: string; account: string; name: string } | null {
  const [, region, account, name] = BUS.exec(arn) ?? [];
  return region === undefined || account === undefined || name === undefined
    ? null
    : { region, account, name };
}

/** What makes AWS refuse the call as a whole. */
function check(desk: Desk, rule: Rule, target: Target): void {
  const { Arn: arn, RoleArn, DeadLetterConfig, HttpParameters } = target;
  const bus = busAt(arn);
  const isDestination = new RegExp(
    `^arn:[\\w-]+:events:${desk.region.region}:${desk.account.id}:api-destination/`,
  ).test(arn);
  if (bus === null && !isDestination)
    throw invalid(
      `The stand-in has API destinations of the rule's Region, and event buses, as targets alone, not ${arn}.`,
    );
  if (bus?.region === desk.region.region && bus.account === desk.account.id)
    throw invalid(`Target ${arn} is the event bus of the rule itself.`);
  if (bus !== null && HttpParameters !== undefined)
    throw invalid('Parameter HttpParameters is not valid. Reason: the target is no API destination.');
  // Also of another Region: EventBridge sends there with a role alone.
  if (RoleArn === undefined) throw invalid(`RoleArn is required for target ${arn}.`);
  const role = [...desk.account.roles.values()].find((each) => each.arn === RoleArn);
  const isFresh = role !== undefined && role.freshCalls > 0;
  if (isFresh) role.freshCalls -= 1;
  if (role === undefined || isFresh || !isTrusting(desk, rule, role.trust))
    throw invalid(`Provided role '${RoleArn}' cannot be assumed by principal 'events.amazonaws.com'.`);
  const queueArn = DeadLetterConfig?.Arn;
  if (queueArn === undefined) return;
  const prefix = `arn:${desk.account.partition}:sqs:${desk.region.region}:`;
  if (!queueArn.startsWith(prefix) || queueArn.endsWith('.fifo'))
    throw invalid(
      `Parameter DeadLetterConfig.Arn is not valid. Reason: ${queueArn} is not a standard queue in ${desk.region.region}.`,
    );
}

/** Whether EventBridge may take a role with this trust policy for this rule. */
export function isTrusting({ account }: Desk, rule: Rule, trust: string): boolean {
  return allows(readPolicy(trust) ?? [], {
    service: 'events.amazonaws.com',
    action: 'sts:AssumeRole',
    context: { 'aws:SourceArn': rule.arn, 'aws:SourceAccount': account.id },
  });
}

function isThere({ region, account }: Desk, { Arn: arn }: Target): boolean {
  const bus = busAt(arn);
  // Of buses of other accounts nothing is known here.
  if (bus !== null)
    return bus.account !== account.id || (bus.name === 'default' && account.regions.has(bus.region));
  return [...region.destinations.values()].some((each) => each.arn === arn);
}
