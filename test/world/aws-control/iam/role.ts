/** A role and its policies. */
export interface Role {
  readonly name: string;
  readonly id: string;
  readonly arn: string;
  readonly path: string;
  readonly createdAt: number;
  /** As it was given, JSON. */
  trust: string;
  description: string | undefined;
  readonly maxSessionDuration: number;
  readonly tags: Map<string, string>;
  /** Inline, by name. */
  readonly policies: Map<string, string>;
  /** Managed ones, by ARN: no operation attaches them, as the console does. */
  readonly attached: Map<string, string>;
  /** How many calls of PutTargets do not see it yet. */
  freshCalls: number;
}
