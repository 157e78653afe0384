/** A call of the API, recorded when it arrives; its end is filled in as soon as it is known. */
export interface RecordedCall {
  readonly operation: string;
  /** Empty when the call could not be attributed to an account. */
  readonly account: string;
  /** The ARN of the user, or of the session of a role, whose keys signed it. */
  readonly by?: string | undefined;
  readonly input: Record<string, unknown>;
  readonly at: number;
  /** `pending`, `ok`, the name of the error sent, `hangup`, or `client-gone` when the client left first. */
  result: string;
  /** Whether the deed was done, whatever the client was told. */
  done: boolean;
  /** As the answer has it; not there while there is none. */
  requestId?: string;
}
