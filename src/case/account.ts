/** Support plans, as CONFIG_FILE names them (facts: aws-support.md, 2.1 and 2.3). */
export const SUPPORT_PLANS = [
  'basic',
  'developer',
  'business',
  'business-plus',
  'enterprise-on-ramp',
  'enterprise',
  'unified-operations',
] as const;
export type SupportPlan = (typeof SUPPORT_PLANS)[number];

export const PARTITIONS = ['aws', 'aws-us-gov', 'aws-cn'] as const;
export type Partition = (typeof PARTITIONS)[number];

/** An AWS account that CONFIG_FILE lists: whose cases are followed, and how AWS is asked for them. */
export interface Account {
  /** 12 digits. */
  readonly id: string;
  /** What people call it; null where nobody has named it. */
  readonly alias: string | null;
  /** The role that is assumed to act in it; null: the bot's own credentials belong to it. */
  readonly role: string | null;
  readonly externalId: string | null;
  /** Null where the file does not say. With `basic` and `developer` AWS answers no program: only events are followed. */
  readonly plan: SupportPlan | null;
  readonly partition: Partition;
  /** Addresses of AWS Support, the first is asked unless it fails; none: those of the partition. */
  readonly endpoints: readonly string[];
}

/** Whether a plan includes the AWS Support API. */
export function hasSupportApi(plan: SupportPlan | null): boolean {
  return plan !== 'basic' && plan !== 'developer';
}
