/** Who and what is in the sandbox: the people of the workspace, its channel, the AWS account. All invented. */
export const CHANNEL = { id: 'C0AWSCASES', name: 'aws-cases' };

/** Somebody at the page can be any of them; the first to begin with. */
export const PEOPLE = [
  { id: 'U0ALICE001', name: 'alice', realName: 'Alice Example', displayName: 'Alice' },
  { id: 'U0BOB00001', name: 'bob', realName: 'Bob Sample', displayName: 'Bob' },
  { id: 'U0CHIARA01', name: 'chiara', realName: 'Chiara Esempio', displayName: 'Chiara' },
] as const;

export const ACCOUNT = '111122223333';
