/** How single things at AWS differ from what was asked for: `it is off, will be on`. Pure; nothing: they do not. */
import type { Role, Rule, Target } from './event-path.js';
import { type RETRY_POLICY, TAG } from './names.js';
import { saySame } from './same-policy.js';

/** What is created, or how what is there differs. */
export type Because = string[] | 'create';

export const TAG_MISSING = `the tag ${TAG.key}=${TAG.value} is missing, will be set`;

/** @param state null: any in which it is on. */
export function ofRule(
  rule: Rule | null,
  { pattern, state }: { readonly pattern: object; readonly state: string | null },
): Because {
  if (rule === null) return 'create';
  const because: string[] = [];
  if (!saySame(rule.pattern, pattern))
    because.push(
      `pattern is ${rule.pattern === null ? 'none' : JSON.stringify(rule.pattern)}, will be ${JSON.stringify(pattern)}`,
    );
  if (!rule.on) because.push('it is off, will be on');
  else if (state !== null && rule.state !== state) because.push(`it is ${rule.state}, will be ${state}`);
  if (rule.schedule !== null) because.push(`it also runs by ${rule.schedule}, will not`);
  if (rule.tagged === false) because.push(TAG_MISSING);
  return because;
}

/** @param says how the trust differs, in words. */
export function ofRole(role: Role | null, trust: object, says: (role: Role) => string): Because {
  if (role === null) return 'create';
  const because: string[] = [];
  if (!saySame(role.trust, trust)) because.push(says(role));
  if (role.tagged === false) because.push(TAG_MISSING);
  return because;
}

export interface DesiredTarget {
  /** Null: what it is to lead to is not there yet. */
  readonly arn: string | null;
  readonly roleArn: string;
  /** Null: it may have one or not. */
  readonly deadLetterArn: string | null;
  readonly retryPolicy: typeof RETRY_POLICY;
}

export function ofTarget(target: Target | undefined, wanted: DesiredTarget): Because {
  if (target === undefined) return 'create';
  const { arn, roleArn, deadLetterArn } = wanted;
  const because: string[] = [];
  if (arn === null) because.push('its API destination is gone, will be the new one');
  else if (target.arn !== arn) because.push(`it sends to ${target.arn}, will to ${arn}`);
  if (target.roleArn !== roleArn)
    because.push(`its role is ${target.roleArn ?? 'missing'}, will be ${roleArn}`);
  if (deadLetterArn !== null && target.deadLetterArn !== deadLetterArn)
    because.push(`its dead-letter queue is ${target.deadLetterArn ?? 'missing'}, will be ${deadLetterArn}`);
  const { MaximumRetryAttempts: attempts, MaximumEventAgeInSeconds: age } = wanted.retryPolicy;
  // Without a policy AWS tries as often and as long as it ever does (facts: aws-support.md, section 4).
  const retry = { attempts: target.retry?.attempts ?? attempts, age: target.retry?.ageSeconds ?? age };
  if (retry.attempts !== attempts || retry.age !== age) {
    because.push(
      `it is tried ${retry.attempts} times within ${retry.age} s, will be ${attempts} times within ${age} s`,
    );
  }
  if (target.adds)
    because.push('it adds headers or a query of its own, will send what the connection says alone');
  if (target.transformed) because.push('it changes the events on their way, will send them as they are');
  return because;
}
