/** A rule, its target and the role of it, in words that both languages have. */
import assert from 'node:assert/strict';
import type { Stack } from './cloudformation/evaluate.js';
import type { Values } from './cloudformation/read.js';
import { properties } from './cloudformation/stack.js';
import type { Plan } from './terraform/evaluate.js';
import { planned } from './terraform/planned.js';

export function ruleInTerraform(plan: Plan, rule: string, role: string): unknown {
  const made = planned(plan, `aws_cloudwatch_event_rule.${rule}`);
  const target = planned(plan, `aws_cloudwatch_event_target.${rule}`);
  const [retry, ...others] = target.retry_policy as Values[];
  const [queue, ...queues] = (target.dead_letter_config ?? []) as Values[];
  const ofRole = planned(plan, `aws_iam_role.${role}`);
  const policy = planned(plan, `aws_iam_role_policy.${role}`);
  assert.deepEqual([others, queues], [[], []]);
  assert.equal(target.rule, made.name);
  assert.equal(policy.role, ofRole.name);
  return {
    name: made.name,
    about: made.description,
    // What the provider takes where nothing is said.
    state: made.state ?? 'ENABLED',
    pattern: made.event_pattern,
    tags: made.tags,
    target: target.target_id,
    to: withoutId(target.arn),
    as: target.role_arn,
    retry: [retry?.maximum_retry_attempts, retry?.maximum_event_age_in_seconds],
    queue: queue?.arn ?? null,
    role: ofRole.name,
    aboutRole: ofRole.description,
    trust: ofRole.assume_role_policy,
    policies: [[policy.name, policy.policy]],
  };
}

export function ruleInCloudFormation(stack: Stack, rule: string, role: string): unknown {
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

/** The id of an API destination is AWS's. */
function withoutId(arn: unknown): string {
  return String(arn).replace(/(:api-destination\/[^/]+)\/.*/, '$1');
}
