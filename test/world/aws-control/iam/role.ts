/** A role and its inline policies; other policies cannot be attached here. */
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
  readonly policies: Map<string, string>;
  /** How many calls of PutTargets do not see it yet. */
  freshCalls: number;
}
