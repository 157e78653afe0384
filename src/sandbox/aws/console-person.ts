/** Somebody who is signed in to the AWS console with a role, as AWS Support and CloudTrail name them. */
export interface ConsolePerson {
  /** Of their session, which AWS allows no blanks: `JaneDoe`. */
  readonly name: string;
  readonly role: string;
  readonly email: string;
  /** The IP address that they come from. */
  readonly address: string;
}

/** Whoever acts in the console when nobody else is named. */
export const JANE: ConsolePerson = {
  name: 'JaneDoe',
  role: 'AdminRole',
  email: 'janedoe@example.com',
  address: '198.51.100.15',
};

/** `AdminRole (Role) <janedoe@example.com>`, as AWS Support shows who wrote (facts 2.3 "submittedBy"). */
export function submittedByOf({ role, email }: ConsolePerson): string {
  return `${role} (Role) <${email}>`;
}
