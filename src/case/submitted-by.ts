/** Who wrote something, as far as `submittedBy` of a case or a communication tells. */
export interface SubmittedBy {
  /** The e-mail address; where there is none, all that AWS says. */
  readonly address: string;
  /** The role or user of the account by which it was sent: `AdminRole`; '' where AWS does not say. */
  readonly principal: string;
}

/** AWS writes an e-mail address, or `AdminRole (Role) <janedoe@example.com>` (facts: AWS CLI examples of the user guide). */
export function readSubmittedBy(submittedBy: string): SubmittedBy {
  const [, name = '', , address = ''] =
    /^(\S[^<>]*?)(?:\s+\((Role|User|Root|Federated User|Assumed Role)\))?\s*<([^<>\s]+@[^<>\s]+)>$/i.exec(
      submittedBy.trim(),
    ) ?? [];
  return address === '' ? { address: submittedBy.trim(), principal: '' } : { address, principal: name };
}
